"""Password hashing with argon2id."""

from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from aiff_gateway.accounts.domain.passwords import normalised_password

# Each hash takes 64 MiB on purpose; more at once would let strangers exhaust the memory.
_AT_ONCE = 2
_HASHER = PasswordHasher()


class ArgonPasswords:
    """Hashes and compares with argon2id at the low-memory cost of RFC 9106, section 4."""

    def __init__(self) -> None:
        """Prepare the hash against which unknown accounts are compared."""
        self._hasher = _HASHER
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobody = _hash_of_nobody()

    def is_common(self, text: str) -> bool:
        """Look it up in the list that is shipped."""
        return text in _common()

    def hash(self, password: str) -> str:
        """Return the encoded hash."""
        with self._turns:
            return self._hasher.hash(normalised_password(password))

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Compare; without a hash the same work is done and the answer is no."""
        kept = password_hash or self._nobody
        # A hash may be older than the one form: then it is that of the password as it was typed.
        forms = dict.fromkeys((normalised_password(password), password))
        found = any(self._fits(kept, one) for one in forms)
        return found and password_hash is not None

    def _fits(self, kept: str, password: str) -> bool:
        with self._turns:
            try:
                return self._hasher.verify(kept, password)
            except (VerificationError, InvalidHashError):
                return False


@cache
def _common() -> frozenset[str]:
    text = files(__package__).joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash("nobody has this password")
