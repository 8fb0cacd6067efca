"""Words with signs, initialisms, compounds and elided articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_kit.text import Word, asked_words, terms_in, words_in, words_of, written_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("entraînement", ["entrainement"]),
        ("l'IA", ["ia"]),
        ("l\u2019IA", ["ia"]),
        ("qu'une AI", ["ai"]),
        ("jusqu\u2019à demain, d\u2019EuroHPC", ["demain", "eurohpc"]),
        ("Jean   Zay!", ["jean", "zay"]),
        ("le la les", ["le", "la", "les"]),
        ("!?*", []),
        ("gpu GPU gpu", ["gpu"]),
        ("Paris region's grant", ["paris", "region", "grant"]),
        ("Thales\u2019 cloud", ["thales", "cloud"]),
        # Signs that carry meaning.
        ("C++", ["c++"]),
        ("un cours de C# et de C++, puis .NET", ["cours", "c#", "c++", ".net"]),
        ("R&D", ["r&d"]),
        ("R & D", ["r&d"]),
        ("R", ["r"]),
        ("recherche et développement", ["recherche", "developpement", "r&d"]),
        ("research and development", ["research", "development", "r&d"]),
        ("BRAIN++", ["brain++"]),
        # Capitals.
        ("IT", ["it"]),
        ("what is it", ["what", "is", "it"]),
        ("support IT pour PME", ["support", "it", "pme"]),
        ("it supports PME", ["supports", "pme"]),
        ("LE SUPPORT POUR LES PME", ["support", "pme"]),
        ("A course", ["course"]),
        # Initialisms.
        ("C.I.R.", ["cir"]),
        ("l'A.N.R", ["anr"]),
        ("d'I.A. générative", ["ia", "generative"]),
        # Names and amounts.
        ("80 Go", ["80gb"]),
        ("80GB", ["80gb"]),
        ("2 To", ["2tb"]),
        ("from 1 to 3", ["1", "3"]),
        ("AI:AT", ["aiat"]),
        ("Innov'up", ["innovup"]),
    ],
)
def test_words_are_what_is_meant(text, words):
    assert [word.whole for word in asked_words(text)] == words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Start-up", Word("startup", ("start", "up"), 0, 8)),
        ("MI\u2011250X", Word("mi250x", ("mi", "250x"), 0, 7, is_capital=True)),
        ("BRAIN++", Word("brain++", ("brain",), 0, 7, is_capital=True)),
        ("C++", Word("c++", ("c++",), 0, 3, is_capital=True)),
    ],
)
def test_a_compound_is_one_word_and_its_parts(text, word):
    assert words_of(text) == (word,)


def test_all_words_of_a_name_can_be_begun():
    assert words_in("une start-up de l\u2019IA") == (
        *("une", "startup", "start", "up", "de"),
        *("ia", "ai"),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("entraînements", "entrainement"),
        ("L'entraînement des modèles", "ENTRAINEMENT MODELES"),
        ("régionales", "regional"),
        ("training", "trained"),
        ("d\u2019œuvres", "oeuvre"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert set(terms_in(one)) & set(terms_in(other))


@given(st.text(max_size=80))
def test_a_word_has_its_place_in_the_text(text):
    for word in written_words(text):
        assert 0 <= word.start < word.end <= len(text)
        again = next(written_words(text[word.start : word.end]))
        assert again.whole == word.whole
