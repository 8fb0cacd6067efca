"""Whom providers took care of, as far as it may be known: what the order of answers learns from."""

from sqlalchemy import Connection, select

from aiff_contracts.codec import parse_json
from aiff_matching.experience.domain import Acceptance, traits_of
from aiff_matching.introductions.domain.introductions import (
    Introduction,
)
from aiff_matching.shared.tables import (
    introduction,
)

_ACCEPTED = ("taking_care", "done")
_POOR = 3
# The newest ones: what helped years ago says little about today's offers.
_MOST_ACCEPTANCES = 2_000


def acceptances(connection: Connection) -> tuple[Acceptance, ...]:
    """Return the newest acceptances; a poor rating takes one out."""
    wanted = (
        select(introduction.c.document)
        .where(introduction.c.state.in_(_ACCEPTED))
        .order_by(introduction.c.id.desc())
        .limit(_MOST_ACCEPTANCES)
    )
    items = (parse_json(Introduction, raw) for raw in connection.execute(wanted).scalars())
    accepted = (_acceptance(item) for item in items if not _was_poor(item))
    return tuple(acceptance for acceptance in accepted if acceptance.traits)


def _acceptance(item: Introduction) -> Acceptance:
    """Take what the provider was shown and nothing else; withdrawn consent takes it out."""
    shown = item.shared
    traits = traits_of(shown.profile, shown.need) if shown else frozenset()
    return Acceptance(item.offer.id, traits)


def _was_poor(item: Introduction) -> bool:
    return item.rating is not None and item.rating.overall < _POOR
