"""Loading the reviewed source files into the catalogue, again and again.

The same files twice change nothing. A fault in one file is reported with its place and leaves
the other files loaded.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from aiff_catalog.offers.application.commands import (
    OfferCommands,
    OrganisationCommands,
    Outcome,
)
from aiff_catalog.offers.application.references import (
    offers_named,
    organisations_named,
    unknown,
)
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import CatalogueError
from aiff_contracts.codec import Fault, Faults, parse
from aiff_contracts.offer import OfferContent, Organisation
from aiff_contracts.offer.authoring import CASES, EligibilityCase, without_cases

ORGANISATIONS = "organisations"
T = TypeVar("T", OfferContent, Organisation)
_LOADER = Authorship(author="catalogue-files", reason="loaded from the reviewed source files")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file, or a line of one: its name for messages, its folder, its slug and what it says.

    `unreadable` holds the fault of what cannot be read; then `value` is None. `offer_id` is the id
    that the offer had where it comes from.
    """

    name: str
    folder: str
    slug: str
    value: Any = None
    unreadable: Fault | None = None
    offer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong in which file."""

    file: str
    fault: Fault


@dataclass(slots=True)
class LoadReport:
    """What a load did. Counts are of organisations and offers together."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[FileFault] = field(default_factory=list)

    @property
    def faulty(self) -> int:
        """Return the number of files with a fault."""
        return len({entry.file for entry in self.faults})

    def count(self, outcome: Outcome) -> None:
        """Add one file that went in."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def refuse(self, file: str, faults: Iterable[Fault]) -> None:
        """Add the faults of one file that did not."""
        self.faults.extend(FileFault(file, fault) for fault in faults)


@dataclass(frozen=True, slots=True)
class Examined:
    """The files that say something acceptable, and the faults of the others."""

    organisations: tuple[tuple[SourceFile, Organisation], ...]
    offers: tuple[tuple[SourceFile, OfferContent], ...]
    faults: tuple[FileFault, ...]


def check_catalogue(files: Collection[SourceFile]) -> LoadReport:
    """Report every fault that can be told from the files alone; nothing is stored.

    What a load would do is not counted: that takes a catalogue to compare with.
    """
    return _checked(files, examine(files))


def _checked(files: Collection[SourceFile], examined: Examined) -> LoadReport:
    report = LoadReport(faults=list(examined.faults))
    organisations = {file.slug for file in files if file.folder == ORGANISATIONS}
    offers = {file.slug for file in files if file.folder != ORGANISATIONS}
    for file, content in examined.offers:
        faults = [
            *unknown(dict(organisations_named(content)), organisations),
            *unknown(dict(offers_named(content)), offers),
        ]
        report.refuse(file.name, faults)
    return report


class CatalogueLoader:
    """Makes the catalogue hold what the files say."""

    def __init__(self, offers: OfferCommands, organisations: OrganisationCommands) -> None:
        """Keep the use cases that store."""
        self._offers = offers
        self._organisations = organisations

    def load(self, files: Collection[SourceFile]) -> LoadReport:
        """Load the organisations, then the offers, each in a transaction of its own."""
        report = LoadReport()
        offered = {file.slug for file in files if file.folder != ORGANISATIONS}
        for file in files:
            if file.folder == ORGANISATIONS:
                self._load_organisation(file, report)
        for file in files:
            if file.folder != ORGANISATIONS:
                self._load_offer(file, offered, report)
        return report

    def check(self, files: Collection[SourceFile]) -> LoadReport:
        """Report every fault, and what a load of the other files would do; nothing is stored."""
        examined = examine(files)
        report = _checked(files, examined)
        faulty = {entry.file for entry in report.faults}
        for _, organisation in examined.organisations:
            report.count(self._organisations.would_put(organisation))
        for file, content in examined.offers:
            if file.name not in faulty:
                with _refusals(report, file):
                    report.count(self._offers.would_load(content, file.offer_id))
        return report

    def _load_organisation(self, file: SourceFile, report: LoadReport) -> None:
        with _refusals(report, file):
            organisation = _parsed(file, Organisation)
            report.count(self._organisations.put(organisation, None, _LOADER)[1])

    def _load_offer(self, file: SourceFile, offered: Collection[str], report: LoadReport) -> None:
        with _refusals(report, file):
            content = _parsed_offer(file)
            report.count(self._offers.load(content, _LOADER, offered, file.offer_id))


def examine(files: Iterable[SourceFile]) -> Examined:
    """Return what the files say, each held against the data classes and its own place."""
    faults: list[FileFault] = []
    organisations: list[tuple[SourceFile, Organisation]] = []
    offers: list[tuple[SourceFile, OfferContent]] = []
    for file in files:
        try:
            if file.folder == ORGANISATIONS:
                organisations.append((file, _parsed(file, Organisation)))
            else:
                offers.append((file, _parsed_offer(file)))
        except Faults as error:
            faults += [FileFault(file.name, fault) for fault in error.faults]
    return Examined(tuple(organisations), tuple(offers), tuple(faults))


def _parsed_offer(file: SourceFile) -> OfferContent:
    published, cases = without_cases(file.value)
    content = _parsed(replace(file, value=published), OfferContent)
    _check_cases(cases)
    if content.details.kind != file.folder:
        detail = f"the file is in the folder {file.folder}; move it or correct the kind"
        raise Faults([Fault("/details/kind", "wrong_folder", detail)])
    return content


def _check_cases(cases: object) -> None:
    """Refuse a case that no test bench could run; running them is matching's part."""
    try:
        parse(tuple[EligibilityCase, ...], cases)
    except Faults as error:
        placed = [replace(fault, pointer=f"/{CASES}{fault.pointer}") for fault in error.faults]
        raise Faults(placed) from error


def _parsed(file: SourceFile, kind: type[T]) -> T:
    if file.unreadable is not None:
        raise Faults([file.unreadable])
    parsed = parse(kind, file.value)
    if parsed.slug != file.slug:
        detail = f"the file is named {file.slug}; rename it or correct the slug"
        raise Faults([Fault("/slug", "wrong_name", detail)])
    return parsed


@contextmanager
def _refusals(report: LoadReport, file: SourceFile) -> Iterator[None]:
    """Turn what the catalogue refuses into faults of the file; anything else ends the load."""
    try:
        yield
    except Faults as error:
        report.refuse(file.name, error.faults)
    except CatalogueError as error:
        report.refuse(file.name, [Fault("", "refused", str(error))])
