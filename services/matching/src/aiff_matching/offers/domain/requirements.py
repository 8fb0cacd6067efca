"""Rules that follow from an offer's typed facts, beside those that a curator wrote.

A fact gives a rule only where the written rule does not decide the same attribute: what a
curator wrote stands, as far as every way to meet it asks about the attribute. Exclusions
between offers always hold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aiff_contracts.offer import (
    ComputeDetails,
    FundingDetails,
    Money,
    OfferDocument,
    Stacking,
    Text,
)
from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule, leaves
from aiff_contracts.territory import names_of
from aiff_matching.funding.domain.amounts import smallest_amount
from aiff_matching.offers.domain.placement import serves_its_territory
from aiff_matching.profiles.domain.aid import DE_MINIMIS_CEILING_EUR
from aiff_matching.profiles.domain.wording import euros

# Which types of organisation an audience stands for.
_AUDIENCE = {
    "startup": ("startup",),
    "sme": ("sme", "startup"),
    "midcap": ("midcap",),
    "large": ("large",),
    "lab": ("lab", "university"),
    "public_body": ("public_body", "university", "lab"),
    "individual": ("individual",),
    "association": ("association",),
}
_AUDIENCE_FR = {
    "startup": "start-up",
    "sme": "PME",
    "midcap": "ETI",
    "large": "grandes entreprises",
    "lab": "laboratoires",
    "public_body": "organismes publics",
    "individual": "particuliers",
    "association": "associations",
}
_AUDIENCE_EN = {
    "startup": "start-ups",
    "sme": "SMEs",
    "midcap": "mid-caps",
    "large": "large companies",
    "lab": "laboratories",
    "public_body": "public bodies",
    "individual": "individuals",
    "association": "associations",
}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a rule between offers needs of the others: their titles, and whom they exclude."""

    titles: Mapping[str, Text]
    excluding: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, offers: Iterable[OfferDocument]) -> "Neighbours":
        """Read the titles and the exclusions of a catalogue."""
        titles: dict[str, Text] = {}
        excluding: defaultdict[str, set[str]] = defaultdict(set)
        for offer in offers:
            titles[offer.slug] = offer.title
            for slug in excluded_by(offer):
                excluding[slug].add(offer.slug)
        return cls(titles, {slug: frozenset(slugs) for slug, slugs in excluding.items()})

    def changed(self, gone: Iterable[OfferDocument], put: Iterable[OfferDocument]) -> "Neighbours":
        """Return what holds after some offers went and others came."""
        titles, excluding = dict(self.titles), dict(self.excluding)
        for offer in gone:
            titles.pop(offer.slug, None)
            for slug in excluded_by(offer):
                excluding[slug] = excluding[slug] - {offer.slug}
        for offer in put:
            titles[offer.slug] = offer.title
            for slug in excluded_by(offer):
                excluding[slug] = excluding.get(slug, frozenset()) | {offer.slug}
        return Neighbours(titles, excluding)

    def seen_by(self, offer: OfferDocument) -> tuple[object, ...]:
        """Return all that the rules of an offer read of the others: equal views, equal rules."""
        excluding = self.excluding.get(offer.slug, frozenset())
        details = offer.details
        if not isinstance(details, FundingDetails):
            named = sorted(excluding)
        else:
            named = sorted({*excluding, *details.stacking.needs_prior, *details.stacking.excludes})
        return (excluding, *(self.titles.get(slug) for slug in named)) if named else ()

    def named(self, slugs: Iterable[str]) -> Text:
        """Return the titles of offers, a slug where there is no such offer."""
        names = [self.titles.get(slug, Text(fr=slug, en=slug)) for slug in slugs]
        return Text(fr=", ".join(t.fr for t in names), en=", ".join(t.en for t in names))


ALONE = Neighbours({}, {})


def excluded_by(offer: OfferDocument) -> tuple[str, ...]:
    """Return the slugs of the offers that cannot be had beside this one."""
    details = offer.details
    return tuple(details.stacking.excludes) if isinstance(details, FundingDetails) else ()


def full_rule(offer: OfferDocument, neighbours: Neighbours = ALONE) -> Rule | None:
    """Return all that can be computed about who may have an offer, None for nothing."""
    written = offer.eligibility.rule
    decided = set() if written is None else _decided(written)
    if "country" in decided:
        decided.add("sites")
    implied = [
        rule for rule in _implied(offer, neighbours) if decided.isdisjoint(attributes_of(rule))
    ]
    exclusions = _exclusions(offer, neighbours)
    return joined([*([written] if written is not None else []), *implied, *exclusions])


def joined(rules: list[Rule]) -> Rule | None:
    """Return the conjunction of rules, None for an empty one."""
    if not rules:
        return None
    return rules[0] if len(rules) == 1 else All(rules=tuple(rules))


def attributes_of(rule: Rule) -> frozenset[str]:
    """Return the attributes that a rule asks about."""
    return frozenset(leaf.attribute for leaf in leaves(rule))


def _decided(rule: Rule) -> set[str]:
    """Return the attributes that every way to meet a rule asks about.

    "An SME, or a public body" says nothing about who else may be an SME: the audience still does.
    """
    match rule:
        case Cmp(attribute=attribute):
            return {attribute}
        case Not():
            return set(attributes_of(rule))
        case All(rules=rules):
            return set().union(*map(_decided, rules))
        case AnyOf(rules=rules):
            return set.intersection(*map(_decided, rules))


