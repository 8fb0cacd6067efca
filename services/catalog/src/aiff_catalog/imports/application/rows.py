"""Importing a partner's file of offers: what each row would do, and doing it.

A row is written in its own transaction and knows what was sent before, so an import that was cut
off is simply run again: the rows that were stored are unchanged, the others follow.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from aiff_catalog.imports.application.ports import ImportFile, ImportRow
from aiff_catalog.imports.domain.cells import CellFault
from aiff_catalog.offers.application.commands import Outcome
from aiff_catalog.partners.application.writes import (
    ItemResult,
    PartnerItem,
    PartnerWrites,
    faults_of_refusal,
)
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.vocabularies.domain.spellings import Spellings, with_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What became of a row, or would; without an outcome, `faults` say how to mend it."""

    row: ImportRow
    outcome: Outcome | None = None
    faults: tuple[CellFault, ...] = ()


_Write = Callable[[str, PartnerItem, Authorship, frozenset[str]], ItemResult]


class OfferImport:
    """The use cases: both read the whole file once before the first row is looked at."""

    def __init__(self, partners: PartnerWrites, spellings: Callable[[], Spellings]) -> None:
        """Keep what writes for partners, and what reads the spellings of codes that hold."""
        self._partners = partners
        self._spellings = spellings

    def preview(
        self, partner: str, file: ImportFile, by: Authorship, done: int = 0
    ) -> Iterator[RowResult]:
        """Yield what each row would do, after those that are done; nothing is written."""
        return self._each(partner, file, by, self._partners.compare, done)

    def apply(
        self, partner: str, file: ImportFile, by: Authorship, done: int = 0
    ) -> Iterator[RowResult]:
        """Write the rows that can be written, after those that are done; yield the results."""
        return self._each(partner, file, by, self._partners.write, done)

    def _each(
        self, partner: str, file: ImportFile, by: Authorship, write: _Write, done: int
    ) -> Iterator[RowResult]:
        spellings = self._spellings()
        sound = (_item(row, spellings) for row in file.rows() if not row.faults)
        coming = self._partners.coming(partner, sound, by)
        rows = _once(file.rows())
        # What takes long is done before the first result is asked for, perhaps in a transaction.
        for _ in islice(rows, done):
            pass

        def result(row: ImportRow) -> RowResult:
            if row.faults:
                return RowResult(row=row, faults=row.faults)
            return _result(file, row, write(partner, _item(row, spellings), by, coming))

        return map(result, rows)


def _item(row: ImportRow, spellings: Spellings) -> PartnerItem:
    return PartnerItem(external_id=row.external_id, offer=with_codes(row.offer, spellings))


def _once(rows: Iterable[ImportRow]) -> Iterator[ImportRow]:
    """Yield the rows; one that repeats the identifier or the slug of a row before is faulty."""
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        names = [("external_id", row.external_id), ("slug", str(row.offer.get("slug")))]
        repeated = [(what, value) for what, value in names if (what, value) in first]
        if row.faults or not repeated:
            first.update((name, row.line) for name in names if not row.faults)
            yield row
            continue
        faults = [
            CellFault(what, "repeated", f"line {first[what, value]} has {value} too; keep one")
            for what, value in repeated
        ]
        yield ImportRow(
            line=row.line,
            external_id=row.external_id,
            offer=row.offer,
            cells=row.cells,
            faults=tuple(faults),
        )


def _result(file: ImportFile, row: ImportRow, item: ItemResult) -> RowResult:
    if item.refusal is None:
        return RowResult(row=row, outcome=item.outcome)
    faults = tuple(
        CellFault(file.column_of(one.pointer) or one.pointer or None, one.code, one.detail)
        for one in faults_of_refusal(item.refusal)
    )
    return RowResult(row=row, faults=faults)
