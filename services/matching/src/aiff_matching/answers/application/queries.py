"""Questions: answered from the catalogue in memory, logged only for stored needs."""

import hashlib
from dataclasses import replace
from uuid import UUID

from aiff_contracts.codec import dump_json
from aiff_kit.clock import Clock
from aiff_kit.encoder import Encoder
from aiff_kit.ids import new_id
from aiff_matching.answers.application.embedding import embedding_of
from aiff_matching.answers.application.ports import OpenAnswersWork
from aiff_matching.answers.domain.decisions import ShownDecision
from aiff_matching.answers.domain.matching import (
    Answer,
    Asked,
    Match,
    answer,
    match_with,
    shortlists,
)
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.application import LiveGpus
from aiff_matching.offers.application.ports import LiveCatalogue
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.offers.domain.relevance import Vector, text_of
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.profiles.domain.records import StoredNeed
from aiff_matching.shared.versions import Target

_NO_WORD = "qwertzuiop"


class MatchQueries:
    """Answers profiles with needs."""

    def __init__(
        self,
        catalogue: LiveCatalogue,
        gpus: LiveGpus,
        encoder: Encoder,
        unit_of_work: OpenAnswersWork,
        clock: Clock,
    ) -> None:
        """Keep the catalogue, the GPU table, the encoder, what opens a transaction, the clock."""
        self._catalogue = catalogue
        self._gpus = gpus
        self._encoder = encoder
        self._open = unit_of_work
        self._clock = clock

    def match(self, asked: Asked) -> Answer:
        """Answer a question; nothing is stored."""
        catalogue = self._catalogue.current()
        told = replace(asked, embedding=self._embedding(asked.need, catalogue))
        return answer(told, catalogue, self._gpus.at(catalogue.revision), self._clock())

    def match_with(self, asked: Asked, candidate: Candidate, catalogue: Catalogue) -> Match:
        """Judge and explain one offer of a catalogue; nothing is stored."""
        told = replace(asked, embedding=self._embedding(asked.need, catalogue))
        gpus = self._gpus.at(catalogue.revision)
        return match_with(told, candidate, catalogue, gpus, self._clock())

    def best_of(
        self, profile: Profile, need: Need, provider: str, offers: frozenset[str]
    ) -> Match | None:
        """Return a provider's offer that stands first for a need, None where none answers.

        `offers` narrows to these slugs or ids; empty means all of the provider's.
        """

        def own(candidate: Candidate) -> str | None:
            named = not offers or not offers.isdisjoint(
                (candidate.offer.slug, str(candidate.offer.id))
            )
            return provider if named and candidate.provider == provider else None

        catalogue = self._catalogue.current()
        embedding = self._embedding(need, catalogue)
        asked = Asked(profile, need, frozenset(), DEFAULT_WEIGHTS, 1, embedding)
        gpus = self._gpus.at(catalogue.revision)
        shortlisted = shortlists(asked, catalogue, gpus, self._clock(), own)
        return next(iter(shortlisted.groups.get(provider, ())), None)

    def _embedding(self, need: Need, catalogue: Catalogue) -> Vector | None:
        """Return the vector of a need's text, read with the words of the offers."""
        return embedding_of(catalogue.texts.reader.read(text_of(need)).text, self._encoder)

    def rehearse(self, catalogue: Catalogue) -> None:
        """Answer nobody, so that what every answer needs of a catalogue is known before the first.

        Each distinct way into an offer is judged once, and remembered with the catalogue. A word
        that no offer has makes the reader of questions look through all words that it knows.
        """
        catalogue.texts.reader.read(_NO_WORD)
        nobody = Asked(Profile(), Need(), frozenset(), DEFAULT_WEIGHTS, 1)
        answer(nobody, catalogue, self._gpus.at(catalogue.revision), self._clock())

    def catalogue(self) -> Catalogue:
        """Return the offers as they are now."""
        return self._catalogue.current()

    def matches_of(self, target: Target, limit: int, *, by_verdict: bool) -> Answer:
        """Answer a stored need of the tenant and log every verdict that is shown."""
        with self._open() as uow:
            need = uow.needs.get(target.id, target.tenant)
            startup = uow.startups.get(need.startup_id, target.tenant)
        asked = Asked(startup.profile, need.need, frozenset(), DEFAULT_WEIGHTS, limit)
        answer_shown = self.match(replace(asked, by_verdict=by_verdict))
        self._log(need, startup.profile, answer_shown)
        return answer_shown

    def _log(self, need: StoredNeed, profile: Profile, answer_shown: Answer) -> None:
        snapshot = hashlib.sha256(dump_json(profile)).hexdigest()
        shown = [
            _decision(need, snapshot, match, position, answer_shown)
            for position, match in enumerate(answer_shown.matches)
        ]
        with self._open() as uow:
            uow.decisions.record(shown)
            uow.commit()


def _decision(
    need: StoredNeed, snapshot: str, match: Match, position: int, answer_shown: Answer
) -> ShownDecision:
    offer = match.scored.assessment.candidate.offer
    offer_id: UUID = offer.id
    return ShownDecision(
        id=new_id(),
        need_id=need.id,
        need_version=need.version,
        profile_hash=snapshot,
        offer_id=offer_id,
        offer_version=offer.version,
        verdict=match.scored.assessment.decision.verdict,
        position=position,
        shown_at=answer_shown.evaluated_at,
    )
