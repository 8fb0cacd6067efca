"""Which passwords are refused: what others would try first."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.accounts.adapters.passwords import ArgonPasswords
from aiff_gateway.accounts.domain.errors import WeakPasswordError
from aiff_gateway.accounts.domain.passwords import checked_password

IS_COMMON = ArgonPasswords().is_common


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "a" * 257,
        "aaaaaaaaaaaaaa",
        " " * 14,
        "ab" * 8,
        "\u3000" * 12,
        "123456789012",
        "1234567890123456",
        "abcdefghijkl",
        "azertyuiopqs",
        "lkjhgfdsapoi",
        "password1234",
        "Password-2026!",
        "passwordpassword",
        "motdepasse2026",
        "Marseille13013",
        "\uff50\uff41\uff53\uff53word1234",
        "1q2w3e4r5t6y",
        "adalovelace@example.org",
        "AdaLovelace-1815",
    ],
)
def test_what_is_tried_first_is_refused(password):
    with pytest.raises(WeakPasswordError):
        checked_password(password, IS_COMMON, "adalovelace@example.org")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "trois cafés et un vélo",
        "xkcd-936-tr0ub4dor&3",
        "パスワードは長いほうが良いです",
        "Zq7-pw9_Lm2x",
        "un mot de passe assez long",
    ],
)
def test_length_is_enough_without_signs_and_figures(password):
    assert checked_password(password, IS_COMMON, "ada@example.org") == password


@given(st.text("aB7 é-", min_size=1, max_size=3), st.integers(4, 80))
def test_a_short_piece_over_and_over_is_none(piece, times):
    with pytest.raises(WeakPasswordError):
        checked_password(piece * times, lambda _: False)


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=12, max_size=256))
def test_what_is_refused_is_told_and_everything_else_is_kept_as_it_is(text):
    with suppress(WeakPasswordError):
        assert checked_password(text, IS_COMMON) == text
