"""Everything that may be refused, in the catalogue's own words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID


class CatalogueError(Exception):
    """A request that the catalogue's rules refuse."""


class OfferNotFoundError(CatalogueError):
    """No offer has this id or slug."""

    def __init__(self, reference: UUID | str) -> None:
        """Name what was asked for."""
        super().__init__(f"no offer is known as {reference}")
        self.reference = reference


class OrganisationNotFoundError(CatalogueError):
    """No organisation has this slug."""

    def __init__(self, slug: str) -> None:
        """Name what was asked for."""
        super().__init__(f"no organisation is known as {slug}")
        self.slug = slug


class SlugTakenError(CatalogueError):
    """The slug cannot lead to this offer.

    Another offer has it, or had it and its old address must keep leading to it; or the interface
    has an address of that name.
    """

    def __init__(self, slug: str) -> None:
        """Name the slug."""
        super().__init__(f"the slug {slug} is taken; choose another one")
        self.slug = slug


class StaleVersionError(CatalogueError):
    """The change was made against a version that is no longer the newest one."""

    def __init__(self, expected: int, actual: int) -> None:
        """Keep both versions."""
        super().__init__(f"the newest version is {actual}, not {expected}; read it and try again")
        self.expected = expected
        self.actual = actual


class IllegalTransitionError(CatalogueError):
    """The offer is not in a state from which this step leads on."""

    def __init__(self, step: str, state: str, possible: Sequence[str]) -> None:
        """Name the step, the present state and those from which it is possible."""
        wanted = ", ".join(possible)
        super().__init__(f"{step} is not possible while it is {state}; it must be {wanted}")
        self.step = step
        self.state = state


class NothingPendingError(CatalogueError):
    """The offer has no pending revision."""

    def __init__(self, slug: str) -> None:
        """Name the offer."""
        super().__init__(f"the offer {slug} has no pending revision; edit it first")
        self.slug = slug


class OutdatedBaseError(CatalogueError):
    """The live text has changed since the pending one was written against it."""

    def __init__(self, slug: str) -> None:
        """Name the offer."""
        super().__init__(
            f"the published text of {slug} has changed since this revision was begun; compare the "
            "two, then save the revision again"
        )
        self.slug = slug


class OwnTextError(CatalogueError):
    """Nobody approves a text that they wrote on."""

    def __init__(self, slug: str) -> None:
        """Name the offer."""
        super().__init__(
            f"you wrote on the pending revision of {slug}; another curator approves it"
        )
        self.slug = slug


class PastInstantError(CatalogueError):
    """A publication cannot be planned for an instant that has passed."""

    def __init__(self, at: datetime, now: datetime) -> None:
        """Keep both instants."""
        super().__init__(f"{at.isoformat()} has passed; it is {now.isoformat()}")
        self.at = at


class ReviewersOnlyError(CatalogueError):
    """The step belongs to curators."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("only curators review and publish")


class ExternalIdUnknownError(CatalogueError):
    """A partner's system never wrote under this identifier."""

    def __init__(self, partner: str, external_id: str) -> None:
        """Name both."""
        super().__init__(f"{partner} wrote nothing under the identifier {external_id}")
        self.partner = partner
        self.external_id = external_id


class OfferLinkedError(CatalogueError):
    """The partner's system knows the offer by another identifier."""

    def __init__(self, external_id: str) -> None:
        """Name the identifier that was refused."""
        super().__init__(
            f"the offer of that slug has another identifier than {external_id} in your system; "
            "use that one, or choose another slug"
        )
        self.external_id = external_id


class FileRefusedError(CatalogueError):
    """A partner's file cannot be imported as a whole."""

    def __init__(self, line: int, detail: str) -> None:
        """Name the line from which it cannot be read, and how to mend it."""
        super().__init__(f"line {line}: {detail}")
        self.line = line


class PairNotFoundError(CatalogueError):
    """No pair of probable duplicates has this identifier."""

    def __init__(self, pair_id: UUID) -> None:
        """Name what was asked for."""
        super().__init__(f"no pair of listings is known as {pair_id}")
        self.pair_id = pair_id