def _implied(offer: OfferDocument, neighbours: Neighbours) -> Iterator[Rule]:
    if offer.eligibility.open_to_all is not None or _is_sold(offer):
        return
    if offer.audience:
        yield _audience(offer.audience)
    if serves_its_territory(offer):
        places = offer.territories or ()
        yield _cmp("sites", "within", places, site_labels(places))
    if isinstance(offer.details, FundingDetails):
        yield from _size_of_project(offer.details)
        yield from _stacking(offer.details, neighbours)


def site_labels(territories: Iterable[str]) -> tuple[str, str]:
    """Return how a demand for a site in one of these places is said."""
    french, english = names_of(territories)
    return f"Implantation : {french}", f"Site in: {english}"


def _is_sold(offer: OfferDocument) -> bool:
    """Tell whether it is a private cloud: a seller names its market, and refuses no customer."""
    details = offer.details
    if not isinstance(details, ComputeDetails):
        return False
    return details.nature == "cloud" and details.sector == "private"


def _audience(audience: tuple[str, ...]) -> Rule:
    types = tuple(dict.fromkeys(code for name in audience for code in _AUDIENCE[name]))
    french = ", ".join(_AUDIENCE_FR[name] for name in audience)
    english = ", ".join(_AUDIENCE_EN[name] for name in audience)
    return _cmp("organisation_type", "in", types, (f"Public : {french}", f"For: {english}"))


def _size_of_project(details: FundingDetails) -> Iterator[Rule]:
    lowest, highest = details.trl_minimum, details.trl_maximum
    if lowest is not None:
        labels = (f"TRL {lowest} au moins", f"TRL {lowest} or above")
        yield _cmp("trl", ">=", lowest, labels)
    if highest is not None:
        labels = (f"TRL {highest} au plus", f"TRL {highest} or below")
        yield _cmp("trl", "<=", highest, labels)
    yield from _cost(details.project_cost_minimum, ">=", ("au moins", "at least"))
    yield from _cost(details.project_cost_maximum, "<=", ("au plus", "at most"))


def _cost(limit: Money | None, op: str, words: tuple[str, str]) -> Iterator[Rule]:
    if limit is None or limit.currency != "EUR":
        return
    amount = f"{limit.amount:,.0f}"
    french = f"Coût du projet : {words[0]} {amount.replace(',', chr(0x202F))} €"
    labels = (french, f"Project cost: {words[1]} EUR {amount}")
    yield _cmp("project_cost_eur", op, float(limit.amount), labels)


def _stacking(details: FundingDetails, neighbours: Neighbours) -> Iterator[Rule]:
    stacking = details.stacking
    if stacking.needs_prior:
        names = neighbours.named(stacking.needs_prior)
        labels = (f"Aide préalable obtenue : {names.fr}", f"Earlier aid obtained: {names.en}")
        yield _cmp("prior_aid", "overlaps", stacking.needs_prior, labels)
    floor = smallest_amount(details.components)
    if stacking.capped_by_own_equity:
        yield _own_equity(floor)
    if stacking.de_minimis:
        yield _de_minimis(floor)


def _own_equity(floor: float) -> Cmp:
    """Require own equity that reaches the smallest amount, for the aid never exceeds it."""
    if floor == 0:
        labels = (
            "Fonds propres positifs (plafond de l'aide)",
            "Positive own equity (caps the aid)",
        )
        return _cmp("own_equity_eur", ">", 0, labels)
    least = euros(floor)
    labels = (
        f"Au moins {least.fr} de fonds propres (l'aide ne les dépasse pas)",
        f"At least {least.en} of own equity (the aid does not exceed it)",
    )
    return _cmp("own_equity_eur", ">=", floor, labels)


def _de_minimis(floor: float) -> Cmp:
    """Require that the smallest amount still fits under the ceiling."""
    if floor == 0:
        labels = (
            "Moins de 300\u202f000\u00a0€ d'aides de minimis sur trois ans",
            "Under EUR 300,000 of de minimis aid over three years",
        )
        return _cmp("de_minimis_received_eur", "<", DE_MINIMIS_CEILING_EUR, labels)
    most = euros(DE_MINIMIS_CEILING_EUR - floor)
    labels = (
        f"{most.fr} d'aides de minimis au plus sur trois ans, pour que l'aide y entre encore",
        f"At most {most.en} of de minimis aid over three years, so that the aid still fits",
    )
    return _cmp("de_minimis_received_eur", "<=", DE_MINIMIS_CEILING_EUR - floor, labels)


def _exclusions(offer: OfferDocument, neighbours: Neighbours) -> Iterator[Rule]:
    """Yield what excludes the offer, beside any rule that was written about earlier aid."""
    details, slug = offer.details, offer.slug
    stated = details.stacking if isinstance(details, FundingDetails) else Stacking()
    # Who may not have both may not have them in the other order either.
    excluded = {*stated.excludes, *neighbours.excluding.get(slug, ())} - {slug}
    if excluded:
        names = neighbours.named(sorted(excluded))
        labels = (f"Non cumulable avec : {names.fr}", f"Not combined with: {names.en}")
        yield Not(rule=_cmp("prior_aid", "overlaps", tuple(sorted(excluded)), labels))
    if stated.once_per_beneficiary or slug in stated.excludes:
        labels = ("Une seule fois par bénéficiaire", "Once per beneficiary")
        yield Not(rule=_cmp("prior_aid", "overlaps", (slug,), labels))


def _cmp(attribute: str, op: str, value: float | tuple[str, ...], labels: tuple[str, str]) -> Cmp:
    return Cmp(
        attribute=attribute,
        op=op,  # type: ignore[arg-type]
        value=value,
        label_fr=labels[0][:300],
        label_en=labels[1][:300],
    )
