"""Which passwords may be chosen: NIST SP 800-63B-4, section 3.1.1.2.

Length counts, composition does not. What is refused is what a guesser tries first: what many
people chose, with figures and signs around it or said several times over, and the own address.
"""

import re
import unicodedata
from collections.abc import Callable

from aiff_gateway.accounts.domain.errors import WeakPasswordError

MIN_PASSWORD_LENGTH = 12
MAX_PASSWORD_LENGTH = 256

# A piece that is said several times over counts once; three characters are no password.
_SHORTEST_PIECE = 4
_SHORTEST_NAME = 4
_AROUND = re.compile(r"[\W\d_]+")
# Runs that fingers and counting make: digits, the alphabet, the rows of two keyboards.
_RUNS = (
    "1234567890" * 4,
    "abcdefghijklmnopqrstuvwxyz" * 2,
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)


def normalised_password(text: str) -> str:
    """Return a password in the one form in which it is judged and hashed.

    Keyboards and systems write one text in several ways; they count as one in the form NFKC.
    """
    return unicodedata.normalize("NFKC", text)


def checked_password(password: str, is_common: Callable[[str], bool], email: str = "") -> str:
    """Return a password that may be kept, or raise WeakPasswordError saying what to do instead.

    `is_common` knows what many people chose, in lower case; `email` is the account's address.
    """
    text = normalised_password(password)
    if not MIN_PASSWORD_LENGTH <= len(text) <= MAX_PASSWORD_LENGTH:
        message = f"a password has {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH} characters"
        raise WeakPasswordError(message)
    lowered = text.casefold()
    piece = _piece(lowered)
    if len(piece.strip()) < _SHORTEST_PIECE:
        message = "a password is not one short piece over and over, nor blanks"
        raise WeakPasswordError(message)
    if _is_expected(lowered, piece, is_common) or _names(lowered, email):
        message = "this password is among the first that others would try; choose another"
        raise WeakPasswordError(message)
    return password


def _is_expected(lowered: str, piece: str, is_common: Callable[[str], bool]) -> bool:
    core = _AROUND.sub("", lowered)
    candidates = {lowered, piece, lowered.strip(), _piece(core), "".join(lowered.split())}
    return any(is_common(one) or _is_run(one) for one in candidates if one)


def _names(lowered: str, email: str) -> bool:
    """Tell whether nothing but the own address is left once figures and signs are taken away."""
    local = email.partition("@")[0].casefold()
    bare = _AROUND.sub("", local)
    core = _piece(_AROUND.sub("", lowered))
    return lowered == email.casefold() or (len(bare) >= _SHORTEST_NAME and core == bare)


def _is_run(text: str) -> bool:
    return any(text in run or text in run[::-1] for run in _RUNS)


def _piece(text: str) -> str:
    """Return the shortest piece that a text repeats from its beginning to its end."""
    start = (text + text).find(text, 1)
    return text[:start] if start > 0 else text
