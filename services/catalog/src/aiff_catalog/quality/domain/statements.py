"""What the comparisons of a listing rest on, as far as their author can mend it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from aiff_contracts.offer import OfferContent, rules_of
from aiff_contracts.offer.grounding import cited
from aiff_contracts.provenance import FIRM
from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule

# A source is who says so; these words alone name nobody.
_NOBODY_WORDS = """
dispositif national nationale régional régionale européen européenne règle règles critère
critères usuel usuelle habituel général générale connaissance connaissances à vérifier
confirmer site officiel officielle page pages internet web source sources programme offre aide
fiche public publique conditions condition du de la le les des et un une d l sur national
scheme european regional rule rules usual general knowledge to check confirm official site
website the of and a
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_WORD = re.compile(r"[a-zà-ÿ0-9]+")
_LEAST_LETTERS = 3


def comparisons(content: OfferContent) -> Iterator[tuple[str, Cmp]]:
    """Yield the comparisons of a listing and of its access modes with their JSON pointers."""
    for pointer, rule in rules_of(content):
        yield from _leaves(rule, pointer)


def without_source(content: OfferContent) -> Iterator[str]:
    """Find comparisons that name nobody who says so; what is said to be unverified is honest."""
    for pointer, leaf in comparisons(content):
        if leaf.confidence != "general_knowledge" and not names_somebody(leaf.source):
            yield f"{pointer}/source"


def on_weak_ground(content: OfferContent) -> Iterator[str]:
    """Find comparisons that are called firmer than the source of the listing that they cite."""
    for pointer, leaf in comparisons(content):
        meant = cited(leaf.source, content.sources) if leaf.source else None
        weaker = meant is not None and meant.confidence not in FIRM
        undated = leaf.as_of is None and (meant is None or meant.as_of is None)
        if leaf.confidence in FIRM and (weaker or undated):
            yield f"{pointer}/confidence"


def names_somebody(source: str | None) -> bool:
    """Tell whether words name a person, an organisation, a text or a page."""
    if source is None:
        return False
    return any(word not in _NOBODY for word in _WORD.findall(source.casefold()))


def home_page(content: OfferContent) -> Iterator[str]:
    """Find an address that is a provider's home page, where the offer has to be looked for.

    A site that is made for the offer bears its name: there the home page is the right one.
    """
    if content.url is None:
        return
    parts = urlsplit(content.url)
    if parts.path.strip("/") or parts.query or parts.fragment:
        return
    host = re.sub(r"[^a-z0-9]", "", (parts.hostname or "").removeprefix("www."))
    names = {re.sub(r"[^a-z0-9]", "", part) for part in content.slug.split("-")}
    if not any(len(name) >= _LEAST_LETTERS and name in host for name in names):
        yield "/url"


def _leaves(rule: Rule, pointer: str) -> Iterator[tuple[str, Cmp]]:
    match rule:
        case Cmp():
            yield pointer, rule
        case Not(rule=inner):
            yield from _leaves(inner, f"{pointer}/rule")
        case All(rules=rules) | AnyOf(rules=rules):
            for index, inner in enumerate(rules):
                yield from _leaves(inner, f"{pointer}/rules/{index}")