class MergedIntoItselfError(CatalogueError):
    """A listing cannot be merged into itself."""

    def __init__(self, slug: str) -> None:
        """Name the listing."""
        super().__init__(f"{slug} cannot be merged into itself; name the listing that stays")
        self.slug = slug


class StillNamedError(CatalogueError):
    """Other offers name the one that is to go."""

    def __init__(self, slug: str, naming: Sequence[str]) -> None:
        """Name the offer and those that name it."""
        super().__init__(
            f"{', '.join(naming)} still name {slug}; name the listing that stays there, then merge"
        )
        self.slug = slug
        self.naming = naming


class ImportNotFoundError(CatalogueError):
    """No import has this identifier."""

    def __init__(self, import_id: UUID) -> None:
        """Name what was asked for."""
        super().__init__(f"no import is known as {import_id}")
        self.import_id = import_id


class MappingNotFoundError(CatalogueError):
    """Nobody said how files of this source are read."""

    def __init__(self, partner: str, source: str) -> None:
        """Name both."""
        super().__init__(
            f"{partner} has no mapping for the source {source}; put one, or name no source where "
            "the columns are called by the pointers of their fields"
        )
        self.partner = partner
        self.source = source


class TooManyImportsError(CatalogueError):
    """Too many files of a partner wait to be applied or cancelled."""

    def __init__(self, partner: str, most: int) -> None:
        """Name the partner and the bound."""
        super().__init__(f"{most} files of {partner} wait already; apply or cancel one of them")
        self.partner = partner


class TextNotKeptError(CatalogueError):
    """The history has no full text of that number."""

    def __init__(self, slug: str, number: int) -> None:
        """Name the offer and the number."""
        super().__init__(f"the history of {slug} keeps no text for number {number}")
        self.slug = slug
        self.number = number


class VocabularyNotFoundError(CatalogueError):
    """No vocabulary that curators keep has this name."""

    def __init__(self, name: str) -> None:
        """Name what was asked for."""
        super().__init__(f"no vocabulary that curators keep is known as {name}")
        self.name = name


class NoDraftError(CatalogueError):
    """The vocabulary has no draft."""

    def __init__(self, name: str) -> None:
        """Name the vocabulary."""
        super().__init__(f"the vocabulary {name} has no draft; edit it first")
        self.name = name


class CodeInUseError(CatalogueError):
    """Published offers use what the next edition would not know."""

    def __init__(self, name: str, users: Mapping[str, Sequence[str]]) -> None:
        """Name the codes and, for each, the offers that use it."""
        told = "; ".join(f"{code} ({', '.join(slugs)})" for code, slugs in users.items())
        super().__init__(
            f"published offers use what this draft of {name} leaves out: {told}. Keep the code, "
            "or make it an alias of the entry that takes its place"
        )
        self.users = users


class ClaimedError(CatalogueError):
    """Somebody else works on the listing."""

    def __init__(self, slug: str, holder: str) -> None:
        """Name the listing and who has it."""
        super().__init__(f"{holder} works on {slug}; ask them, or release it first")
        self.slug = slug
        self.holder = holder


class NoStatisticsError(CatalogueError):
    """There are no figures of that day, or none at all yet."""

    def __init__(self, day: date | None) -> None:
        """Name the day that was asked for."""
        super().__init__(f"there are no figures of {day}" if day else "there are no figures yet")
        self.day = day


class DatabaseUnavailableError(Exception):
    """The database does not answer now; nothing was changed, or it is not known to be."""


class SearchIndexUnavailableError(Exception):
    """The index cannot be read or written now; the database is unaffected."""


class ReportNotFoundError(CatalogueError):
    """No report has this id."""

    def __init__(self, report_id: UUID) -> None:
        """Name what was asked for."""
        super().__init__(f"no report is known as {report_id}")


class ReportResolvedError(CatalogueError):
    """Somebody resolved the report already."""

    def __init__(self, report_id: UUID, by: str) -> None:
        """Name the report and who resolved it."""
        super().__init__(f"{by} resolved the report {report_id} already; read it again")


class TooManyReportsError(CatalogueError):
    """So many errors of one offer are reported that another one tells curators nothing new."""

    def __init__(self, slug: str) -> None:
        """Name the offer."""
        super().__init__(
            f"curators have many reports on {slug} to look at; try again in a few days"
        )
