"""A request for an introduction: its states, who may move it where, and what is kept of it.

    requested -> seen -> taking_care -> done | done_no_help | not_reachable
    declined (with a reason), withdrawn and expired end it before that.

Every change returns the next version with a step of its history; nothing is changed in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from aiff_contracts.events import IntroductionState as State
from aiff_contracts.offer import Kind, Text
from aiff_matching.introductions.domain.consent import Consent
from aiff_matching.introductions.domain.dossiers import Dossier, Evidence, Told
from aiff_matching.introductions.domain.follow_up import FollowUp
from aiff_matching.introductions.domain.ratings import Rating
from aiff_matching.introductions.domain.refusals import (
    Proposal,
    Refusal,
    Settlement,
    check_refusal,
)
from aiff_matching.shared.errors import NotAllowedError, StateError

Role = Literal["startup", "partner", "curator", "clock"]
Move = Literal[
    "see",
    "take_care",
    "finish",
    "finish_without_help",
    "report_unreachable",
    "decline",
    "withdraw",
    "expire",
]
Action = (
    Move
    | Literal["request", "give_consent", "withdraw_consent", "rate", "settle", "remind", "propose"]
)

WAITING: frozenset[State] = frozenset(("requested", "seen"))
OPEN: frozenset[State] = WAITING | {"taking_care"}
REFUSED: frozenset[State] = frozenset(("declined", "expired"))
HELPED: frozenset[State] = frozenset(("done", "done_no_help"))
STATES: tuple[State, ...] = (
    "requested",
    "seen",
    "taking_care",
    "done",
    "done_no_help",
    "not_reachable",
    "declined",
    "withdrawn",
    "expired",
)
# Who may do it, from which states, and where it leads.
MOVES: Mapping[Move, tuple[Role, frozenset[State], State]] = {
    "see": ("partner", frozenset(("requested",)), "seen"),
    "take_care": ("partner", WAITING, "taking_care"),
    "finish": ("partner", frozenset(("taking_care",)), "done"),
    "finish_without_help": ("partner", frozenset(("taking_care",)), "done_no_help"),
    "report_unreachable": ("partner", frozenset(("taking_care",)), "not_reachable"),
    "decline": ("partner", OPEN, "declined"),
    "withdraw": ("startup", OPEN, "withdrawn"),
    "expire": ("clock", WAITING, "expired"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: in which part, and the id of the account, key or process.

    `adviser` tells that the subject acts for the start-up without belonging to it.
    """

    role: Role
    subject: str
    adviser: bool = False


@dataclass(frozen=True, slots=True)
class AskedOffer:
    """The offer that is asked for, as it was called then; `provider` is who answers."""

    id: UUID
    slug: str
    kind: Kind
    title: Text
    provider: str


