"""The golden stories over the real catalogue, on 23 November 2026."""

import pytest
from tests.matching.answers.golden.stories import NOW, Expectation, Story, common, expected, stories
from tests.matching.real_catalogue import real_catalogue

from aiff_matching.answers.domain.matching import Answer, Asked, Match, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table

STORIES = stories()
SHARED = common()
LEAST_STORIES = 30


@pytest.mark.parametrize("name", STORIES)
def test_every_offer_gets_the_verdict_that_its_listing_gives(name: str) -> None:
    story = STORIES[name]
    kinds = {c.offer.slug: c.offer.kind for c in real_catalogue().candidates}
    found = {match.scored.slug: match for match in _ask(story).matches}
    wanted = expected(story, SHARED, kinds)
    differences = [
        line
        for slug, expectation in sorted(wanted.items())
        if (line := _difference(slug, expectation, found.get(slug)))
    ]
    assert not differences, f"{story.title}\n" + "\n".join(differences)


@pytest.mark.parametrize("name", [name for name, story in STORIES.items() if story.question])
def test_the_next_question_is_the_one_that_a_good_adviser_asks(name: str) -> None:
    question = _ask(STORIES[name]).question
    assert question is not None
    assert question.attribute == STORIES[name].question


@pytest.mark.parametrize("name", [name for name, story in STORIES.items() if story.leads])
def test_the_offer_that_a_good_adviser_names_first_comes_first_of_its_kind(name: str) -> None:
    first: dict[str, str] = {}
    for match in _ask(STORIES[name]).matches:
        first.setdefault(match.scored.assessment.candidate.offer.kind, match.scored.slug)
    assert set(STORIES[name].leads) <= set(first.values()), first


def test_there_are_enough_stories_and_no_two_are_the_same() -> None:
    assert len(STORIES) >= LEAST_STORIES
    asked = {(repr(story.profile), repr(story.need)) for story in STORIES.values()}
    assert len(asked) == len(STORIES)


def _ask(story: Story) -> Answer:
    asked = Asked(story.profile, story.need, story.asks_for(), DEFAULT_WEIGHTS, 10_000)
    return answer(asked, real_catalogue(), packaged_gpu_table(), NOW)


def _difference(slug: str, wanted: Expectation, match: Match | None) -> str | None:
    """Say how an offer's verdict differs from the expected one, and what it rests on."""
    decision = match.scored.assessment.decision if match else None
    verdict = decision.verdict if decision else "hidden"
    as_open = decision.if_open if decision and wanted.if_open else None
    if verdict == wanted.verdict and as_open == wanted.if_open:
        return None
    seen = verdict if as_open is None else f"{verdict} ({as_open} if open)"
    hoped = wanted.verdict if as_open is None else f"{wanted.verdict} ({wanted.if_open} if open)"
    return f"  {slug}: {seen}, expected {hoped}: {wanted.why}\n{_points(match)}"


def _points(match: Match | None) -> str:
    if match is None:
        return ""
    reasons = match.reasons
    points = [
        *(f"fails: {point.sentence.en}" for point in reasons.failing),
        *(f"open: {point.sentence.en}" for point in reasons.unknown),
        *(f"to confirm: {point.en}" for point in reasons.conditions),
    ]
    return "\n".join(f"      {point}" for point in points)
