"""The import of a partner's file from the command line."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from aiff_catalog.imports.adapters.error_file import ErrorFile
from aiff_catalog.imports.adapters.files import open_import
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.application.ports import ImportFile
from aiff_catalog.imports.application.rows import OfferImport, RowResult
from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import FileRefusedError
from aiff_contracts.codec import parse
from aiff_kit.strict_yaml import parse_yaml

# Who runs commands on the machine is no partner: what is imported is reviewed, whatever its policy.
_IMPORTER = Authorship(author="catalogue-import", reason="imported from a partner's file")
_MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import for whom; without `apply`, nothing is written but the file of errors."""

    path: Path
    partner: str
    mapping: Path | None = None
    errors: Path | None = None
    apply: bool = False


@dataclass(slots=True)
class ImportReport:
    """How many rows came out how, and what is wrong with the first of the refused ones."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Return how many rows were refused."""
        return self.counts["refused"]

    def add(self, result: RowResult) -> None:
        """Count a row."""
        self.counts[result.outcome or "refused"] += 1
        if len(self.told) < _MOST_TOLD:
            line = result.row.line
            self.told += [
                f"line {line}: {fault.column or 'row'}: {fault.detail}" for fault in result.faults
            ]

    def lines(self) -> Iterator[str]:
        """Yield a line a fault, then the counts."""
        yield from self.told
        words = ("created", "updated", "unchanged", "refused")
        yield ", ".join(f"{self.counts[word]} {word}" for word in words)


def run_import(imports: OfferImport, order: ImportOrder, limits: FileLimits) -> ImportReport:
    """Preview or apply an import; raises what refuses the file or its mapping as a whole."""
    mapping, file = open_order(order, limits)
    work, report = imports.apply if order.apply else imports.preview, ImportReport()
    delimiter = "," if mapping is None else mapping.delimiter
    with ExitStack() as stack:
        errors = None
        if order.errors is not None:
            errors = stack.enter_context(closing(ErrorFile(order.errors, file, delimiter)))
        for result in work(order.partner, file, _IMPORTER):
            report.add(result)
            if errors is not None and result.faults:
                errors.add(result)
    return report


def open_order(order: ImportOrder, limits: FileLimits) -> tuple[ColumnMapping | None, ImportFile]:
    """Open the file of an order with its mapping."""
    mapping = None if order.mapping is None else read_mapping(order.mapping)
    return mapping, open_import(order.path, mapping, limits)


def read_mapping(path: Path) -> ColumnMapping:
    """Return the mapping of a source; Faults or FileRefusedError where it cannot be used."""
    try:
        value = parse_yaml(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FileRefusedError(1, f"the mapping {path.name} is not YAML: {error}") from error
    return parse(ColumnMapping, value)
