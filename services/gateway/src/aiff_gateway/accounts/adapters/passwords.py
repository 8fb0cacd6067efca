"""Password hashing with argon2id."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

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

    def hash(self, password: str) -> str:
        """Return the encoded hash."""
        with self._turns:
            return self._hasher.hash(password)

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Compare; without a hash the same work is done and the answer is no."""
        with self._turns:
            try:
                self._hasher.verify(password_hash or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
        return password_hash is not None


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash("nobody has this password")
