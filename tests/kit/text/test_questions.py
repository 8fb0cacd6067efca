"""A question is read with the words that are known."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_kit.text import Lexicon, QuestionReader, Texts, edit_distance

TEXTS = Texts(
    slugs=["jean-zay-h100"],
    titles=["Jean Zay, partition H100", "Subvention pour hôpitaux", "MI250X et OpenACC"],
    keywords=["CIR", "IT", "C++", "R&D", "SecNumCloud", "Innov'up", "H100 (80 Go)", "calcul"],
    summaries=["L'entraînement ouvert aux start-up innovantes", "Training open to founders, ACC"],
)
READER = QuestionReader(Lexicon([(*pair, 1) for pair in sorted(TEXTS.spellings())]))


def meant(text):
    return [[word.whole for word in asked.meant] for asked in READER.read(text).words]


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("JEAN ZAY", "Jean Zay"),
        ("cir", "CIR"),
        ("C.I.R.", "CIR"),
        ("entrainement", "entraînement"),
        ("entrainemnt", "entraînement"),
        ("subvntion hopitaux", "Subvention hôpitaux"),
        ("jeanzay", "Jean Zay"),
        ("H 100", "H100"),
        ("MI 250X", "MI250X"),
        ("secnum cloud", "SecNumCloud"),
        ("innovup", "Innov'up"),
        ("paléontologie", "paléontologie"),
    ],
)
def test_a_question_is_put_in_the_known_spelling(text, spelled):
    assert READER.read(text).text == spelled


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("h100 80 go", [["h100"]]),
        ("open acc", [["open"], ["acc"]]),
        ("start-up", [["startup"]]),
        ("zzz", [["zzz"]]),
        ("h200", [["h200"]]),
        ("xubvention", [["xubvention"]]),
        ("subvetnion", [["subvention"]]),
    ],
)
def test_words_are_taken_for_those_that_are_known(text, words):
    assert meant(text) == words


def test_two_words_that_are_known_as_one_count_as_both():
    assert [word.whole for word in READER.read("open acc").joined] == ["openacc"]


def test_only_a_word_that_was_taken_for_another_is_corrected():
    assert READER.read("subvntion").is_corrected
    assert not READER.read("H 100 jeanzay c.i.r. innovante").is_corrected


def test_in_a_long_question_what_is_not_known_weighs_less_and_is_left_in_the_text():
    text = "partition h100 calcul training founders subvention sartup calcil"
    read = READER.read(text)
    assert read.words[-1].weight < 1
    assert read.text.endswith("calcil")
    assert not read.is_corrected


@pytest.mark.parametrize(("words", "needed"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (9, 5)])
def test_one_or_two_words_must_be_there_and_half_of_more(words, needed):
    text = " ".join(f"mot{number}" for number in range(words))
    assert READER.read(text).needed == needed


QUESTIONS = st.lists(
    st.sampled_from(["Jean Zay", "entraînement", "C++", "hôpitaux", "R&D", "l'IA", "zzz", "H100"]),
    min_size=1,
    max_size=3,
).map(" ".join)


@given(QUESTIONS)
def test_case_accents_and_composition_change_nothing(text):
    read = READER.read(text)
    plain = unicodedata.normalize("NFD", text)
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    for other in (text.lower(), text.upper(), plain, bare):
        again = READER.read(other)
        assert again.terms == read.terms
        assert again.text.casefold() == read.text.casefold()


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_edit_distance_is_symmetric_and_zero_only_for_the_same(one, other):
    assert edit_distance(one, other) == edit_distance(other, one)
    assert (edit_distance(one, other) == 0) == (one == other)
    assert edit_distance(one, other) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("one", "other", "steps"), [("ab", "ba", 1), ("abc", "ac", 1), ("a", "", 1)]
)
def test_a_letter_that_changed_places_is_one_step(one, other, steps):
    assert edit_distance(one, other) == steps
