"""The verdict about an offer or an option: one of five, never a guess.

- eligible: every published rule holds, nothing else is asked;
- to_confirm: the rules hold, but conditions in words remain, or no criteria are published, or
  what fails rests on a source that cannot bear a refusal;
- unknown: answers are missing;
- not_eligible: at least one rule fails;
- closed: no applications now; `if_open` says what the verdict would be otherwise.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from aiff_contracts.offer import IntakeStatus, Text
from aiff_matching.rules.domain.evaluation import Truth

Verdict = Literal["eligible", "to_confirm", "unknown", "closed", "not_eligible"]

VERDICTS: tuple[Verdict, ...] = ("eligible", "to_confirm", "unknown", "closed", "not_eligible")


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that is put in words once somebody reads it; equal ones say the same."""

    say: Callable[..., Text]
    about: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A requirement that is computed from typed facts rather than from a rule tree.

    It is `said` in words once it is shown. UNKNOWN with `blocking` asks for the missing fact
    (`attribute`); without it the offer stays possible and the sentence is a condition to confirm.
    """

    code: str
    truth: Truth
    said: Text | Saying
    blocking: bool = True
    attribute: str | None = None

    @property
    def sentence(self) -> Text:
        """Return the requirement in words; most ways are judged without anybody reading why."""
        said = self.said
        return said if isinstance(said, Text) else said.say(*said.about)

    @property
    def awaited(self) -> str | None:
        """Return the fact that the verdict waits for, None where it waits for none."""
        waits = self.blocking and self.truth is Truth.UNKNOWN
        return self.attribute if waits else None


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, and what it would be if applications were taken."""

    verdict: Verdict
    if_open: Verdict


def decide(rule: Truth, checks: Iterable[Check], *, conditional: bool, closed: bool) -> Decision:
    """Return the verdict.

    `rule` is the result of all computable rules (DOUBTED: what fails rests on weak ground, which
    refuses nobody and is to be confirmed); `conditional` says that sentences remain to be
    confirmed, which includes the case that no criteria are published; `closed` that no
    applications are taken.
    """
    decided = list(checks)
    doubted = rule is Truth.DOUBTED
    holds = Truth.TRUE if doubted else rule
    truth = min([holds, *(check.truth for check in decided if check.blocking or _fails(check))])
    open_points = any(check.truth is Truth.UNKNOWN for check in decided)
    if truth is Truth.FALSE:
        if_open: Verdict = "not_eligible"
    elif truth is Truth.UNKNOWN:
        if_open = "unknown"
    else:
        if_open = "to_confirm" if conditional or doubted or open_points else "eligible"
    return Decision("closed" if closed else if_open, if_open)


def is_closed(status: IntakeStatus) -> bool:
    """Tell whether nobody can apply now or soon."""
    return status == "closed"


def order(decision: Decision) -> tuple[int, int]:
    """Return the rank of a decision: what can be had comes first."""
    return VERDICTS.index(decision.verdict), VERDICTS.index(decision.if_open)


def hope(decision: Decision) -> tuple[bool, int, int]:
    """Return the rank of a way among those into one offer.

    A closed way that would refuse anyway gives no hope of a later opening, so an open refusal,
    which says what to change, comes before it.
    """
    return decision.if_open == "not_eligible" and decision.verdict == "closed", *order(decision)


def _fails(check: Check) -> bool:
    return check.truth is Truth.FALSE
