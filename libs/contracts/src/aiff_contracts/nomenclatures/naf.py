"""Codes of activities: NAF rev. 2, in force from 2008 to 2026, and NAF 2025, in force from 2027.

A sub-class (62.01Z, 62.10Y) is in one of the two only; sections, divisions and many groups and
classes are in both and mean different things: K is finance in rev. 2 and computing services in
NAF 2025. `naf_2025:K` and `naf_rev2:K` say which is meant. Codes of the nomenclatures before 2008
(72.2C) are recognised as such and refused.

Sources: INSEE (decree 2007-1888 and the nomenclature of 2025); sections of NAF 2025 are those of
NACE rev. 2.1 (Regulation (EU) 2023/137). No table of correspondence is applied: one code of either
nomenclature often stands for several of the other.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from json import loads
from typing import Literal, get_args

Nomenclature = Literal["naf_rev2", "naf_2025"]
REV2: Nomenclature = "naf_rev2"
NAF_2025: Nomenclature = "naf_2025"
LONGEST_NAF = 20
_NOMENCLATURES: tuple[Nomenclature, ...] = get_args(Nomenclature)
_WORDS = {REV2: ("NAF rév. 2", "NAF rev. 2"), NAF_2025: ("NAF 2025", "NAF 2025")}
# First division of each section, in order.
_SECTIONS: dict[Nomenclature, dict[str, int]] = {
    REV2: {
        "A": 1, "B": 5, "C": 10, "D": 35, "E": 36, "F": 41, "G": 45, "H": 49, "I": 55, "J": 58,
        "K": 64, "L": 68, "M": 69, "N": 77, "O": 84, "P": 85, "Q": 86, "R": 90, "S": 94, "T": 97,
        "U": 99,
    },
    NAF_2025: {
        "A": 1, "B": 5, "C": 10, "D": 35, "E": 36, "F": 41, "G": 46, "H": 49, "I": 55, "J": 58,
        "K": 61, "L": 64, "M": 68, "N": 69, "O": 77, "P": 84, "Q": 85, "R": 86, "S": 90, "T": 94,
        "U": 97, "V": 99,
    },
}  # fmt: skip
_SHAPE = re.compile(r"[A-V]|(\d\d)(?:\.?(\d)(\d[A-Z]?)?)?", re.ASCII)
_BEFORE_2008 = re.compile(r"\d\d\.?\d[A-Z]P?", re.ASCII)
_DIVISION_DIGITS = 2


@cache
def sub_classes(nomenclature: Nomenclature) -> tuple[str, ...]:
    """Return the finest codes of a nomenclature, in order."""
    table = loads(files("aiff_contracts.nomenclatures").joinpath("naf_codes.json").read_bytes())
    return tuple(table[nomenclature].split())


def naf_code(text: str) -> str:
    """Return a code in its one spelling, or raise ValueError saying what is wrong with it.

    Blanks, small letters and a missing dot are mended: 6201z is 62.01Z. A code that is in both
    nomenclatures keeps what was said about which is meant, and nothing where nothing was.
    """
    said, code = _parted(text)
    within = [name for name in _NOMENCLATURES if code in _containing(name)]
    if said and said not in within:
        within = []
    if not within:
        raise ValueError(_refusal(text, code))
    return f"{said}:{code}" if said and len(within) > 1 else code


def activity_code(given: object) -> object:
    """Return the code that a text means; what is no text is left to the type."""
    return naf_code(given) if isinstance(given, str) else given


def is_naf(text: str) -> bool:
    """Tell whether the text is a code of one of the nomenclatures, in any spelling."""
    try:
        naf_code(text)
    except ValueError:
        return False
    return True


def readings(code: str) -> tuple[Nomenclature, ...]:
    """Return the nomenclatures in which a code may be meant; none where no code is known."""
    said, plain = _parted(code)
    return tuple(
        name for name in _NOMENCLATURES if said in {name, ""} and plain in _containing(name)
    )


def settled(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of one list of an offer or a rule, all with a known nomenclature.

    A code that is in both is read as its neighbours are: in NAF 2025 where a neighbour is in that
    one only, in rev. 2 otherwise, which the published language has meant from its beginning.
    ValueError where neighbours are of both, or a code is unknown.
    """
    listed = [naf_code(code) for code in codes]
    sure = {readings(code)[0] for code in listed if len(readings(code)) == 1}
    return tuple(dict.fromkeys(_settled(code, sure) for code in listed))


