"""Password hashing with argon2id."""

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Each hash takes 64 MiB on purpose; more at once would let strangers exhaust the memory.
_AT_ONCE = 2
_HASHER = PasswordHasher()


class ArgonPasswords:
    """Hashes and compares with argon2id at the low-memory cost of RFC 9106, section 4.

    Keyboards and systems write one password in several ways; they count as one in the form NFKC
    (NIST SP 800-63B, section 5.1.1.2).
    """

    def __init__(self) -> None:
        """Prepare the hash against which unknown accounts are compared."""
        self._hasher = _HASHER
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobody = _hash_of_nobody()

    def hash(self, password: str) -> str:
        """Return the encoded hash."""
        with self._turns:
            return self._hasher.hash(_normalised(password))

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Compare; without a hash the same work is done and the answer is no."""
        kept = password_hash or self._nobody
        # A hash may be older than the one form: then it is that of the password as it was typed.
        found = any(
            self._fits(kept, one) for one in dict.fromkeys((_normalised(password), password))
        )
        return found and password_hash is not None

    def _fits(self, kept: str, password: str) -> bool:
        with self._turns:
            try:
                return self._hasher.verify(kept, password)
            except (VerificationError, InvalidHashError):
                return False


def _normalised(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash("nobody has this password")
