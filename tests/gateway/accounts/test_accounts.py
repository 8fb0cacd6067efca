"""The rules of accounts and roles."""

import pytest
from argon2 import PasswordHasher

from aiff_gateway.accounts.adapters.passwords import ArgonPasswords
from aiff_gateway.accounts.domain.accounts import normalised_email
from aiff_gateway.accounts.domain.errors import InvalidAccountError


def test_an_email_is_stored_in_one_form():
    assert normalised_email("  Ren\u0065\u0301@Example.ORG ") == "ren\u00e9@example.org"


@pytest.mark.parametrize("text", ["", "a", "a@b", "a b@c.fr", "a@b..fr", "a@" + "b" * 260])
def test_what_is_no_email_is_refused(text):
    with pytest.raises(InvalidAccountError):
        normalised_email(text)


@pytest.mark.parametrize(
    ("set_as", "typed"),
    [
        ("étoile du matin", "e\u0301toile du matin"),
        ("e\u0301toile du matin", "étoile du matin"),
        ("ﬁn de journée 2027", "fin de journe\u0301e 2027"),
    ],
)
def test_a_password_is_the_same_however_a_keyboard_composes_it(set_as, typed):
    passwords = ArgonPasswords()
    kept = passwords.hash(set_as)
    assert passwords.matches(kept, typed)
    assert not passwords.matches(kept, typed + " ")


def test_a_hash_of_the_text_as_it_was_typed_is_still_right():
    typed = "e\u0301toile du matin"
    assert ArgonPasswords().matches(PasswordHasher().hash(typed), typed)
