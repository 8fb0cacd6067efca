"""Client for the public API of AI Factory France."""

from aiff_client.client import Client
from aiff_client.editing import edit
from aiff_client.faults import (
    ApiError,
    Fault,
    NotModifiedError,
    ProblemError,
    UnexpectedAnswerError,
    UnreachableError,
)
from aiff_client.generated import models
from aiff_client.paging import each
from aiff_client.retries import Retries
from aiff_client.sending import Answer
from aiff_client.webhooks import ForgedMessageError, Webhook, WebhookMessage

__all__ = [
    "Answer",
    "ApiError",
    "Client",
    "Fault",
    "ForgedMessageError",
    "NotModifiedError",
    "ProblemError",
    "Retries",
    "UnexpectedAnswerError",
    "UnreachableError",
    "Webhook",
    "WebhookMessage",
    "each",
    "edit",
    "models",
]
