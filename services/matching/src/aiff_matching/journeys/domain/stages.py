"""The stages of a journey, and which offer serves which one.

The stages are those that European AI Factories and digital innovation hubs lead their users
through: discover, assess, upskill, connect, fund, build and test, scale.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from aiff_contracts.offer import (
    ExpertiseDetails,
    FundingDetails,
    Kind,
    NetworkDetails,
    OfferDocument,
    ResourceDetails,
    Text,
)
from aiff_contracts.offer.funding import Instrument
from aiff_contracts.offer.intake import PhaseGated
from aiff_contracts.territory import ancestry, canonical_or_none
from aiff_matching.funding.domain import amounts as funding
from aiff_matching.profiles.domain.aid import slugs_of
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import containing
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import between

Stage = Literal["discover", "assess", "upskill", "connect", "fund", "build_and_test", "scale"]
STAGES: tuple[Stage, ...] = get_args(Stage)
KINDS: frozenset[Kind] = frozenset(get_args(Kind))
STAGE_TITLES: dict[Stage, Text] = {
    "discover": text("Découvrir", "Discover"),
    "assess": text("Évaluer", "Assess"),
    "upskill": text("Se former", "Upskill"),
    "connect": text("Se relier", "Connect"),
    "fund": text("Financer", "Fund"),
    "build_and_test": text("Construire et tester", "Build and test"),
    "scale": text("Passer à l'échelle", "Scale"),
}
# From the idea to the large company; a company is at one of them and near its neighbours.
_AGES = ("pre_creation", "pre_seed", "seed", "series_a", "series_b", "series_c")
_LATE = frozenset(("series_a", "series_b", "series_c", "growth", "scale_up"))
_GROWN = frozenset(("growth", "scale_up"))
_ABOUT_AGE = frozenset((*_AGES, *_LATE))
_FAMILIES: dict[str, frozenset[Instrument]] = {
    "grant": frozenset(("grant", "prize")),
    "loan": frozenset(("loan", "repayable_advance", "guarantee")),
    "tax": frozenset(("tax_credit", "social_exemption")),
    "equity": frozenset(("equity", "convertible")),
    "other": frozenset(("credits", "in_kind", "label", "co_funded_service", "investor_tax_relief")),
}


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """What a step does for the project: its stage, and which of the stage's jobs."""

    stage: Stage
    job: str


# How many steps a role may have. Grants and tax rules add up; one loan or programme is enough.
ROLES: dict[Role, int] = {
    Role("discover", "guide"): 1,
    Role("discover", "knowledge"): 1,
    Role("assess", "assessment"): 1,
    Role("assess", "benchmark"): 1,
    Role("upskill", "training"): 1,
    Role("connect", "community"): 1,
    Role("connect", "programme"): 1,
    Role("fund", "grant"): 2,
    Role("fund", "loan"): 1,
    Role("fund", "tax"): 2,
    Role("fund", "equity"): 1,
    Role("fund", "other"): 1,
    Role("build_and_test", "support"): 1,
    Role("build_and_test", "access"): 1,
    Role("build_and_test", "building_block"): 2,
    Role("scale", "programme"): 1,
    Role("scale", "capital"): 1,
}
# What one takes and uses: it helps a stage along, and neither covers it nor is waited for.
TOOLS = frozenset((Role("assess", "benchmark"), Role("build_and_test", "building_block")))
_PROGRAMME = Role("connect", "programme")
_LEVELS: dict[str, tuple[int, int]] = {
    "ideation": (1, 3),
    "research": (1, 4),
    "feasibility": (2, 5),
    "prototype": (3, 6),
    "validation": (4, 6),
    "development": (4, 8),
    "demonstration": (6, 8),
    "industrialisation": (7, 9),
}
_NOT_INCUBATED = frozenset(("lab", "university", "public_body", "midcap", "large"))
_VISITED = frozenset(("network", "incubation"))
_SERVICES: dict[str, Role] = {
    "assessment": Role("assess", "assessment"),
    "legal": Role("assess", "assessment"),
    "sandbox": Role("assess", "assessment"),
    "network": Role("connect", "community"),
    "support": Role("build_and_test", "support"),
    "engineering": Role("build_and_test", "support"),
}
_RESOURCES: dict[str, Role] = {
    "guide": Role("discover", "knowledge"),
    "benchmark": Role("assess", "benchmark"),
    "course_material": Role("upskill", "training"),
}
_NETWORKS: dict[str, Role] = {
    "ai_factory": Role("discover", "guide"),
    "antenna": Role("discover", "guide"),
    "innovation_hub": Role("discover", "guide"),
    "platform": Role("build_and_test", "access"),
    "programme": Role("discover", "knowledge"),
}


def stages_asked(need: Need) -> frozenset[Stage]:
    """Return the stages that a need is about; money and hours are planned only where asked for."""
    parts = (need.compute, need.funding, need.training, need.expertise, need.incubation)
    if all(part is None for part in parts):
        return frozenset(STAGES)
    build = need.compute is not None or need.expertise is not None
    dropped = {"fund"} if need.funding is None else set()
    return frozenset(STAGES) - dropped - (set() if build else {"build_and_test"})


