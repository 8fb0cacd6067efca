"""Rules that follow from an offer's typed facts, beside those that a curator wrote.

A fact gives a rule only where the written rule does not ask about the same attribute: what a
curator wrote decides.
"""

from collections.abc import Iterator

from aiff_contracts.offer import FundingDetails, Money, OfferDocument
from aiff_contracts.rules import All, Cmp, Not, Rule, leaves
from aiff_contracts.territory import name_of

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
# Regulation (EU) 2023/2831, article 3: de minimis aid over three years, in EUR.
DE_MINIMIS_CEILING_EUR = 300_000


def full_rule(offer: OfferDocument) -> Rule | None:
    """Return all that can be computed about who may have an offer, None for nothing."""
    written = offer.eligibility.rule
    asked = {leaf.attribute for leaf in leaves(written)} if written is not None else set()
    if "country" in asked:
        asked.add("sites")
    implied = [rule for rule in _implied(offer) if asked.isdisjoint(attributes_of(rule))]
    rules = [*([written] if written is not None else []), *implied]
    return joined(rules)


def joined(rules: list[Rule]) -> Rule | None:
    """Return the conjunction of rules, None for an empty one."""
    if not rules:
        return None
    return rules[0] if len(rules) == 1 else All(rules=tuple(rules))


def attributes_of(rule: Rule) -> frozenset[str]:
    """Return the attributes that a rule asks about."""
    return frozenset(leaf.attribute for leaf in leaves(rule))


def _implied(offer: OfferDocument) -> Iterator[Rule]:
    if offer.audience:
        yield _audience(offer.audience)
    if offer.territories and "WORLD" not in offer.territories:
        names = ", ".join(name_of(code) for code in offer.territories)
        labels = (f"Implantation : {names}", f"Site in: {names}")
        yield _cmp("sites", "within", offer.territories, labels)
    if isinstance(offer.details, FundingDetails):
        yield from _size_of_project(offer.details)
        yield from _stacking(offer.slug, offer.details)


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


def _stacking(slug: str, details: FundingDetails) -> Iterator[Rule]:
    stacking = details.stacking
    if stacking.needs_prior:
        names = ", ".join(stacking.needs_prior)
        labels = (f"Aide préalable obtenue : {names}", f"Earlier aid obtained: {names}")
        yield _cmp("prior_aid", "overlaps", stacking.needs_prior, labels)
    excluded = stacking.excludes + ((slug,) if stacking.once_per_beneficiary else ())
    if excluded:
        names = ", ".join(excluded)
        labels = (f"Non cumulable avec : {names}", f"Not combined with: {names}")
        yield Not(rule=_cmp("prior_aid", "overlaps", excluded, labels))
    if stacking.capped_by_own_equity:
        labels = (
            "Fonds propres positifs (plafond de l'aide)",
            "Positive own equity (caps the aid)",
        )
        yield _cmp("own_equity_eur", ">", 0, labels)
    if stacking.de_minimis:
        labels = (
            "Moins de 300\u202f000 € d'aides de minimis sur trois ans",
            "Under EUR 300,000 of de minimis aid over three years",
        )
        yield _cmp("de_minimis_received_eur", "<", DE_MINIMIS_CEILING_EUR, labels)


def _cmp(attribute: str, op: str, value: float | tuple[str, ...], labels: tuple[str, str]) -> Cmp:
    return Cmp(
        attribute=attribute,
        op=op,  # type: ignore[arg-type]
        value=value,
        label_fr=labels[0][:300],
        label_en=labels[1][:300],
    )
