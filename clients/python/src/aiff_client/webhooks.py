"""Verifying what a webhook receives (Standard Webhooks 1.0, symmetric signatures `v1`)."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PREFIX = "whsec_"
_TOLERANCE_SECONDS = 300


class ForgedMessageError(Exception):
    """The message was not signed with a secret of this receiver, or is too old to be trusted."""


@dataclass(frozen=True, slots=True)
class WebhookMessage:
    """A message that its sender signed; `id` is the same each time that it is delivered."""

    id: str
    payload: Any


class Webhook:
    """Verifies messages with one secret, or with the old and the new one while it is rotated."""

    def __init__(
        self,
        secrets: str | Sequence[str],
        *,
        tolerance: float = _TOLERANCE_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the secrets as they were shown (`whsec_...`); `tolerance` is in seconds.

        Raises ValueError where a secret is none.
        """
        given = [secrets] if isinstance(secrets, str) else secrets
        self._keys = [_key(secret) for secret in given]
        self._tolerance = tolerance
        self._clock = clock

    def verify(self, body: bytes, headers: Mapping[str, str]) -> WebhookMessage:
        """Return the message when one of its signatures is right and its time is near.

        `body` must be the bytes as they came. Keep `id` for a day and leave out what you had: a
        message may be delivered twice.

        Raises ForgedMessageError where a header is missing, no signature fits, or the time is too
        far off.
        """
        told = {name.lower(): value for name, value in headers.items()}
        try:
            identity, stamp, signatures = (
                told[f"webhook-{name}"] for name in ("id", "timestamp", "signature")
            )
        except KeyError as error:
            raise ForgedMessageError(f"the header {error} is missing") from error
        self._check_time(stamp)
        signed = f"{identity}.{stamp}.".encode() + body
        if not self._is_signed(signed, signatures):
            raise ForgedMessageError("no signature fits")
        return WebhookMessage(identity, json.loads(body))

    def _check_time(self, stamp: str) -> None:
        if not (stamp.isascii() and stamp.isdecimal()):
            raise ForgedMessageError("webhook-timestamp is no number of seconds")
        if abs(self._clock() - int(stamp)) > self._tolerance:
            raise ForgedMessageError("webhook-timestamp is too far from now")

    def _is_signed(self, signed: bytes, signatures: str) -> bool:
        right = [hmac.new(key, signed, hashlib.sha256).digest() for key in self._keys]
        shown = [_signature(one) for one in signatures.split(" ")]
        # Every pair is compared, each in constant time: the time tells nothing about which fits.
        return any([hmac.compare_digest(one, other) for one in right for other in shown])  # noqa: C419


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except ValueError as error:
        raise ValueError("a secret of a webhook is base64, after `whsec_`") from error
    if not key:
        raise ValueError("a secret of a webhook is not empty")
    return key


def _signature(shown: str) -> bytes:
    version, _, encoded = shown.partition(",")
    try:
        return base64.b64decode(encoded, validate=True) if version == "v1" else b""
    except ValueError:
        return b""
