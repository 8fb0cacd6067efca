"""Offers as public services: CPSV-AP 3.2.0 (https://semiceu.github.io/CPSV-AP/releases/3.2.0/).

Every code, place and language that is referred to is described where it is used, as the shapes
of the profile ask. What is not known is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, RDF, SKOS, XSD

from aiff_catalog.exchange.adapters.formats.naming import (
    CPSV,
    CV,
    Addresses,
    currency,
    language,
    page,
    texts,
    words,
)
from aiff_contracts.labels import (
    AUDIENCES,
    BILLING_PERIODS,
    INSTRUMENTS,
    KINDS,
    PRICE_BASES,
    ROLES,
    STAGES,
    TAX_BASES,
    Labels,
)
from aiff_contracts.offer import FundingDetails, OfferDocument, Organisation
from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import name_of

# What these words of the catalogue call an organisation is public by its definition.
PUBLIC_TYPES = frozenset(
    (
        "city",
        "eu_body",
        "public_bank",
        "public_body",
        "public_incubator",
        "region",
        "regulator",
        "state",
    )
)
_PUBLISHER = "AI Factory France"


class PublicServices:
    """Describes offers in a graph."""

    def __init__(self, graph: Graph, addresses: Addresses) -> None:
        """Write into this graph."""
        self._graph = graph
        self._addresses = addresses

    def add(self, document: OfferDocument) -> None:
        """Add all triples of an offer."""
        service = self._addresses.offer(document)
        self._put(service, RDF.type, CPSV.PublicService)
        self._put(service, DCTERMS.identifier, Literal(str(document.id)))
        self._put(service, DCTERMS.title, *texts(document.title))
        self._put(service, DCTERMS.description, *words(_description(document)))
        self._put(service, DCTERMS.issued, Literal(document.published_at))
        self._put(service, DCTERMS.modified, Literal(document.updated_at))
        # The catalogue does not say in which language a keyword is.
        self._put(service, DCAT.keyword, *(Literal(w, lang="und") for w in document.keywords))
        self._codes(service, document)
        self._places_and_languages(service, document)
        self._organisations(service, document)
        self._contact(service, document)
        self._costs(service, document)
        self._requirements(service, document)
        self._outputs(service, document)

    def publisher(self) -> URIRef:
        """Return who lists the offers, described."""
        node = self._addresses.of("/#publisher")
        self._put(node, RDF.type, CV.PublicOrganisation, FOAF.Agent)
        self._put(node, DCTERMS.identifier, Literal(str(node)))
        for name in (SKOS.prefLabel, DCTERMS.title):
            self._put(node, name, *words((_PUBLISHER, _PUBLISHER)))
        self._put(node, FOAF.name, Literal(_PUBLISHER))
        self._put(node, DCTERMS.spatial, self._place("FR"))
        return node

    def _codes(self, service: URIRef, document: OfferDocument) -> None:
        put = self._put
        put(service, DCTERMS.type, self._code("kind", document.kind, KINDS))
        put(service, CV.sector, *self._coded("sector", document.sectors, SECTORS))
        put(service, DCTERMS.audience, *self._coded("audience", document.audience, AUDIENCES))
        put(service, CV.isClassifiedBy, *self._coded("stage", document.stages, STAGES))

    def _places_and_languages(self, service: URIRef, document: OfferDocument) -> None:
        places = (self._place(code) for code in document.territories or ())
        self._put(service, DCTERMS.spatial, *places)
        for code in document.languages or ():
            node = language(code)
            self._put(node, RDF.type, DCTERMS.LinguisticSystem)
            self._put(service, DCTERMS.language, node)

    def _organisations(self, service: URIRef, document: OfferDocument) -> None:
        """Name everybody with their role, and a public one as competent authority.

        Where none of them is known to be public, the listing itself is the public service, and
        who lists it is competent for it.
        """
        known = {detail.slug: detail for detail in document.organisation_details}
        for place, entry in enumerate(document.organisations, 1):
            organisation = known[entry.organisation]
            part = self._addresses.offer(document, f"participation-{place}")
            french, english = ROLES[entry.role]
            self._put(service, CV.hasParticipation, part)
            self._put(part, RDF.type, CV.Participation)
            self._put(part, DCTERMS.identifier, Literal(str(part)))
            said = f"{organisation.name} : {french}", f"{organisation.name}: {english}"
            self._put(part, DCTERMS.description, *words(said))
            self._put(part, CV.role, self._code("role", entry.role, ROLES))
            self._put(part, CV.hasParticipant, self._organisation(organisation))
        public = [
            self._addresses.organisation(slug)
            for slug, one in known.items()
            if one.type in PUBLIC_TYPES
        ]
        self._put(service, CV.hasCompetentAuthority, *(public or [self.publisher()]))

    def _organisation(self, organisation: Organisation) -> URIRef:
        node = self._addresses.organisation(organisation.slug)
        self._put(node, RDF.type, FOAF.Agent, ORG.Organization)
        self._put(node, DCTERMS.identifier, Literal(organisation.slug))
        for label in (DCTERMS.title, SKOS.prefLabel):
            self._put(node, label, *words((organisation.name, organisation.name)))
        self._put(node, DCTERMS.spatial, self._place(organisation.country))
        if organisation.type in PUBLIC_TYPES:
            self._put(node, RDF.type, CV.PublicOrganisation)
        if organisation.url is not None:
            self._put(node, FOAF.homepage, page(organisation.url))
        return node

    def _contact(self, service: URIRef, document: OfferDocument) -> None:
        contact = document.contact
        if document.url is not None:
            self._put(service, FOAF.page, self._document(document.url))
        if contact is None or not (contact.email or contact.phone or contact.url):
            return
        node = self._addresses.offer(document, "contact")
        self._put(service, CV.contactPoint, node)
        self._put(node, RDF.type, CV.ContactPoint)
        if contact.email is not None:
            self._put(node, CV.email, Literal(contact.email))
        if contact.phone is not None:
            self._put(node, CV.telephone, Literal(contact.phone))
        if contact.url is not None:
            self._put(node, CV.contactPage, self._document(contact.url))

    def _costs(self, service: URIRef, document: OfferDocument) -> None:
        for place, (amount, code, said) in enumerate(_costs(document), 1):
            node = self._addresses.offer(document, f"cost-{place}")
            self._put(service, CV.hasCost, node)
            self._put(node, RDF.type, CV.Cost)
            self._put(node, DCTERMS.identifier, Literal(str(node)))
            self._put(node, CV.hasValue, Literal(str(amount), datatype=XSD.double))
            self._put(node, DCTERMS.description, *words(said))
            unit = currency(code)
            self._put(unit, RDF.type, SKOS.Concept)
            self._put(unit, SKOS.notation, Literal(code))
            self._put(node, CV.currency, unit)

    def _requirements(self, service: URIRef, document: OfferDocument) -> None:
        for place, condition in enumerate(document.eligibility.conditions, 1):
            node = self._addresses.offer(document, f"requirement-{place}")
            self._put(service, CV.holdsRequirement, node)
            self._put(node, RDF.type, CV.Requirement)
            self._put(node, DCTERMS.identifier, Literal(str(node)))
            self._put(node, DCTERMS.title, *texts(condition))

    def _outputs(self, service: URIRef, document: OfferDocument) -> None:
        if not isinstance(document.details, FundingDetails):
            return
        for place, component in enumerate(document.details.components, 1):
            node = self._addresses.offer(document, f"output-{place}")
            self._put(service, CPSV.produces, node)
            self._put(node, RDF.type, CV.Output)
            self._put(node, DCTERMS.identifier, Literal(str(node)))
            self._put(node, DCTERMS.title, *words(INSTRUMENTS[component.instrument]))
            kind = self._code("instrument", component.instrument, INSTRUMENTS)
            self._put(node, DCTERMS.type, kind)

    def _coded(
        self, vocabulary: str, codes: Iterable[str] | None, labels: Labels
    ) -> Iterator[URIRef]:
        for code in codes or ():
            yield self._code(vocabulary, code, labels)

    def _code(self, vocabulary: str, code: str, labels: Mapping[str, tuple[str, str]]) -> URIRef:
        node = self._addresses.code(vocabulary, code)
        self._put(node, RDF.type, SKOS.Concept)
        self._put(node, SKOS.notation, Literal(code))
        self._put(node, SKOS.prefLabel, *words(labels.get(code, (code, code))))
        return node

    def _place(self, code: str) -> URIRef:
        node = self._addresses.code("territory", code)
        self._put(node, RDF.type, DCTERMS.Location)
        self._put(node, DCTERMS.identifier, Literal(code))
        self._put(node, SKOS.prefLabel, *words(_place_names(code)))
        return node

    def _document(self, url: str) -> URIRef:
        node = page(url)
        self._put(node, RDF.type, FOAF.Document)
        return node

    def _put(self, subject: URIRef, predicate: URIRef, *objects: URIRef | Literal) -> None:
        for one in objects:
            self._graph.add((subject, predicate, one))


def _description(document: OfferDocument) -> tuple[str, str]:
    summary, more = document.summary, document.description
    if more is None:
        return summary.fr, summary.en
    return f"{summary.fr}\n\n{more.fr}", f"{summary.en}\n\n{more.en}"


def _costs(document: OfferDocument) -> Iterator[tuple[Decimal, str, tuple[str, str]]]:
    """Yield amount, currency and what it is for; free is stated as zero, unknown not at all."""
    pricing = document.pricing
    if pricing.basis == "free":
        yield Decimal(0), "EUR", PRICE_BASES["free"]
    for row in pricing.rows:
        said = zip(BILLING_PERIODS[row.period], TAX_BASES[row.tax], strict=True)
        french, english = (", ".join(filter(None, (row.label, *one))) for one in said)
        yield row.amount, row.currency, (french, english)


def _place_names(code: str) -> tuple[str, str]:
    try:
        return name_of(code)
    except ValueError:
        return code, code
