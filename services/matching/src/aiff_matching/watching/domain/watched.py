"""Stored needs as they are watched: who asks, how to tell, and what is to be judged again."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.watching.domain.alerts import AlertSettings

Subject = Literal["need", "offer"]


@dataclass(frozen=True, slots=True)
class NeedKey:
    """A need at the versions of its own and of its start-up's profile."""

    id: UUID
    version: int
    startup_version: int


@dataclass(frozen=True, slots=True)
class WatchedNeed:
    """What a need is judged by."""

    key: NeedKey
    profile: Profile
    need: Need


@dataclass(frozen=True, slots=True)
class Watcher:
    """Whom a need's news are for, how they are told, and the number of the last event."""

    need_id: UUID
    startup_id: UUID
    tenant: str
    settings: AlertSettings
    version: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be judged again, and how often it became due.

    `silent` stands for the first judgement of a need: nothing of it is news.
    """

    id: UUID
    revision: int
    silent: bool
