"""A report as a form sends it: read, checked, made into a question to the API."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiff_portal.reports.domain.words import SUBJECTS

SHORTEST, LONGEST = 10, 2_000
_LONGEST_CONTACT = 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader filled in; "" where nothing was."""

    subject: str = ""
    message: str = ""
    contact: str = ""

    @property
    def faults(self) -> frozenset[str]:
        """Return the names of the fields that have to be filled in otherwise."""
        wrong = {
            "subject": self.subject not in SUBJECTS,
            "message": not SHORTEST <= len(self.message) <= LONGEST,
            "contact": not self._is_contact_fair,
        }
        return frozenset(name for name, is_wrong in wrong.items() if is_wrong)

    def question(self) -> Mapping[str, str]:
        """Return what the API is told."""
        told = {"subject": self.subject, "message": self.message}
        return {**told, "contact": self.contact} if self.contact else told

    @property
    def _is_contact_fair(self) -> bool:
        if not self.contact:
            return True
        return len(self.contact) <= _LONGEST_CONTACT and bool(_EMAIL.fullmatch(self.contact))


def report_of(fields: Sequence[tuple[str, str]]) -> Report:
    """Return what was filled in; of a field that comes twice the last counts, others are left."""
    filled = {name: value.replace("\x00", "").replace("\r\n", "\n") for name, value in fields}
    return Report(
        subject=filled.get("subject", ""),
        message=filled.get("message", "").strip(),
        contact=filled.get("contact", "").strip(),
    )
