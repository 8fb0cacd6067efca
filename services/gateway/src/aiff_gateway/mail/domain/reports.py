"""Delivery reports (RFC 3464): which of our letters came back, and whether for good."""

from dataclasses import dataclass
from email.message import EmailMessage, Message
from uuid import UUID

from aiff_gateway.mail.domain.errors import UnreadableReportError
from aiff_gateway.mail.domain.outcomes import Passing, Refused, refusal

_FAILED = 550
_DELAYED = 450


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter that came back, from which address, and what that means."""

    letter_id: UUID
    address: str
    outcome: Passing | Refused


def returned_in(report: EmailMessage) -> list[Returned]:
    """Return what a report says of our letter, or raise UnreadableReportError.

    Only what failed counts: a report of a delay or of a delivery changes nothing.
    """
    letter_id = _letter_of(report)
    found = []
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in _blocks(part):
            if str(fields.get("Action", "")).strip().lower() == "failed":
                address = str(fields.get("Final-Recipient", "")).rpartition(";")[2].strip()
                status = str(fields.get("Status", "")).strip()
                code = _DELAYED if status.startswith("4") else _FAILED
                outcome = refusal(code, status, of_the_recipient=True)
                found.append(Returned(letter_id, address, outcome))
    return found


def _blocks(part: Message) -> list[Message]:
    """Return the blocks of fields: one about the server, then one for each recipient."""
    blocks = part.get_payload()
    return [one for one in blocks if isinstance(one, Message)] if isinstance(blocks, list) else []


def _letter_of(report: EmailMessage) -> UUID:
    """Return the letter whose headers came back with the report."""
    kept = ("message/rfc822", "text/rfc822-headers")
    for part in report.walk():
        if part.get_content_type() in kept:
            text = part.as_string()
            for line in text.splitlines():
                if line.lower().startswith("message-id:"):
                    return _number(line.partition(":")[2])
    raise UnreadableReportError("this is no delivery report of a letter: it names none")


def _number(message_id: str) -> UUID:
    try:
        return UUID(message_id.strip().strip("<>").partition("@")[0])
    except ValueError as error:
        raise UnreadableReportError("the letter that came back is none of ours") from error