@dataclass(frozen=True, slots=True)
class IntroductionStep:
    """One thing that happened; `version` is that of the request afterwards."""

    version: int
    action: Action
    role: Role
    subject: str
    state: State
    at: datetime
    reason: str | None = None
    adviser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """A request with all that belongs to it.

    `shared` is what the provider sees, None while no consent holds; `evidence` and
    `snapshot_hash` are the owner's. `follow_up` holds from the request on. `waiting_since` is
    when the provider was asked, or took care; `reminders` counts those due since then.
    """

    id: UUID
    tenant: str
    startup_id: UUID
    need_id: UUID
    offer: AskedOffer
    told: Told
    evidence: Evidence
    snapshot_hash: str
    consents: tuple[Consent, ...]
    shared: Dossier | None
    follow_up: FollowUp
    requested_at: datetime
    updated_at: datetime
    waiting_since: datetime
    state: State = "requested"
    version: int = 1
    reminders: int = 0
    refusal: Refusal | None = None
    proposals: tuple[Proposal, ...] = ()
    settlement: Settlement | None = None
    rating: Rating | None = None
    steps: tuple[IntroductionStep, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether the provider may still help."""
        return self.state in OPEN

    @property
    def last(self) -> IntroductionStep:
        """Return what happened last."""
        return self.steps[-1]

    def begun(self, by: Actor) -> "Introduction":
        """Return the request with its first step."""
        at, adviser = self.requested_at, by.adviser
        first = IntroductionStep(1, "request", by.role, by.subject, self.state, at, adviser=adviser)
        return replace(self, steps=(first,))

    def moved(self, move: Move, by: Actor, now: datetime) -> "Introduction":
        """Return the request after a move other than a refusal; see `declined`.

        Who withdraws a request withdraws its consent with it.

        Raises NotAllowedError for another part than the move is for, StateError where the
        request is not in a state from which it leads anywhere.
        """
        role, states, state = MOVES[move]
        self._check(move, by, role, states)
        changes: dict[str, Any] = {"state": state}
        if move == "take_care":
            changes |= {"waiting_since": now, "reminders": 0}
        if move == "withdraw":
            changes |= {"consents": self._taken_back(by, now), "shared": None}
        return self._next(move, by, now, **changes)

    def declined(
        self, refusal: Refusal, proposals: tuple[Proposal, ...], by: Actor, now: datetime
    ) -> "Introduction":
        """Return the request after a refusal with its reason and what is proposed instead."""
        check_refusal(refusal)
        role, states, state = MOVES["decline"]
        self._check("decline", by, role, states)
        return self._next(
            "decline", by, now, refusal.reason, state=state, refusal=refusal, proposals=proposals
        )

    def consenting(
        self, consent: Consent, shared: Dossier, by: Actor, now: datetime
    ) -> "Introduction":
        """Return the request with another consent in the place of the one before."""
        self._check("give_consent", by, "startup", OPEN)
        consents = (*self._taken_back(by, now), consent)
        return self._next("give_consent", by, now, consents=consents, shared=shared)

    def without_consent(self, by: Actor, now: datetime) -> "Introduction":
        """Return the request after its consent was withdrawn, in any state: nothing is shown."""
        self._check("withdraw_consent", by, "startup", frozenset(STATES))
        if self.shared is None:
            raise StateError("withdraw_consent", "no consent holds")
        taken = self._taken_back(by, now)
        return self._next("withdraw_consent", by, now, consents=taken, shared=None)

    def rated(self, rating: Rating, by: Actor, now: datetime) -> "Introduction":
        """Return the request with the start-up's rating, which is given once."""
        self._check("rate", by, "startup", HELPED)
        if self.rating is not None:
            raise StateError("rate", "it has been rated")
        return self._next("rate", by, now, rating=rating)

    def settled(
        self, settlement: Settlement, proposals: tuple[Proposal, ...], by: Actor, now: datetime
    ) -> "Introduction":
        """Return the request after a curator dealt with it; it leaves the tray."""
        self._check("settle", by, "curator", REFUSED | WAITING)
        if self.settlement is not None:
            raise StateError("settle", "a curator has settled it")
        return self._next(
            "settle", by, now, settlement=settlement, proposals=self.proposals + proposals
        )

    def reminded(self, reminders: int, by: Actor, now: datetime) -> "Introduction":
        """Return the request after a reminder became due."""
        self._check("remind", by, "clock", OPEN)
        return self._next("remind", by, now, reminders=reminders)

    def with_proposals(
        self, proposals: tuple[Proposal, ...], by: Actor, now: datetime
    ) -> "Introduction":
        """Return a request that nobody took, with what is proposed instead."""
        self._check("propose", by, "clock", frozenset(("expired",)))
        return self._next("propose", by, now, proposals=self.proposals + proposals)

    def _taken_back(self, by: Actor, now: datetime) -> tuple[Consent, ...]:
        return tuple(given.taken_back(by.subject, now) for given in self.consents)

    def _check(self, action: Action, by: Actor, role: Role, states: frozenset[State]) -> None:
        if by.role != role:
            raise NotAllowedError(action, by.role)
        if self.state not in states:
            raise StateError(action, f"it is {self.state}")

    def _next(
        self, action: Action, by: Actor, now: datetime, reason: str | None = None, **changes: Any
    ) -> "Introduction":
        changed = replace(self, version=self.version + 1, updated_at=now, **changes)
        step = IntroductionStep(
            changed.version, action, by.role, by.subject, changed.state, now, reason, by.adviser
        )
        return replace(changed, steps=(*self.steps, step))


def moves_open_to(item: Introduction, role: Role) -> tuple[Move, ...]:
    """Return what somebody in a part may do next."""
    return tuple(
        move for move, (whose, states, _) in MOVES.items() if whose == role and item.state in states
    )
