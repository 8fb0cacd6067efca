"""The values of the catalogue's templates: all words chosen, all addresses made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiff_contracts import labels
from aiff_contracts.labels import capital
from aiff_kit.clock import Clock
from aiff_portal.api.domain import Document
from aiff_portal.catalogue.application import Comparison, Overview, Shown
from aiff_portal.catalogue.domain.compare_words import COMPARE
from aiff_portal.catalogue.domain.comparing import MOST, Selection, side_by_side
from aiff_portal.catalogue.domain.kinds import KIND_PAGES
from aiff_portal.catalogue.domain.offers import OfferView, OfferWriter
from aiff_portal.catalogue.domain.results import Hit, Link, Listing
from aiff_portal.catalogue.domain.search import SORTS, Search
from aiff_portal.catalogue.domain.words import EXAMPLES, HOME, OFFER, SEARCH
from aiff_portal.ui.domain.formats import FORMATS
from aiff_portal.ui.domain.glossary import Explained, strings_in, terms_in
from aiff_portal.ui.domain.language import LANGUAGES, Language, in_language

Values = Mapping[str, Any]
# The parts of an offer's page in their order, below which terms are explained.
_EXPLAINED = ("facts", "eligibility", "calendar", "price", "tables", "sovereignty")
_WORDS = {"home": HOME, "search": SEARCH, "offer": OFFER, "compare": COMPARE}


@dataclass(frozen=True, slots=True)
class Unstated:
    """What is said of the offers that do not state what is asked for, and the other way."""

    said: str
    way: Link


@dataclass(frozen=True, slots=True)
class Alike:
    """A similar offer, why it is, and the way to set both side by side."""

    offer: Hit
    reasons: tuple[str, ...]
    compare: str


class Presenting:
    """Presents what the API answered in one language."""

    def __init__(self, language: Language, clock: Clock) -> None:
        """Prepare the words."""
        self._place = LANGUAGES.index(language)
        self._clock = clock
        self._formats, self._home = FORMATS[language], f"/{language}/"
        self._listing = Listing(self._formats, self._home)
        self._words = {name: in_language(table, language) for name, table in _WORDS.items()}

    def home(self, overview: Overview) -> Values:
        """Return the values of the home page."""
        counted = overview.newest["facets"]["kind"]
        return {
            "say": self._words["home"],
            "asking": self._words["search"],
            "examples": [self._example(pair[self._place]) for pair in EXAMPLES],
            "kinds": self._listing.kinds(counted),
            "promises": {
                self._listing.value("kind", kind): page.promise[self._place]
                for kind, page in KIND_PAGES.items()
            },
            **self._lists(overview),
            "all": self._listing.address(Search()),
        }

    def search(self, search: Search, found: Document) -> Values:
        """Return the values of a page of results."""
        say = self._words["search"]
        items = found["items"]
        return {
            "say": say,
            "search": search,
            "heading": f"{say['results_for']} {self._listing.quoted(search.q)}"
            if search.q
            else say["title"],
            "count": self._counted(found["count"]),
            "close_count": self._formats.number(found["close_count"] or None),
            "found": found,
            "hits": self._listing.hits(items),
            "facets": self._listing.facets(search, found.get("facets")),
            "chips": self._listing.chips(search),
            "sorts": self._listing.sorts(search),
            "respelt": self._respelt(search),
            "cleared": self._listing.address(search.without_filters()),
            "unworded": self._listing.address(search.without_words()),
            "kinds": self._listing.kinds(),
            "previous": self._turned(search, found["prev"]),
            "next": self._turned(search, found["next"]),
            "bounds": self._listing.bounds(search),
            "unstated": self._unstated(search, found.get("unknown_count")),
            "data": f"/v1/offers{search.data()}",
            "csv": f"/v1/offers{search.data('csv')}",
            "xlsx": f"/v1/offers{search.data('xlsx')}",
            "default_sort": SORTS[0],
        }

    def suggestions(self, found: Sequence[Document]) -> Values:
        """Return the values of the list below the field."""
        return {"suggestions": self._listing.suggestions(found)}

    def offer(self, found: Shown) -> Values:
        """Return the values of an offer's page; similar offers come with why they are."""
        document = found.document
        say, today = self._words["offer"], self._clock().date()
        view = OfferWriter(self._formats, say, self._home, today).view(document)
        return {
            "say": say,
            "offer": view,
            "kind_address": f"{self._home}kinds/{view.heading.kind_code}",
            "terms": self._terms(view),
            "similar": [self._alike(one, document["slug"]) for one in found.similar],
            "history": list(map(self._publication, found.history)),
        }

    def _publication(self, publication: Document) -> tuple[str, str]:
        """Return the day of a publication, and the names of the fields that changed."""
        names = (self._formats.text(field["label"]) or "" for field in publication["fields"])
        changed = ", ".join(dict.fromkeys(names))
        day = self._formats.day(publication["at"][:10]) or ""
        return day, changed or self._words["offer"]["published_first"]

    def _terms(self, view: OfferView) -> dict[str, list[Explained]]:
        """Return the terms to explain below each part of the page, each where it arises first."""
        known: set[str] = set()
        found: dict[str, list[Explained]] = {}
        for part in _EXPLAINED:
            mentioned = terms_in(strings_in(getattr(view, part)), self._formats.language)
            found[part] = [term for term in mentioned if term.anchor not in known]
            known |= {term.anchor for term in mentioned}
        return found

    def _alike(self, found: Document, slug: str) -> Alike:
        said = (self._formats.text(reason["said"]) or "" for reason in found["reasons"])
        (hit,) = self._listing.hits([found["offer"]])
        pair = Selection((slug, hit.slug)).address(self._home)
        return Alike(hit, tuple(map(capital, said)), pair)

    def comparison(self, compared: Comparison) -> Values:
        """Return the values of the page of a comparison, complete or not."""
        say, selection, home = self._words["compare"], compared.selection, self._home
        document = compared.document
        side = document and side_by_side(document, selection, self._formats, home)
        return {
            "say": say,
            "selection": selection,
            "unknown": compared.unknown,
            "side": side,
            "terms": terms_in(strings_in(side), self._formats.language),
            "counted": self._differences(side.differing) if side else "",
            "other_view": selection.showing(changes=not selection.changes).address(home),
            "more": max(0, len(selection.offers) - MOST),
            "chosen": [Link(one, selection.without(one).address(home)) for one in selection.offers],
            "similar": self._to_add(compared) if len(selection.offers) < MOST else (),
        }

    def _differences(self, count: int) -> str:
        say = self._words["compare"]
        few = ("counted_none", "counted_one")
        name = few[count] if count < len(few) else "counted"
        return say[name].format(count=self._formats.number(count))

    def _to_add(self, compared: Comparison) -> list[Link]:
        """Return the similar offers as ways to add them, without those that are there."""
        there = set(compared.selection.offers)
        offers = (one["offer"] for one in compared.similar if one["offer"]["slug"] not in there)
        return [
            Link(
                self._formats.text(offer["title"]) or offer["slug"],
                compared.selection.added(offer["slug"]).address(self._home),
            )
            for offer in offers
        ]

    def organisation(self, found: Document, offered: Document) -> Values:
        """Return the values of an organisation's page."""
        kind = self._formats.label(labels.ORGANISATION_TYPES, found["type"])
        return {
            "say": self._words["offer"],
            "asking": self._words["search"],
            "name": found["name"],
            "kind": kind if found["type"] in labels.ORGANISATION_TYPES else None,
            "country": self._formats.countries((found["country"],)),
            "description": self._formats.text(found["description"]),
            "address": found["url"],
            "count": self._counted(offered["count"]),
            "hits": self._listing.hits(offered["items"]),
            "more": self._listing.address(Search().toggled("provider", found["slug"]))
            if offered["next"]
            else None,
        }

    def kind(self, kind: str, overview: Overview) -> Values:
        """Return the values of the page of a kind."""
        page, within = KIND_PAGES[kind], Search().toggled("kind", kind)
        return {
            "say": self._words["home"],
            "asking": self._words["search"],
            "title": page.title[self._place],
            "promise": page.promise[self._place],
            "advice": page.advice[self._place],
            "kind": self._listing.value("kind", kind),
            "code": kind,
            "count": self._counted(overview.newest["count"]),
            "facets": self._listing.facets(within, overview.newest["facets"]),
            **self._lists(overview),
            "all": self._listing.address(within),
        }

    def _lists(self, overview: Overview) -> dict[str, Any]:
        return {
            "closing": self._listing.hits(overview.closing),
            "newest": self._listing.hits(overview.newest["items"]),
            "dates": self._listing.address(Search(filters=(("status", "open"),), sort="deadline")),
        }

    def _respelt(self, search: Search) -> Link | None:
        meant = search.respelt()
        if meant is None:
            return None
        return Link(self._listing.quoted(meant.q), self._listing.address(meant))

    def _unstated(self, search: Search, count: int | None) -> Unstated | None:
        """Return how many offers do not state what is asked for, None where all do."""
        if not count:
            return None
        say, shown = self._words["search"], search.unstated
        number = "one" if count == 1 else "many"
        said = say[f"unstated_{number}{'_in' if shown else ''}"]
        way = Link(
            say["unstated_hide" if shown else "unstated_show"],
            self._listing.address(search.with_unstated(shown=not shown)),
        )
        return Unstated(said.format(count=self._formats.number(count)), way)

    def _example(self, words: str) -> Link:
        return Link(words, self._listing.address(Search(q=words)))

    def _counted(self, count: int) -> str:
        say = self._words["search"]
        if count < 2:  # noqa: PLR2004
            return say["one"] if count else say["none"]
        return say["many"].format(count=self._formats.number(count))

    def _turned(self, search: Search, cursor: str | None) -> str | None:
        return self._listing.address(search.on_page(cursor)) if cursor else None
