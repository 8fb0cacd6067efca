"""A report goes to the public API; nothing of it is kept here."""

from urllib.parse import quote

from aiff_portal.api.domain import Api, Document, Reader
from aiff_portal.reports.domain.reports import Report
from aiff_portal.ui.domain.refusals import RefusedError

_FULL = 409


class Reporting:
    """Reads the offer that a report is about, and sends the report."""

    def __init__(self, api: Api) -> None:
        """Keep the API."""
        self._api = api

    async def offer(self, reference: str, reader: Reader) -> Document:
        """Return the offer by its slug or id."""
        return await self._api.get(_address(reference), (), reader)

    async def send(
        self, reference: str, report: Report, reader: Reader
    ) -> tuple[Document, Document | None]:
        """Return the offer, and what says under which number the report is kept.

        None where the curators have too many reports on the offer to want another one.
        """
        offer = await self.offer(reference, reader)
        try:
            path = f"{_address(reference)}/reports"
            return offer, await self._api.post(path, report.question(), reader)
        except RefusedError as error:
            if error.refusal.status != _FULL:
                raise
            return offer, None


def _address(reference: str) -> str:
    return f"/v1/offers/{quote(reference, safe='')}"
