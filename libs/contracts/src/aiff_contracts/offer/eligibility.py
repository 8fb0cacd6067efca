"""Who may have an offer: a rule tree for what can be computed, sentences for what cannot."""

from dataclasses import dataclass

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Text
from aiff_contracts.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility(Strict):
    """`rule` None: no computable rule is known. `conditions` are confirmed by a person."""

    rule: Rule | None = None
    conditions: tuple[Text, ...] = ()
