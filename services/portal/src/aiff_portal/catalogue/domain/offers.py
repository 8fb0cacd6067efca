"""An offer as its page says it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiff_contracts import labels
from aiff_portal.catalogue.domain import tables
from aiff_portal.catalogue.domain.calendars import CalendarView, calendar_of
from aiff_portal.catalogue.domain.eligibility import Condition, open_in_words, rule_in_words
from aiff_portal.catalogue.domain.facts import Fact, facts_of, sovereignty_of, stated, support_of
from aiff_portal.catalogue.domain.provenance import Origin, Provenance
from aiff_portal.catalogue.domain.results import Link
from aiff_portal.catalogue.domain.words import STATUS_TONES
from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.tables import Table

Offer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Eligible:
    """Who may have an offer, or one of its access modes: a rule, and what a person confirms."""

    name: str | None
    rule: Condition | None
    conditions: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class PriceView:
    """What an offer costs: on what that rests, the note, and the price list where there is one."""

    basis: str | None
    note: str | None
    rows: Table | None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What an offer is called, whose it is, and where it stands today."""

    slug: str
    title: str
    summary: str
    kind: str
    kind_code: str
    address: str | None
    status: str | None
    tone: str
    deadline: str | None
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Where a listing comes from, and since when it says what it says."""

    sources: Origin
    version: str
    published: str | None
    updated: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """Everything that the page of an offer shows, in one language."""

    heading: Heading
    record: Record
    description: str | None
    roles: tuple[tuple[str, Link], ...]
    facts: tuple[Fact, ...]
    support: tuple[Fact, ...]
    sovereignty: tuple[Fact, ...]
    eligibility: tuple[Eligible, ...]
    calendar: CalendarView
    calendar_origin: Origin
    price: PriceView | None
    tables: tuple[tuple[Table, Origin], ...]
    documents: tuple[str, ...]
    contact: tuple[Link, ...]
    contact_note: str | None


@dataclass(frozen=True, slots=True)
class OfferWriter:
    """Writes offers in one language, with the page's own words, as of a day."""

    formats: Formats
    words: Mapping[str, str]
    home: str
    today: date

    def view(self, offer: Offer) -> OfferView:
        """Return what the page of an offer shows."""
        formats, provenance = self.formats, Provenance(offer, self.formats, self.today)
        names = {one["slug"]: one["name"] for one in offer["organisation_details"]}
        compute, contact = offer["kind"] == "compute", offer["contact"] or {}
        return OfferView(
            heading=self._heading(offer, names),
            record=self._record(offer, provenance),
            description=formats.text(offer["description"]),
            roles=tuple(self._roles(offer, names)),
            facts=tuple(facts_of(offer, provenance, formats)),
            support=tuple(support_of(offer, provenance, formats)),
            sovereignty=tuple(sovereignty_of(offer, provenance, formats) if compute else ()),
            eligibility=tuple(self._eligibility(offer, provenance)),
            calendar=calendar_of(offer["intake"], formats),
            calendar_origin=provenance.of("/intake"),
            price=self._price(offer, provenance),
            tables=tuple(self._tables(offer["details"], provenance)),
            documents=tuple(self._texts(offer["details"].get("required_documents"))),
            contact=tuple(_contact(contact)),
            contact_note=formats.text(contact.get("note")),
        )

    def _heading(self, offer: Offer, names: Mapping[str, str]) -> Heading:
        formats, roles = self.formats, offer["organisations"]
        provider = next(one["organisation"] for one in roles if one["role"] == "provider")
        return Heading(
            slug=offer["slug"],
            title=formats.text(offer["title"]) or "",
            summary=formats.text(offer["summary"]) or "",
            kind=formats.label(labels.KINDS, offer["kind"]) or "",
            kind_code=offer["kind"],
            address=offer["url"],
            status=formats.label(labels.INTAKE_STATUSES, stated(offer["intake_status"])),
            tone=STATUS_TONES[offer["intake_status"]],
            deadline=formats.moment(offer["next_deadline"]),
            whom=names[provider],
        )

    def _record(self, offer: Offer, provenance: Provenance) -> Record:
        return Record(
            sources=provenance.all(),
            version=str(offer["version"]),
            published=self.formats.instant(offer["published_at"]),
            updated=self.formats.instant(offer["updated_at"]),
        )

    def _roles(self, offer: Offer, names: Mapping[str, str]) -> Iterator[tuple[str, Link]]:
        for entry in offer["organisations"]:
            slug = entry["organisation"]
            role = self.formats.label(labels.ROLES, entry["role"]) or ""
            yield role, Link(names[slug], f"{self.home}organisations/{slug}")

    def _eligibility(self, offer: Offer, provenance: Provenance) -> Iterator[Eligible]:
        """Yield the offer's own, then those of access modes that say something else."""
        own = offer["eligibility"]
        yield self._eligible(None, own, provenance.of("/eligibility"))
        for number, mode in enumerate(offer["details"].get("access_modes", ())):
            if mode["eligibility"] != own:
                pointer = f"/details/access_modes/{number}/eligibility"
                name = self.formats.text(mode["name"])
                yield self._eligible(name, mode["eligibility"], provenance.of(pointer))

    def _eligible(self, name: str | None, stated: Mapping[str, Any], origin: Origin) -> Eligible:
        rule = rule_in_words(stated["rule"], self.formats)
        open_to_all = open_in_words(stated["open_to_all"], self.formats)
        return Eligible(name, rule or open_to_all, tuple(self._texts(stated["conditions"])), origin)

    def _price(self, offer: Offer, provenance: Provenance) -> PriceView | None:
        """Return the price; for money that is handed out only where there is one."""
        pricing = offer["pricing"]
        rows = pricing["rows"]
        if offer["kind"] == "funding" and pricing["basis"] == "unknown":
            return None
        return PriceView(
            basis=tables.price_basis(pricing["basis"], self.formats),
            note=self.formats.text(pricing["note"]),
            rows=tables.prices(rows, self.words["price_rows"], self.formats) if rows else None,
            origin=provenance.of("/pricing"),
        )

    def _tables(
        self, details: Mapping[str, Any], provenance: Provenance
    ) -> Iterator[tuple[Table, Origin]]:
        kinds = (
            ("access_modes", tables.access_modes, "modes"),
            ("components", tables.components, "components"),
            ("sessions", tables.sessions, "sessions"),
            ("cohorts", tables.cohorts, "cohorts"),
        )
        for field, made, caption in kinds:
            if details.get(field):
                table = made(details[field], self.words[caption], self.formats)
                yield table, provenance.of(f"/details/{field}")
        held = details.get("sovereignty", {}).get("certifications")
        if held:
            table = tables.certificates(held, self.words["certificates"], self.formats)
            yield table, provenance.of("/details/sovereignty/certifications")

    def _texts(self, both: Any) -> Iterator[str]:
        return (self.formats.text(one) or "" for one in both or ())


def _contact(contact: Mapping[str, Any]) -> Iterator[Link]:
    if contact.get("email"):
        yield Link(contact["email"], f"mailto:{contact['email']}")
    if contact.get("phone"):
        yield Link(contact["phone"], f"tel:{re.sub(r'[^0-9+]', '', contact['phone'])}")
    if contact.get("url"):
        yield Link(contact["url"], contact["url"])
