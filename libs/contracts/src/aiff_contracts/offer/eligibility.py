"""Who may have an offer: a rule tree for what can be computed, sentences for what cannot."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Text
from aiff_contracts.provenance import Confidence
from aiff_contracts.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenToAll(Strict):
    """The published criterion that nobody is left out: on sale to anyone, or free for anyone.

    `label_*` say so as a short sentence. It differs from an absent rule, which says that nothing
    is known about who may have the offer.
    """

    label_fr: Annotated[str, MinLen(3), MaxLen(300)]
    label_en: Annotated[str, MinLen(3), MaxLen(300)]
    source: Annotated[str, MinLen(2), MaxLen(500)]
    confidence: Confidence
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility(Strict):
    """`rule` None: no computable rule is known. `conditions` are confirmed by a person.

    `open_to_all` says that there is none: anyone may have the offer who meets the conditions.
    """

    rule: Rule | None = None
    open_to_all: OpenToAll | None = None
    conditions: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a rule beside the statement that nobody is left out."""
        if self.rule is not None and self.open_to_all is not None:
            message = "a rule leaves somebody out, open_to_all nobody; keep one of the two"
            raise ValueError(message)

    @property
    def is_published(self) -> bool:
        """Tell whether it is said who may have the offer, be it everybody."""
        return self.rule is not None or self.open_to_all is not None
