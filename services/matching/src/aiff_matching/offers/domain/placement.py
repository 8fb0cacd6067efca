"""Where an offer takes place, and what that says about who may come.

The territory of an aid or of a public machine is that of the organisations it serves: a rule. The
territory of a course, an incubator or a cluster is where one goes: no published source refuses
whoever comes from elsewhere, so that is a point to confirm, unless a written rule decides it.
"""

from aiff_contracts.offer import Kind, OfferDocument, Text
from aiff_contracts.rules import leaves
from aiff_contracts.territory import names_of
from aiff_matching.profiles.domain.facts import Facts, Places
from aiff_matching.rules.domain.evaluation import Truth, place_truth
from aiff_matching.shared.bilingual import text

_PLACED: frozenset[Kind] = frozenset(("incubation", "training", "network"))
_LOCATION = frozenset(("country", "sites"))


def serves_its_territory(offer: OfferDocument) -> bool:
    """Tell whether only organisations with a site in the offer's territory are served."""
    return _is_local(offer) and offer.kind not in _PLACED


def venue(offer: OfferDocument) -> tuple[str, ...]:
    """Return where one has to go for an offer, empty where it is not said or a rule decides."""
    if offer.kind not in _PLACED or not _is_local(offer) or _located_by_rule(offer):
        return ()
    return offer.territories or ()


def is_there(codes: tuple[str, ...], facts: Facts) -> bool:
    """Tell whether the organisation is known to be in one of the places, or need not be."""
    if not codes:
        return True
    own = facts.get("sites")
    return isinstance(own, Places) and max(place_truth(own, code) for code in codes) is Truth.TRUE


def condition(offer: OfferDocument, facts: Facts) -> Text | None:
    """Return what to ask about an offer that takes place elsewhere than the organisation is."""
    codes = venue(offer)
    if is_there(codes, facts):
        return None
    french, english = names_of(codes)
    return text(
        f"Sur place : {french} ; si vous êtes ailleurs, demandez si votre venue est possible",
        f"Takes place in: {english}; if you are elsewhere, ask whether you can take part",
    )


def _is_local(offer: OfferDocument) -> bool:
    return bool(offer.territories) and "WORLD" not in (offer.territories or ())


def _located_by_rule(offer: OfferDocument) -> bool:
    rule = offer.eligibility.rule
    return rule is not None and any(leaf.attribute in _LOCATION for leaf in leaves(rule))