def role_of(offer: OfferDocument, need: Need) -> Role | None:
    """Return what an offer may do in a journey; compute is planned by itself."""
    details = offer.details
    match details:
        case FundingDetails():
            return _of_funding(offer, details, need)
        case ExpertiseDetails(service=service):
            return _SERVICES[service]
        case NetworkDetails(network=network):
            return _NETWORKS.get(network, Role("connect", "community"))
        case ResourceDetails(resource=resource):
            return _RESOURCES.get(resource, Role("build_and_test", "building_block"))
    return _of_kind(offer)


def _of_kind(offer: OfferDocument) -> Role | None:
    if offer.kind == "incubation":
        return Role("scale", "programme") if _is_late(offer) else Role("connect", "programme")
    return Role("upskill", "training") if offer.kind == "training" else None


def _of_funding(offer: OfferDocument, details: FundingDetails, need: Need) -> Role:
    parts = funding.kept(details, need.funding) if need.funding else details.components
    instrument = (parts or details.components)[0].instrument
    job = next(name for name, family in _FAMILIES.items() if instrument in family)
    if job == "equity" and _is_late(offer):
        return Role("scale", "capital")
    return Role("fund", job)


def _is_late(offer: OfferDocument) -> bool:
    return bool(offer.stages) and set(offer.stages or ()) <= _LATE


def company_stage(profile: Profile) -> str | None:
    """Return the company's stage; who has no legal entity has not created the company yet."""
    if profile.stage is None and profile.has_legal_entity is False:
        return "pre_creation"
    return profile.stage


def suits_stage(offer: OfferDocument, profile: Profile) -> bool:
    """Tell whether nothing published says that the offer is for companies of another stage.

    Only stages of a company's age are compared, with the next one allowed; the maturity of a
    project is another matter, which the rules ask about (TRL). What is for adopters of AI is
    not for companies that make it.
    """
    offered, own = set(offer.stages or ()), company_stage(profile)
    if offered == {"adoption"}:
        return profile.ai_company is not True
    ages = offered & _ABOUT_AGE
    if "any" in offered or not ages or own not in _ABOUT_AGE:
        return True
    return bool(ages & _near(str(own)))


def suits_maturity(offer: OfferDocument, profile: Profile) -> bool:
    """Tell whether the project may be as mature as the offer's stages say; unknown TRL may be.

    TRL as in the general annex G of the Horizon 2020 work programme: 3 proof of concept,
    4 validated in a laboratory, 6 demonstrated, 8 complete and qualified.
    """
    asked = [_LEVELS[name] for name in offer.stages or () if name in _LEVELS]
    if profile.trl is None or not asked or set(offer.stages or ()) & _ABOUT_AGE:
        return True
    own = between(profile.trl)
    return any(low <= own.high and own.low <= high for low, high in asked)


def suits_country(offer: OfferDocument, profile: Profile) -> bool:
    """Tell whether a node of the network serves the company's country, or names none.

    A code that nobody knows may be that country.
    """
    details, country = offer.details, profile.established_in
    served = details.countries if isinstance(details, NetworkDetails) else ()
    codes = set(map(canonical_or_none, served))
    return not codes or country is None or None in codes or not codes.isdisjoint(ancestry(country))


def suits_place(offer: OfferDocument, profile: Profile) -> bool:
    """Tell whether what one visits may be near: its territory holds a site of the company.

    Nobody is refused for coming from elsewhere, but nobody is sent there first either.
    """
    if offer.kind not in _VISITED or offer.territories is None or profile.sites is None:
        return True
    around = frozenset().union(*(containing(code) for code in profile.sites))
    return not around.isdisjoint(offer.territories)


def is_next_phase(offer: OfferDocument, profile: Profile) -> bool:
    """Tell whether an offer continues another one that the company has not had."""
    details, had = offer.details, slugs_of(profile.prior_aid or ())
    needed = set(details.stacking.needs_prior) if isinstance(details, FundingDetails) else set()
    needed |= {offer.intake.after} if isinstance(offer.intake, PhaseGated) else set()
    return bool(needed) and not needed & had


def is_planned(role: Role, profile: Profile, need: Need) -> bool:
    """Tell whether a journey looks for steps of a role."""
    if role.stage == "scale":
        return is_scaling(profile) is True
    if role == _PROGRAMME and need.incubation is None:
        return profile.organisation_type not in _NOT_INCUBATED
    return role.stage in stages_asked(need)


def is_scaling(profile: Profile) -> bool | None:
    """Tell whether the company is beyond its first rounds, None where its stage is unknown."""
    own = company_stage(profile)
    return None if own is None else own in _LATE


def _near(own: str) -> frozenset[str]:
    """Return a stage with the next one: a company prepares for it."""
    if own in _GROWN:
        return _GROWN | {"series_c"}
    place = _AGES.index(own)
    later = frozenset(_AGES[place : place + 2])
    return later | _GROWN if own in {"series_b", "series_c"} else later | _grown_after(own)


def _grown_after(own: str) -> frozenset[str]:
    return frozenset(("growth",)) if own == "series_a" else frozenset()
