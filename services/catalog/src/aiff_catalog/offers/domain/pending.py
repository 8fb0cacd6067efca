"""The pending revision: a text on its way to readers, beside the one that they see.

```
draft -> submitted -> in_review -> (published) | scheduled -> (published)
             |             |
             +-- recall ---+--> draft        request_changes --> changes_requested --> submitted
                                             reject --> rejected --(edited)--> draft
```
An edit voids what a review has found so far: the text goes back to its author's desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from aiff_catalog.shared.errors import IllegalTransitionError
from aiff_contracts.offer import OfferContent

PendingState = Literal[
    "draft", "submitted", "in_review", "changes_requested", "rejected", "scheduled"
]
Step = Literal[
    "submit",
    "recall",
    "claim",
    "release",
    "request_changes",
    "reject",
    "schedule",
    "unschedule",
    "publish",
]

_UNDER_REVIEW = frozenset[PendingState](("submitted", "in_review"))
# From which states each step leads on; editing and discarding are possible in all of them.
STEPS: Mapping[Step, frozenset[PendingState]] = {
    "submit": frozenset(("draft", "changes_requested")),
    "recall": _UNDER_REVIEW,
    "claim": _UNDER_REVIEW,
    "release": frozenset(("in_review",)),
    "request_changes": _UNDER_REVIEW,
    "reject": _UNDER_REVIEW,
    "schedule": _UNDER_REVIEW | {"draft"},
    "unschedule": frozenset(("scheduled",)),
    "publish": _UNDER_REVIEW | {"draft", "scheduled"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a reviewer asks to be changed: the field's JSON pointer (empty: the whole text)."""

    pointer: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRevision:
    """A text that readers do not see yet.

    `editors` are all who wrote on it since the text that readers see; `based_on` is the version
    of that text (None: there is none). `waiting_since` is set while a reviewer is waited for,
    and `reviewed` is the offer's version at which a reviewer last answered.
    """

    state: PendingState
    content: OfferContent
    editors: tuple[str, ...]
    based_on: int | None = None
    waiting_since: datetime | None = None
    reviewer: str | None = None
    comments: tuple[Comment, ...] = ()
    reason: str | None = None
    reviewed: int | None = None
    approved_by: str | None = None
    publish_at: datetime | None = None


def begun(content: OfferContent, editor: str, based_on: int | None) -> PendingRevision:
    """Return a new draft."""
    return PendingRevision(state="draft", content=content, editors=(editor,), based_on=based_on)


def edited(
    pending: PendingRevision, content: OfferContent, editor: str, based_on: int | None
) -> PendingRevision:
    """Return the text as its editor wants it; comments stay until the next review answers."""
    return replace(
        pending,
        state="changes_requested" if pending.state == "changes_requested" else "draft",
        content=content,
        editors=(*(one for one in pending.editors if one != editor), editor),
        based_on=based_on,
        waiting_since=None,
        approved_by=None,
        publish_at=None,
    )


def submitted(pending: PendingRevision, at: datetime) -> PendingRevision:
    """Return the text waiting for a reviewer; one who had it before has it again."""
    require("submit", pending)
    state: PendingState = "in_review" if pending.reviewer else "submitted"
    return replace(pending, state=state, waiting_since=at, reason=None)


def recalled(pending: PendingRevision) -> PendingRevision:
    """Return the text back at its author's desk."""
    require("recall", pending)
    return replace(pending, state="draft", waiting_since=None)


def claimed(pending: PendingRevision, reviewer: str) -> PendingRevision:
    """Return the text in the hands of a reviewer, whoever had it before."""
    require("claim", pending)
    return replace(pending, state="in_review", reviewer=reviewer)


def released(pending: PendingRevision) -> PendingRevision:
    """Return the text to the queue, in its old place."""
    require("release", pending)
    return replace(pending, state="submitted", reviewer=None)


def answered(
    pending: PendingRevision, comments: tuple[Comment, ...], reviewer: str, version: int
) -> PendingRevision:
    """Return the text with the changes that the reviewer asks for."""
    require("request_changes", pending)
    return replace(
        pending,
        state="changes_requested",
        waiting_since=None,
        comments=comments,
        reviewer=reviewer,
        reviewed=version,
    )


def rejected(pending: PendingRevision, reason: str, reviewer: str, version: int) -> PendingRevision:
    """Return the text as refused; its author may edit it and submit it again."""
    require("reject", pending)
    return replace(
        pending,
        state="rejected",
        waiting_since=None,
        reason=reason,
        reviewer=reviewer,
        reviewed=version,
    )


def scheduled(pending: PendingRevision, at: datetime, reviewer: str) -> PendingRevision:
    """Return the text as approved, to be published at an instant."""
    require("schedule", pending)
    return replace(
        pending,
        state="scheduled",
        waiting_since=None,
        reviewer=reviewer,
        approved_by=reviewer,
        publish_at=at,
    )


def unscheduled(
    pending: PendingRevision, at: datetime, reason: str | None = None
) -> PendingRevision:
    """Return the text to review; `reason` says why its publication did not come about."""
    require("unschedule", pending)
    return replace(
        pending,
        state="in_review",
        waiting_since=at,
        approved_by=None,
        publish_at=None,
        reason=reason,
    )


def require(step: Step, pending: PendingRevision) -> None:
    """Raise IllegalTransitionError where the step does not lead on from the present state."""
    if pending.state not in STEPS[step]:
        raise IllegalTransitionError(step, pending.state, sorted(STEPS[step]))
