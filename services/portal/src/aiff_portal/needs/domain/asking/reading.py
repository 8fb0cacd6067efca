"""How the text of a field becomes a value of the API; what cannot be read is never guessed."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from aiff_portal.ui.domain.written import without_spaces, written_amount, written_day

# What a field sends, cut and without empty ones; None is never sent to the API.
Texts = Sequence[str]
Read = Callable[[Texts], Any]

_PLAIN = re.compile(r"\d{1,15}(?:[.,]\d{1,6})?", re.ASCII)
# Thousands for one reader, thousandths for another.
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_NONE_HELD = frozenset({"aucune", "aucun", "none", "no"})
_MOST_AIDS, _LONGEST_AID = 100, 80


class UnreadableError(ValueError):
    """A text is no answer to the field's question."""


def number(least: float, most: float, *, whole: bool = False) -> Read:
    """Return a reader of plain numbers within bounds, both included."""

    def read(texts: Texts) -> float | int:
        value = _decimal(_only(texts))
        if not least <= value <= most or (whole and value != int(value)):
            raise UnreadableError
        return int(value) if value == int(value) else value

    return read


def share(texts: Texts) -> float:
    """Return a share of one, also where it is written in per cent."""
    written = _only(texts)
    value = _decimal(written.removesuffix("%"))
    value = value / 100 if written.endswith("%") else value
    if value > 1:
        raise UnreadableError
    return value


def amount(most: float) -> Read:
    """Return a reader of amounts up to a bound, as people write them: 20 000, 50 k€, 1,5 M."""

    def read(texts: Texts) -> float | int:
        value = written_amount(_only(texts))
        if value is None or value > most:
            raise UnreadableError
        return int(value) if value == int(value) else float(value)

    return read


def day(texts: Texts) -> str:
    """Return a day as ISO 8601 writes it, also where it is written as 31/12/2026."""
    found = written_day(_only(texts))
    if found is None:
        raise UnreadableError
    return found.isoformat()


def text(longest: int) -> Read:
    """Return a reader of free words, in characters."""

    def read(texts: Texts) -> str:
        written = _only(texts)
        if len(written) > longest or "\0" in written:
            raise UnreadableError
        return written

    return read


def one_of(codes: Collection[str]) -> Read:
    """Return a reader of one code among those that can be chosen."""

    def read(texts: Texts) -> str:
        written = _only(texts)
        if written not in codes:
            raise UnreadableError
        return written

    return read


def some_of(codes: Collection[str]) -> Read:
    """Return a reader of several codes, each once."""

    def read(texts: Texts) -> list[str]:
        if not set(texts) <= set(codes):
            raise UnreadableError
        return list(dict.fromkeys(texts))

    return read


def flag(texts: Texts) -> bool:
    """Return yes or no."""
    stated: str = one_of(("yes", "no"))(texts)
    return stated == "yes"


def within(read: Read) -> Read:
    """Return a reader of one value that the API takes as a list."""
    return lambda texts: [read(texts)]


def aids(texts: Texts) -> list[str]:
    """Return aid by its name, a line each; "aucune" states that there was none."""
    lines = [line.strip() for line in _only(texts).splitlines() if line.strip()]
    if [line.casefold().rstrip(".") for line in lines] in ([word] for word in _NONE_HELD):
        return []
    if len(lines) > _MOST_AIDS or any(len(line) > _LONGEST_AID or "\0" in line for line in lines):
        raise UnreadableError
    return lines


def identifier(scheme: str) -> Read:
    """Return a reader of nine digits as an identifier of a scheme, as SIREN and PIC are."""

    def read(texts: Texts) -> list[dict[str, str]]:
        written = without_spaces(_only(texts))
        if not re.fullmatch(r"[0-9]{9}", written):
            raise UnreadableError
        return [{"scheme": scheme, "value": written}]

    return read


def _only(texts: Texts) -> str:
    if len(texts) != 1:
        raise UnreadableError
    return texts[0]


def _decimal(written: str) -> float:
    """Return a number; separators that two readers would read differently are refused."""
    bare = without_spaces(written)
    if _AMBIGUOUS.fullmatch(bare) or not _PLAIN.fullmatch(bare):
        raise UnreadableError
    return float(bare.replace(",", "."))
