"""Legal forms of French enterprises: one code each, and which form contains which.

A form with one associate is its general form too: an EURL is a SARL (Code de commerce, L. 223-1), a
SASU a SAS (L. 227-1), and a micro-entrepreneur is a sole trader under another tax and social
regime. So a rule that names the general form means its parts, and a company that says the general
form may be any of them. The codes are those of the table schema for aid schemes.
"""

import re
import unicodedata
from collections.abc import Iterable

# code: (the form that contains it, other ways to write it)
_FORMS: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "EI": (None, ("entreprise individuelle", "entrepreneur individuel")),
    "Microentrepreneur": (
        "EI",
        ("micro-entreprise", "auto-entrepreneur", "autoentreprise", "microentreprise"),
    ),
    "EIRL": ("EI", ("entrepreneur individuel à responsabilité limitée",)),
    "SARL": (None, ("société à responsabilité limitée",)),
    "EURL": ("SARL", ("SARLU", "entreprise unipersonnelle à responsabilité limitée")),
    "SELARL": ("SARL", ()),
    "SAS": (None, ("société par actions simplifiée",)),
    "SASU": ("SAS", ("société par actions simplifiée unipersonnelle",)),
    "SELAS": ("SAS", ()),
    "SA": (None, ("société anonyme",)),
    "SNC": (None, ("société en nom collectif",)),
    "SCS": (None, ("société en commandite simple",)),
    "SCA": (None, ("société en commandite par actions",)),
    "SICA": (None, ("société d'intérêt collectif agricole",)),
    "GAEC": (None, ("groupement agricole d'exploitation en commun",)),
    "GIE": (None, ("groupement d'intérêt économique",)),
    "EARL": (None, ("exploitation agricole à responsabilité limitée",)),
    "Association": (
        None,
        ("association loi 1901", "association loi de 1901", "association déclarée"),
    ),
    "Fondation": (None, ()),
}


def legal_form(text: str) -> str:
    """Return the code of a form in any spelling, or the text as it is where no form is known."""
    return _BY_KEY.get(_key(text), " ".join(text.split()))


def is_legal_form(code: str) -> bool:
    """Tell whether a code stands for a form of which it is known what contains it."""
    return code in _FORMS


def forms_within(code: str) -> frozenset[str]:
    """Return a form and those that are a part of it: SAS and SASU for SAS."""
    parts = (part for part, (whole, _) in _FORMS.items() if whole == code)
    return frozenset((code, *parts))


def listed_forms(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the forms that a rule names, each followed by its parts."""
    named = [legal_form(text) for text in texts]
    wide = (one for code in named for one in (code, *sorted(forms_within(code) - {code})))
    return tuple(dict.fromkeys(wide))


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


_BY_KEY = {_key(name): code for code, (_, others) in _FORMS.items() for name in (code, *others)}