def in_rules(code: str) -> str:
    """Return a code of one nomenclature as offers and rules write it."""
    return _spelt(_parted(code)[1], readings(code)[0])


def in_nomenclature(code: str, nomenclature: Nomenclature) -> str:
    """Return a known code marked as one of a nomenclature, where both have it."""
    plain = _parted(code)[1]
    return f"{nomenclature}:{plain}" if len(readings(plain)) > 1 else plain


@cache
def path(code: str, nomenclature: Nomenclature) -> frozenset[str]:
    """Return a settled code and all that contain it: 62.01Z lies in 62.01, 62.0, 62 and J."""
    plain = _parted(code)[1]
    return frozenset(_spelt(one, nomenclature) for one in _above(plain, nomenclature))


def parts_of(code: str) -> tuple[str, ...]:
    """Return the sub-classes of the code of an offer or a rule, itself where it is one."""
    nomenclature = readings(code)[0]
    return tuple(one for one in sub_classes(nomenclature) if code in path(one, nomenclature))


def settled_words(code: str) -> tuple[str, str]:
    """Return the code of an offer or a rule with its nomenclature, in French and in English."""
    return naf_words(f"{REV2}:{code}" if len(readings(code)) > 1 else code)


def naf_words(code: str) -> tuple[str, str]:
    """Return a code with each nomenclature in which it may be meant, in French and in English."""
    plain, names = _parted(code)[1], [_WORDS[name] for name in readings(code)]
    if not names:
        return code, code
    french, english = zip(*names, strict=True)
    return f"{plain} ({' ou '.join(french)})", f"{plain} ({' or '.join(english)})"


def _parted(text: str) -> tuple[str, str]:
    """Return the nomenclature that is stated, or nothing, and the code with its dot."""
    said, _, rest = text.strip().rpartition(":")
    code = re.sub(r"\s", "", rest).upper()
    found = _SHAPE.fullmatch(code)
    if found and found[2]:
        code = f"{found[1]}.{found[2]}{found[3] or ''}"
    return said.lower(), code


def _refusal(text: str, code: str) -> str:
    if _BEFORE_2008.fullmatch(code):
        return (
            f"{text!r} is a code of a nomenclature before 2008; give the NAF code of today, which "
            "the SIRENE notice of the company names, for example 62.01Z"
        )
    return (
        f"{text!r} is not a NAF code; give it as 62.01Z, 62 or J (rev. 2), as 62.10Y (NAF 2025) "
        "or, where both have it, as naf_2025:K"
    )


def _settled(code: str, sure: set[Nomenclature]) -> str:
    possible = readings(code)
    if len(possible) == 1:
        return in_rules(code)
    if len(sure) > 1:
        message = f"{code!r} is in NAF rev. 2 and in NAF 2025, and its neighbours are of both; "
        message += f"write naf_rev2:{code} or naf_2025:{code}"
        raise ValueError(message)
    return _spelt(code, next(iter(sure), REV2))


def _spelt(plain: str, nomenclature: Nomenclature) -> str:
    """Return how offers and rules write a code: rev. 2 goes without saying where both have it."""
    marked = nomenclature == NAF_2025 and plain in _containing(REV2)
    return f"{nomenclature}:{plain}" if marked else plain


@cache
def _containing(nomenclature: Nomenclature) -> frozenset[str]:
    """Return every code of a nomenclature, from sections to sub-classes."""
    listed = sub_classes(nomenclature)
    return frozenset(one for code in listed for one in _above(code, nomenclature))


def _above(plain: str, nomenclature: Nomenclature) -> frozenset[str]:
    if plain.isalpha():
        return frozenset({plain})
    division = int(plain[:_DIVISION_DIGITS])
    sections = _SECTIONS[nomenclature]
    section = max(letter for letter, first in sections.items() if first <= division)
    shorter = {plain[:end] for end in range(_DIVISION_DIGITS, len(plain) + 1)}
    return frozenset({one.removesuffix(".") for one in shorter} | {section})
