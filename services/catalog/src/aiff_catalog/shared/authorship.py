"""Who makes a change, why, and which offers they may change."""

from dataclasses import dataclass

from aiff_contracts.offer import OfferContent


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorship:
    """Who makes a change and why; the reason is None where the writer gave none.

    `limited_to` is the organisation whose offers the author may write, None for a curator, who
    may write all. `request_id` names the request that asked, for those who follow it in logs.
    """

    author: str
    reason: str | None = None
    limited_to: str | None = None
    request_id: str | None = None

    @property
    def curates(self) -> bool:
        """Tell whether the author reviews and publishes."""
        return self.limited_to is None

    def may_write(self, content: OfferContent) -> bool:
        """Tell whether the author may write an offer with this content: its provider may."""
        return self.limited_to is None or self.limited_to in providers_of(content)


def providers_of(content: OfferContent) -> frozenset[str]:
    """Return the organisations that provide an offer."""
    return frozenset(
        organisation.organisation
        for organisation in content.organisations
        if organisation.role == "provider"
    )


def first_provider(content: OfferContent) -> str:
    """Return the organisation that provides an offer in the first place."""
    return next(
        organisation.organisation
        for organisation in content.organisations
        if organisation.role == "provider"
    )
