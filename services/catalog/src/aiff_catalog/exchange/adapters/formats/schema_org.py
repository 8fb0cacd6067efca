"""Offers in the words of schema.org, as search engines read them (https://schema.org).

What is not known is left out. Texts are in both languages, each with its tag.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import orjson

from aiff_catalog.exchange.adapters.formats.cpsv import PUBLIC_TYPES
from aiff_catalog.exchange.adapters.formats.linked_data import embeddable
from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.formats.rendering import rendered
from aiff_catalog.exchange.domain import stated_closing, stated_opening
from aiff_contracts.labels import AUDIENCES, BILLING_PERIODS, INSTRUMENTS, KINDS
from aiff_contracts.offer import (
    FundingComponent,
    FundingDetails,
    IncubationDetails,
    Money,
    OfferDocument,
    Organisation,
    ResourceDetails,
    Session,
    Text,
    TrainingDetails,
)
from aiff_contracts.territory import name_of

CONTEXT = "https://schema.org"
Node = dict[str, Any]
_GIFTS = frozenset(("grant", "prize"))
_LOANS = frozenset(("loan", "repayable_advance"))
_MODES = {"online": "online", "on_site": "onsite", "hybrid": "blended"}
_RESOURCES = {
    "dataset": "Dataset",
    "model": "CreativeWork",
    "guide": "LearningResource",
    "software": "SoftwareApplication",
    "course_material": "LearningResource",
    "benchmark": "Dataset",
}


class SchemaOrgWriter:
    """Writes one JSON-LD document whose nodes come batch by batch."""

    def __init__(self, addresses: Addresses) -> None:
        """Keep the addresses."""
        self._addresses = addresses
        self._comma = b""

    def begin(self) -> bytes:
        """Return the context."""
        return b'{"@context":%b,"@graph":[' % orjson.dumps(CONTEXT)

    def add(self, documents: Sequence[bytes]) -> bytes:
        """Return the nodes of some offers."""
        nodes = rendered(documents, partial(described, addresses=self._addresses))
        written = self._comma + b",".join(map(embeddable, nodes))
        self._comma = b","
        return written

    def end(self) -> Iterable[bytes]:
        """Yield the end of the document."""
        return (b"]}",)


def described(document: OfferDocument, addresses: Addresses) -> Node:
    """Return an offer as a node without a context."""
    common: Node = {
        "@id": str(addresses.offer(document)),
        "identifier": str(document.id),
        "name": _texts(document.title),
        "description": _texts(document.summary),
        "url": document.url or str(addresses.offer(document)),
    }
    match document.details:
        case TrainingDetails() as training:
            own = _course(document, training, addresses)
        case IncubationDetails() as incubation:
            own = _programme(document, incubation, addresses)
        case FundingDetails() as funding:
            own = _funding(document, funding, addresses)
        case ResourceDetails(resource="service"):
            # A service is no creative work: schema.org gives it no licence and no language.
            own = _service(document, _service_type(document), addresses)
        case ResourceDetails() as resource:
            own = _resource(document, resource, addresses)
        case _:
            own = _service(document, _service_type(document), addresses)
    return {key: value for key, value in (common | own).items() if value not in (None, [])}


def _service_type(document: OfferDocument) -> str:
    public = (one.type in PUBLIC_TYPES for one in _in_role(document, "provider"))
    return "GovernmentService" if any(public) else "Service"


def _service(document: OfferDocument, kind: str, addresses: Addresses) -> Node:
    return {
        "@type": kind,
        "serviceType": KINDS[document.kind][1],
        "provider": _organisations(document, "provider", addresses),
        "areaServed": list(_areas(document)),
        "audience": list(_audiences(document)),
        "offers": list(_prices(document)),
    }


def _course(document: OfferDocument, details: TrainingDetails, addresses: Addresses) -> Node:
    return {
        "@type": "Course",
        "provider": _organisations(document, "provider", addresses),
        "inLanguage": list(document.languages or ()),
        "audience": list(_audiences(document)),
        "educationalLevel": list(details.levels or ()),
        "teaches": list(details.topics),
        "coursePrerequisites": list(details.prerequisites),
        "timeRequired": _hours(details.duration_hours),
        "offers": list(_prices(document)),
        "hasCourseInstance": [_instance(session, details) for session in details.sessions],
    }


def _instance(session: Session, details: TrainingDetails) -> Node:
    mode = session.modality or details.modality
    instance: Node = {
        "@type": "CourseInstance",
        "startDate": session.starts.isoformat(),
        "endDate": session.ends.isoformat() if session.ends else None,
        "courseMode": _MODES[mode] if mode else None,
        "inLanguage": session.language,
        "location": {"@type": "Place", "name": session.place} if session.place else None,
        "maximumAttendeeCapacity": session.seats,
        "remainingAttendeeCapacity": session.seats_left,
    }
    return {key: value for key, value in instance.items() if value is not None}


def _programme(document: OfferDocument, details: IncubationDetails, addresses: Addresses) -> Node:
    opening, closing = stated_opening(document.intake), stated_closing(document.intake)
    starts = [cohort.starts for cohort in details.cohorts if cohort.starts is not None]
    weeks = details.duration_weeks
    return {
        "@type": "EducationalOccupationalProgram",
        "provider": _organisations(document, "provider", addresses),
        "applicationStartDate": opening.on.isoformat() if opening else None,
        "applicationDeadline": closing.on.isoformat() if closing else None,
        "startDate": min(starts).isoformat() if starts else None,
        "maximumEnrollment": details.cohort_size,
        "timeToComplete": f"P{weeks}W" if isinstance(weeks, int) else None,
        "offers": list(_prices(document)),
    }


def _funding(document: OfferDocument, details: FundingDetails, addresses: Addresses) -> Node:
    """Return the type of the first component that has one; what else is paid is a service."""
    for component in details.components:
        if component.instrument in _GIFTS:
            return _grant(document, component, addresses)
        if component.instrument in _LOANS:
            return _loan(document, component, addresses)
    return _service(document, _service_type(document), addresses)


def _grant(document: OfferDocument, component: FundingComponent, addresses: Addresses) -> Node:
    funders = _organisations(document, "funder", addresses)
    return {
        "@type": "MonetaryGrant",
        "amount": _amount(component.minimum, component.maximum),
        "funder": funders or _organisations(document, "provider", addresses),
    }


def _loan(document: OfferDocument, component: FundingComponent, addresses: Addresses) -> Node:
    service = _service(document, "LoanOrCredit", addresses)
    return service | {
        "amount": _amount(component.minimum, component.maximum),
        "loanType": INSTRUMENTS[component.instrument][1],
    }


def _resource(document: OfferDocument, details: ResourceDetails, addresses: Addresses) -> Node:
    return {
        "@type": _RESOURCES[details.resource],
        "provider": _organisations(document, "provider", addresses),
        "inLanguage": list(document.languages or ()),
        "audience": list(_audiences(document)),
        "keywords": list(document.keywords),
        "license": _address(details.licence),
        "encodingFormat": list(details.formats),
        "offers": list(_prices(document)),
    }


def _amount(minimum: Money | None, maximum: Money | None) -> Node | None:
    stated = maximum or minimum
    if stated is None:
        return None
    amount: Node = {"@type": "MonetaryAmount", "currency": stated.currency}
    if minimum is not None:
        amount["minValue"] = float(minimum.amount)
    if maximum is not None:
        amount["maxValue"] = float(maximum.amount)
    return amount


def _prices(document: OfferDocument) -> Iterator[Node]:
    if document.pricing.basis == "free":
        yield {"@type": "Offer", "price": "0", "priceCurrency": "EUR"}
    for row in document.pricing.rows:
        french, english = BILLING_PERIODS[row.period]
        yield {
            "@type": "Offer",
            "price": str(row.amount),
            "priceCurrency": row.currency,
            "description": _words(french, english),
        }


def _organisations(document: OfferDocument, role: str, addresses: Addresses) -> list[Node]:
    return [_organisation(one, addresses) for one in _in_role(document, role)]


def _organisation(one: Organisation, addresses: Addresses) -> Node:
    kind = "GovernmentOrganization" if one.type in PUBLIC_TYPES else "Organization"
    node: Node = {
        "@type": kind,
        "@id": str(addresses.organisation(one.slug)),
        "name": one.name,
    }
    return node | ({"url": one.url} if one.url else {})


def _in_role(document: OfferDocument, role: str) -> list[Organisation]:
    known = {detail.slug: detail for detail in document.organisation_details}
    slugs = (
        organisation.organisation
        for organisation in document.organisations
        if organisation.role == role
    )
    return [known[slug] for slug in dict.fromkeys(slugs)]


def _areas(document: OfferDocument) -> Iterator[Node]:
    for code in document.territories or ():
        french, english = name_of(code)
        yield {"@type": "AdministrativeArea", "identifier": code, "name": _words(french, english)}


def _audiences(document: OfferDocument) -> Iterator[Node]:
    for code in document.audience or ():
        yield {"@type": "Audience", "audienceType": AUDIENCES[code][1]}


def _address(text: str | None) -> str | None:
    return text if text is not None and text.startswith(("https://", "http://")) else None


def _hours(hours: float | None) -> str | None:
    """Return an ISO 8601 duration, to the minute."""
    if hours is None:
        return None
    whole, minutes = divmod(round(hours * 60), 60)
    return f"PT{whole}H{minutes}M" if minutes else f"PT{whole}H"


def _texts(text: Text) -> list[Node]:
    return _words(text.fr, text.en)


def _words(french: str, english: str) -> list[Node]:
    return [
        {"@value": french, "@language": "fr"},
        {"@value": english, "@language": "en"},
    ]
