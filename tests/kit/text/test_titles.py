"""What titles say of a question: which marks they have, and which a question looks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_kit.text import Lexicon, QuestionReader, marks_of, namings_of
from aiff_kit.text.relevance import IN_SHORT, NAMED_WHOLLY, SAME_MODEL

READER = QuestionReader(Lexicon(()))


def added(question: str, title: str, slug: str = "x") -> float:
    """Return all that a title gets from a question."""
    marks = marks_of([title], slug)
    return sum(
        naming.added
        for naming in namings_of(READER.read(question).words)
        if all(any(marks.issuperset(choice) for choice in choices) for choices in naming.choices)
    )


@pytest.mark.parametrize(
    ("question", "right", "longer"),
    [
        (
            "jeune entreprise innovante",
            "Jeune entreprise innovante",
            "Entreprise innovante et jeune, à part",
        ),
        ("LLM course", "LLM course", "Agents course, after the LLM one"),
        ("Mare-Nostrum", "MareNostrum 5 (BSC, Espagne)", "Mesures MINERVA sur MareNostrum"),
    ],
)
def test_of_two_titles_that_hold_the_words_the_one_that_says_less_else_gets_more(
    question, right, longer
):
    assert added(question, right) > added(question, longer)


@pytest.mark.parametrize(
    "title",
    [
        "JEI",
        "Statut de jeune entreprise innovante (JEI)",
        "JEI \u2013 le statut",
        "JEI : le statut",
    ],
)
def test_a_part_of_a_title_is_a_name_too(title):
    assert added("JEI", title) >= NAMED_WHOLLY


def test_all_models_of_a_question_must_be_there():
    both, one = added("A100 or H100", "A100, H100"), added("A100 or H100", "A100")
    assert both - one >= SAME_MODEL


def test_a_slug_is_a_title_and_is_never_short():
    assert added("genci", "Accès dynamique", slug="genci") == pytest.approx(
        added("genci", "genci") - IN_SHORT
    )


def test_a_word_in_two_languages_counts_once_by_the_shorter_title():
    marks = marks_of(["Cours LLM de Hugging Face", "LLM course"], "x")
    assert {mark for mark in marks if mark.startswith("llm/")} == {"llm/2"}


@given(question=st.text(max_size=80), title=st.text(max_size=120), slug=st.text(max_size=40))
def test_whatever_is_asked_and_called_the_sum_is_bounded(question, title, slug):
    words = len(READER.read(question).words)
    assert 0 <= added(question, title, slug) <= 2.1 + IN_SHORT * words


def test_a_question_without_words_asks_nothing_of_titles():
    assert namings_of(()) == ()
