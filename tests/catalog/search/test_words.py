import pytest

from aiff_catalog.search.adapters.language.words import (
    Word,
    analyzers,
    folded,
    indexed,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("entraînement", ["entrainement"]),
        ("l'IA", ["ia"]),
        ("l\u2019IA", ["ia"]),
        ("qu'une AI", ["ai"]),
        ("Jean   Zay!", ["jean", "zay"]),
        ("cœur", ["coeur"]),
        ("\uff27\uff30\uff35", ["gpu"]),
        ("le la les", ["le", "la", "les"]),
        ("!?*", []),
        ("gpu GPU gpu", ["gpu"]),
    ],
)
def test_words_are_folded_and_those_that_say_nothing_are_left_out(text, words):
    assert [word.whole for word in words_of(text)] == words


def test_a_compound_is_one_word_and_its_parts():
    assert words_of("Start-up") == (Word("startup", ("start", "up")),)


def test_a_text_is_indexed_with_its_compounds_as_single_words():
    assert indexed("une start-up") == "une start-up startup"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "entraînements", "entrainement"),
        ("fr", "financer", "financement"),
        ("fr", "régionale", "regional"),
        ("en", "training", "trained"),
        ("en", "grants", "grant"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, one, other):
    analyzer = analyzers()[language]
    assert analyzer.analyze(one) == analyzer.analyze(folded(other))
