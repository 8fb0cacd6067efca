"""Rules that follow from an offer's typed facts, beside those that a curator wrote.

A fact gives a rule only where the written rule does not decide the same attribute: what a
curator wrote stands, as far as every way to meet it asks about the attribute. Exclusions
between offers always hold. Each comparison says on which statement it rests.
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
from aiff_contracts.offer.grounding import Ground, ground_of, grounded, on
from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule, leaves
from aiff_contracts.territory import names_of
from aiff_matching.funding.domain.amounts import smallest_amount
from aiff_matching.offers.domain.placement import serves_its_territory
from aiff_matching.profiles.domain.aid import DE_MINIMIS_CEILING_EUR, AidKind, ListedAid
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
    excluding: Mapping[str, Mapping[str, Ground]]
    aid: ListedAid

    @classmethod
    def of(cls, offers: Iterable[OfferDocument]) -> "Neighbours":
        """Read the titles, the exclusions and the kinds of aid of a catalogue."""
        titles: dict[str, Text] = {}
        excluding: defaultdict[str, dict[str, Ground]] = defaultdict(dict)
        aid: dict[str, AidKind] = {}
        for offer in offers:
            titles[offer.slug] = offer.title
            if (kind := listed_kind(offer)) is not None:
                aid[offer.slug] = kind
            for slug in excluded_by(offer):
                excluding[slug][offer.slug] = ground_of(offer, _EXCLUDES)
        return cls(titles, dict(excluding), aid)

    def changed(self, gone: Iterable[OfferDocument], put: Iterable[OfferDocument]) -> "Neighbours":
        """Return what holds after some offers went and others came."""
        titles, excluding, aid = dict(self.titles), dict(self.excluding), dict(self.aid)
        for offer in gone:
            titles.pop(offer.slug, None)
            aid.pop(offer.slug, None)
            for slug in excluded_by(offer):
                excluding[slug] = {k: v for k, v in excluding[slug].items() if k != offer.slug}
        for offer in put:
            titles[offer.slug] = offer.title
            if (kind := listed_kind(offer)) is not None:
                aid[offer.slug] = kind
            for slug in excluded_by(offer):
                ground = ground_of(offer, _EXCLUDES)
                excluding[slug] = {**excluding.get(slug, {}), offer.slug: ground}
        return Neighbours(titles, excluding, aid)

    def seen_by(self, offer: OfferDocument) -> tuple[object, ...]:
        """Return all that the rules of an offer read of the others: equal views, equal rules."""
        excluding = self.excluding.get(offer.slug, {})
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


ALONE = Neighbours({}, {}, {})
_EXCLUDES = "/details/stacking/excludes"


def kind_of(details: FundingDetails) -> AidKind:
    """Return which kind of aid a listing states."""
    families = None if details.aid_families is None else frozenset(details.aid_families)
    return AidKind(families, details.aid_level)


def listed_kind(offer: OfferDocument) -> AidKind | None:
    """Return which kind of aid an offer is, None where its listing does not say."""
    details = offer.details
    if not isinstance(details, FundingDetails):
        return None
    kind = kind_of(details)
    return None if kind == AidKind() else kind


def excluded_by(offer: OfferDocument) -> tuple[str, ...]:
    """Return the slugs of the offers that cannot be had beside this one."""
    details = offer.details
    return tuple(details.stacking.excludes) if isinstance(details, FundingDetails) else ()


def full_rule(offer: OfferDocument, neighbours: Neighbours = ALONE) -> Rule | None:
    """Return all that can be computed about who may have an offer, None for nothing."""
    stated = offer.eligibility.rule
    written = None if stated is None else grounded(stated, offer, "/eligibility/rule")
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
        yield on(_audience(offer.audience), ground_of(offer, "/audience"))
    if serves_its_territory(offer):
        places = offer.territories or ()
        there = _cmp("sites", "within", places, site_labels(places))
        yield on(there, ground_of(offer, "/territories"))
    if isinstance(offer.details, FundingDetails):
        for field, rule in _of_funding(offer.details, neighbours):
            yield on(rule, ground_of(offer, f"/details/{field}"))


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


def _audience(audience: tuple[str, ...]) -> Cmp:
    types = tuple(dict.fromkeys(code for name in audience for code in _AUDIENCE[name]))
    french = ", ".join(_AUDIENCE_FR[name] for name in audience)
    english = ", ".join(_AUDIENCE_EN[name] for name in audience)
    return _cmp("organisation_type", "in", types, (f"Public : {french}", f"For: {english}"))


def _of_funding(details: FundingDetails, neighbours: Neighbours) -> Iterator[tuple[str, Cmp]]:
    """Yield what follows from the facts of an aid, each beside the field that states it."""
    lowest, highest = details.trl_minimum, details.trl_maximum
    if lowest is not None:
        labels = (f"TRL {lowest} au moins", f"TRL {lowest} or above")
        yield "trl_minimum", _cmp("trl", ">=", lowest, labels)
    if highest is not None:
        labels = (f"TRL {highest} au plus", f"TRL {highest} or below")
        yield "trl_maximum", _cmp("trl", "<=", highest, labels)
    for field, limit, op, words in (
        ("project_cost_minimum", details.project_cost_minimum, ">=", ("au moins", "at least")),
        ("project_cost_maximum", details.project_cost_maximum, "<=", ("au plus", "at most")),
    ):
        if limit is not None and limit.currency == "EUR":
            yield field, _cost(limit, op, words)
    yield from _stacking(details, neighbours)


def _cost(limit: Money, op: str, words: tuple[str, str]) -> Cmp:
    amount = f"{limit.amount:,.0f}"
    french = f"Coût du projet : {words[0]} {amount.replace(',', chr(0x202F))} €"
    labels = (french, f"Project cost: {words[1]} EUR {amount}")
    return _cmp("project_cost_eur", op, float(limit.amount), labels)


def _stacking(details: FundingDetails, neighbours: Neighbours) -> Iterator[tuple[str, Cmp]]:
    stacking = details.stacking
    if stacking.needs_prior:
        names = neighbours.named(stacking.needs_prior)
        labels = (f"Aide préalable obtenue : {names.fr}", f"Earlier aid obtained: {names.en}")
        yield "stacking/needs_prior", _cmp("prior_aid", "overlaps", stacking.needs_prior, labels)
    floor = smallest_amount(details.components)
    if stacking.capped_by_own_equity:
        yield "stacking/capped_by_own_equity", _own_equity(floor)
    if stacking.de_minimis:
        yield "stacking/de_minimis", _de_minimis(floor)


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
    own = ground_of(offer, _EXCLUDES)
    # Who may not have both may not have them in the other order either.
    grounds = {**neighbours.excluding.get(slug, {}), **dict.fromkeys(stated.excludes, own)}
    grounds.pop(slug, None)
    by_ground: defaultdict[Ground, list[str]] = defaultdict(list)
    for excluded in sorted(grounds):
        by_ground[grounds[excluded]].append(excluded)
    for ground, slugs in by_ground.items():
        names = neighbours.named(slugs)
        labels = (f"Non cumulable avec : {names.fr}", f"Not combined with: {names.en}")
        yield Not(rule=on(_cmp("prior_aid", "overlaps", tuple(slugs), labels), ground))
    if stated.once_per_beneficiary or slug in stated.excludes:
        labels = ("Une seule fois par bénéficiaire", "Once per beneficiary")
        once = ground_of(offer, "/details/stacking/once_per_beneficiary")
        yield Not(rule=on(_cmp("prior_aid", "overlaps", (slug,), labels), once))


def _cmp(attribute: str, op: str, value: float | tuple[str, ...], labels: tuple[str, str]) -> Cmp:
    return Cmp(
        attribute=attribute,
        op=op,  # type: ignore[arg-type]
        value=value,
        label_fr=labels[0][:300],
        label_en=labels[1][:300],
    )
