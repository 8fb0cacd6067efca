"""What an offer names must exist: organisations, other offers by slug, and public addresses."""

from collections.abc import Collection, Iterator

from aiff_catalog.offers.application.ports import OffersUnitOfWork
from aiff_catalog.offers.application.web_addresses import refused_addresses
from aiff_contracts.codec import Fault, Faults
from aiff_contracts.offer import ComputeDetails, FundingDetails, OfferContent

Reference = tuple[str, str]


def check_references(
    uow: OffersUnitOfWork, content: OfferContent, also_known: Collection[str] = ()
) -> None:
    """Raise Faults with a pointer for each organisation, offer or address that leads nowhere.

    `also_known` are slugs of offers that are about to be stored.
    """
    offers = dict(offers_named(content))
    organisations = dict(organisations_named(content))
    known_offers = {*uow.offers.known_slugs(offers.values()), *also_known, content.slug}
    known_organisations = uow.organisations.details(organisations.values())
    faults = [
        *unknown(organisations, known_organisations),
        *unknown(offers, known_offers),
        *refused_addresses(content),
    ]
    if faults:
        raise Faults(faults)


def organisations_named(content: OfferContent) -> Iterator[Reference]:
    """Yield the pointer and the slug of each organisation that an offer names."""
    for index, entry in enumerate(content.organisations):
        yield f"/organisations/{index}/organisation", entry.organisation


def offers_named(content: OfferContent) -> Iterator[Reference]:
    """Yield the pointer and the slug of each other offer that an offer names."""
    match content.details:
        case FundingDetails(stacking=stacking):
            yield from _listed("/details/stacking/needs_prior", stacking.needs_prior)
            yield from _listed("/details/stacking/excludes", stacking.excludes)
        case ComputeDetails(members=members):
            for index, member in enumerate(members):
                yield f"/details/members/{index}/offer", member.offer


def unknown(named: dict[str, str], known: Collection[str]) -> list[Fault]:
    """Return a fault for each reference that leads nowhere."""
    return [
        Fault(pointer, "unknown_reference", f"nothing is known as {slug!r}; correct the slug")
        for pointer, slug in named.items()
        if slug not in known
    ]


def _listed(pointer: str, slugs: tuple[str, ...]) -> Iterator[Reference]:
    for index, slug in enumerate(slugs):
        yield f"{pointer}/{index}", slug
