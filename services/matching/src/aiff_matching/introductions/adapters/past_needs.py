"""Needs of which providers took care, as far as they may be known: what the order learns from."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import Connection, select

from aiff_contracts.codec import parse
from aiff_contracts.sparing import readable, spared
from aiff_kit.text import terms_in
from aiff_matching.experience.domain import PastNeed, Sketch, traits_of
from aiff_matching.introductions.domain.dossiers import Dossier
from aiff_matching.introductions.domain.introductions import Introduction
from aiff_matching.offers.domain.relevance import text_of
from aiff_matching.profiles.domain.need import Need
from aiff_matching.shared.tables import introduction

_ACCEPTED = ("taking_care", "done")
_POOR = 3
# The newest ones: what helped years ago says little about today's offers.
_MOST_ACCEPTANCES = 2_000


def past_needs(connection: Connection) -> tuple[PastNeed, ...]:
    """Return the needs of the newest accepted requests; a poor rating takes a request out."""
    wanted = (
        select(introduction.c.document)
        .where(introduction.c.state.in_(_ACCEPTED))
        .order_by(introduction.c.id.desc())
        .limit(_MOST_ACCEPTANCES)
    )
    stored = connection.execute(wanted).scalars()
    items = readable(Introduction, stored, "learning from introductions")
    by_need: defaultdict[UUID, list[Introduction]] = defaultdict(list)
    for item in items:
        if not _was_poor(item):
            by_need[item.need_id].append(item)
    needs = (
        spared("learning from introductions", str(need_id), partial(_past_need, accepted), None)
        for need_id, accepted in by_need.items()
    )
    return tuple(need for need in needs if need and (need.told.traits or need.told.words))


def _past_need(accepted: Sequence[Introduction]) -> PastNeed:
    """Take what providers were shown and nothing else; withdrawn consent takes a request out."""
    shown = [(item.offer.id, item.shared) for item in accepted if item.shared is not None]
    told = [_told(dossier) for _, dossier in shown]
    traits = frozenset(trait for one in told for trait in one.traits)
    words = frozenset(word for one in told for word in one.words)
    return PastNeed(Sketch(traits, words), frozenset(offer for offer, _ in shown))


def _told(shown: Dossier) -> Sketch:
    words = frozenset(terms_in(text_of(parse(Need, shown.need))))
    return Sketch(traits_of(shown.profile, shown.need), words)


def _was_poor(item: Introduction) -> bool:
    return item.rating is not None and item.rating.overall < _POOR
