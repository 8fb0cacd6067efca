"""What a start-up says about itself. None is unknown; an empty list is a stated "none"."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.nomenclatures.naf import LONGEST_NAF, NAF_2025, naf_code, readings
from aiff_contracts.offer.common import Stage
from aiff_contracts.sectors import stored_sectors
from aiff_contracts.territory import COUNTRY_CODES, GROUPS, ancestry, canonical
from aiff_matching.profiles.domain.aid import PriorAid
from aiff_matching.profiles.domain.enterprises import Accounts, Enterprise
from aiff_matching.profiles.domain.identifiers import Identifier
from aiff_matching.shared.intervals import Level, Measure, Ratio

OrganisationType = Literal[
    "startup",
    "sme",
    "midcap",
    "large",
    "lab",
    "university",
    "public_body",
    "association",
    "individual",
    "investor",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Strict):
    """An organisation in its own words.

    Amounts are in EUR, ratios lie between 0 and 1. `sites` are territory codes and include the
    seat; `prior_aid` lists all aid already obtained, by slug or with amount and date. Headcount,
    turnover and balance sheet are the company's own; `enterprises` lists the linked and partner
    ones and the public bodies in its capital; `previous_accounts` are earlier years with them,
    newest first. `naf` is a code
    of NAF rev. 2 or of NAF 2025; `naf_2025` is that of NAF 2025 where `naf` is the one of rev. 2,
    as the SIRENE register names both.
    """

    name: Annotated[str, MinLen(1), MaxLen(160)] | None = None
    identifiers: Annotated[tuple[Identifier, ...], MaxLen(10)] = ()
    country: Annotated[str, MinLen(2), MaxLen(10)] | None = None
    sites: Annotated[tuple[Annotated[str, MaxLen(20)], ...], MinLen(1), MaxLen(50)] | None = None
    created_on: date | None = None
    headcount: Measure | None = None
    turnover_eur: Measure | None = None
    balance_sheet_eur: Measure | None = None
    enterprises: Annotated[tuple[Enterprise, ...], MaxLen(50)] | None = None
    previous_accounts: Annotated[tuple[Accounts, ...], MaxLen(3)] | None = None
    own_equity_eur: Measure | None = None
    funds_raised_eur: Measure | None = None
    de_minimis_received_eur: Measure | None = None
    rd_expense_ratio: Ratio | None = None
    organisation_type: OrganisationType | None = None
    has_legal_entity: bool | None = None
    legal_form: Annotated[str, MinLen(1), MaxLen(40)] | None = None
    naf: Annotated[str, MinLen(1), MaxLen(LONGEST_NAF)] | None = None
    naf_2025: Annotated[str, MinLen(1), MaxLen(LONGEST_NAF)] | None = None
    sectors: Annotated[tuple[Annotated[str, MaxLen(40)], ...], MaxLen(30)] | None = None
    stage: Stage | None = None
    trl: Level | None = None
    deeptech: bool | None = None
    ai_company: bool | None = None
    research_link: bool | None = None
    prior_aid: Annotated[tuple[Annotated[str, MaxLen(80)] | PriorAid, ...], MaxLen(100)] | None = (
        None
    )
    private_coinvestor: bool | None = None
    prescriber: bool | None = None
    eic_failures: Measure | None = None
    under_represented_founder: bool | None = None
    full_time_founder: bool | None = None
    founder_is_doctoral: bool | None = None
    hpc_experience: bool | None = None
    contract_covers_allocation: bool | None = None

    def __post_init__(self) -> None:
        """Store canonical codes; refuse answers that contradict each other."""
        if self.country is not None:
            object.__setattr__(self, "country", _country(self.country))
        if self.sites is not None:
            object.__setattr__(self, "sites", tuple(canonical(code) for code in self.sites))
        if self.sectors is not None:
            stored = stored_sectors(self.sectors, restricted=True)
            object.__setattr__(self, "sectors", stored)
        for name in ("naf", "naf_2025"):
            if (code := getattr(self, name)) is not None:
                object.__setattr__(self, name, naf_code(code))
        _check_activities(self)
        _check_france(self)
        _check_seat(self)
        _check_creation(self)

    @property
    def is_registered_in_france(self) -> bool:
        """Tell whether a French identifier is given."""
        return any(identifier.is_french for identifier in self.identifiers)

    @property
    def established_in(self) -> str | None:
        """The country of establishment, or the part of one that has a code of its own."""
        return self.country or ("FR" if self.is_registered_in_france else None)

    @property
    def state(self) -> str | None:
        """The State of the country of establishment."""
        return None if self.established_in is None else country_of(self.established_in)


def country_of(code: str) -> str | None:
    """Return the country in which a territory lies, None for what is larger than a country."""
    within = [name for name in ancestry(code) if name not in GROUPS]
    return within[-1] if within else None


def _country(code: str) -> str:
    """Return a country of ISO 3166-1: a State, or a part of one with a code of its own (GP, PF)."""
    known = canonical(code)
    if known in GROUPS or (
        known != country_of(known) and code.strip().upper() not in COUNTRY_CODES
    ):
        message = f"{code!r} is not a country; give its ISO 3166 code, for example FR"
        raise ValueError(message)
    return known


def _check_activities(profile: Profile) -> None:
    code = profile.naf_2025
    if code is not None and NAF_2025 not in readings(code):
        message = f"{code!r} is no code of NAF 2025; give it in naf, which takes both nomenclatures"
        raise ValueError(message)


def _check_france(profile: Profile) -> None:
    if profile.is_registered_in_france and profile.state != "FR":
        message = f"SIREN and SIRET exist in France only, and the country is {profile.country}"
        raise ValueError(message)


def _check_seat(profile: Profile) -> None:
    """Refuse sites without one in the country of establishment, where the seat is."""
    country = profile.established_in
    if country is None or profile.sites is None:
        return
    if not any(_may_hold_seat(code, country) for code in profile.sites):
        message = f"no site lies in {country}, where the company is established; add its seat"
        raise ValueError(message)


def _may_hold_seat(site: str, country: str) -> bool:
    """Tell whether a site lies in a country, or is coarser than that."""
    return country in ancestry(site) or site in ancestry(country) or country_of(site) is None


def _check_creation(profile: Profile) -> None:
    registered = profile.created_on is not None or profile.is_registered_in_france
    if profile.has_legal_entity is False and registered:
        message = "a company that is not registered has no creation date, SIREN or SIRET"
        raise ValueError(message)
