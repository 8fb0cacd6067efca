"""What the gateway takes from outside, which tests replace."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from aiff_gateway.edge.adapters import TIMEOUTS, Timeouts
from aiff_gateway.main.settings import Settings
from aiff_kit.bus import Bus, open_bus
from aiff_kit.clock import Clock, utc_now
from aiff_kit.settings import identity_secret


@dataclass(frozen=True, slots=True)
class Externals:
    """The secret that signs callers, the bus, the clocks, and how long others are waited for."""

    secret: str
    bus: Callable[[], Bus]
    clock: Clock = utc_now
    monotonic: Callable[[], float] = time.monotonic
    timeouts: Timeouts = TIMEOUTS
    body_seconds: float = 15.0


def externals_of(settings: Settings) -> Externals:
    """Return those that the settings name."""
    return Externals(identity_secret(settings.runtime), partial(open_bus, settings.bus))
