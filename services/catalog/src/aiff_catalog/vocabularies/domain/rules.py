"""What an edition of a vocabulary must fulfil, so that nothing that reads it can go wrong.

A spelling leads to one entry only. That also keeps synonyms free of loops: the words of a search
are replaced once, by the other words of their one entry.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from aiff_catalog.shared.errors import CodeInUseError
from aiff_catalog.vocabularies.domain.vocabulary import Entries, KeptVocabulary
from aiff_contracts.codec import Fault, Faults
from aiff_contracts.gpu_names import folded_gpu, found_gpu
from aiff_contracts.vocabulary import REFERENCE_GPU, VocabularyEntry

MOST_ENTRIES = 1_000
MOST_WORDS = 6
_SHORTEST_TERM = 2


def folded(name: KeptVocabulary, spelling: str) -> str:
    """Return what makes two spellings the same: letters and digits without case and accents."""
    if name == "gpu_models":
        return folded_gpu(spelling)
    decomposed = unicodedata.normalize("NFKD", spelling.casefold().replace("œ", "oe"))
    return "".join(one for one in decomposed if one.isalnum())


def require_sound(name: KeptVocabulary, entries: Entries, first: Entries) -> None:
    """Raise Faults, each with its place, where the entries cannot be an edition.

    `first` is the edition that came with the software.
    """
    own = _OF_VOCABULARY.get(name)
    further = _word_faults(entries, first) if own is None else own(entries)
    faults = [*_size(entries), *_repeated(name, entries), *further]
    if faults:
        raise Faults(faults)


def require_users_known(
    name: KeptVocabulary, live: Entries, draft: Entries, users: Mapping[str, Sequence[str]]
) -> None:
    """Raise CodeInUseError where a draft forgets what the live edition knows and offers use."""
    lost = lost_users(name, live, draft, users)
    if lost:
        raise CodeInUseError(name, lost)


def lost_users(
    name: KeptVocabulary, live: Entries, draft: Entries, users: Mapping[str, Sequence[str]]
) -> Mapping[str, Sequence[str]]:
    """Return the codes that offers use, the live edition knows, and a draft forgets."""
    known, kept = by_spelling(name, live), by_spelling(name, draft)
    return {
        code: slugs
        for code, slugs in users.items()
        if _found(name, known, code) is not None and _found(name, kept, code) is None
    }


def _found(
    name: KeptVocabulary, table: Mapping[str, VocabularyEntry], code: str
) -> VocabularyEntry | None:
    return found_gpu(table, code) if name == "gpu_models" else table.get(folded(name, code))


def by_spelling(name: KeptVocabulary, entries: Entries) -> Mapping[str, VocabularyEntry]:
    """Return the entries by each folded spelling that leads to them."""
    return {folded(name, one): entry for entry in entries for one in (entry.code, *entry.aliases)}


def _size(entries: Entries) -> Iterator[Fault]:
    if len(entries) > MOST_ENTRIES:
        yield Fault("/entries", "too_long", f"a vocabulary has at most {MOST_ENTRIES} entries")


def _repeated(name: KeptVocabulary, entries: Entries) -> Iterator[Fault]:
    """Find codes that come twice and spellings that lead to two entries."""
    codes: dict[str, int] = {}
    owners: dict[str, int] = {}
    for place, entry in enumerate(entries):
        if codes.setdefault(folded(name, entry.code), place) != place:
            yield Fault(f"/entries/{place}/code", "repeated", f"{entry.code} is there already")
        for spelling in _spellings(name, entry):
            owner = owners.setdefault(folded(name, spelling), place)
            if owner != place:
                detail = f"{spelling!r} leads to the entry {entries[owner].code} already"
                yield Fault(f"/entries/{place}", "ambiguous", detail)


def _spellings(name: KeptVocabulary, entry: VocabularyEntry) -> Iterable[str]:
    return entry.terms if name == "search_synonyms" else (entry.code, *entry.aliases)


def _gpu_faults(entries: Entries) -> Iterator[Fault]:
    for place, entry in enumerate(entries):
        if entry.gpu is None:
            detail = "a GPU model needs its throughput and utilisation"
            yield Fault(f"/entries/{place}/gpu", "missing", detail)
    if folded_gpu(REFERENCE_GPU) not in by_spelling("gpu_models", entries):
        detail = f"{REFERENCE_GPU} is the unit of all comparisons; it must stay"
        yield Fault("/entries", "missing", detail)


def _synonym_faults(entries: Entries) -> Iterator[Fault]:
    for place, entry in enumerate(entries):
        if entry.gpu is not None:
            yield Fault(f"/entries/{place}/gpu", "forbidden", "a synonym has no figures")
        if len({folded("search_synonyms", term) for term in entry.terms}) < 2:  # noqa: PLR2004  One means nothing else.
            yield Fault(f"/entries/{place}", "too_short", "synonyms are at least two words")
        yield from _term_faults(place, entry)


def _term_faults(place: int, entry: VocabularyEntry) -> Iterator[Fault]:
    for term in entry.terms:
        if len(folded("search_synonyms", term)) < _SHORTEST_TERM or len(term.split()) > MOST_WORDS:
            detail = f"{term!r} must have two letters or digits and at most {MOST_WORDS} words"
            yield Fault(f"/entries/{place}", "invalid", detail)


def _word_faults(entries: Entries, first: Entries) -> Iterator[Fault]:
    """Find codes that the software does not know or cannot do without: its rules name them."""
    known = {entry.code for entry in first}
    for place, entry in enumerate(entries):
        if entry.gpu is not None:
            yield Fault(f"/entries/{place}/gpu", "forbidden", "only a GPU model has figures")
        if entry.code not in known:
            detail = f"the software knows no code {entry.code}; give the word as an alias of one"
            yield Fault(f"/entries/{place}/code", "unknown", detail)
    for code in sorted(known - {entry.code for entry in entries}):
        yield Fault("/entries", "missing", f"rules and filters name {code}; it must stay")


_OF_VOCABULARY: Mapping[KeptVocabulary, Callable[[Entries], Iterator[Fault]]] = {
    "gpu_models": _gpu_faults,
    "search_synonyms": _synonym_faults,
}
