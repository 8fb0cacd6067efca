"""The first edition of each open vocabulary, as it comes with the package."""

from functools import cache
from importlib.resources import files

from aiff_contracts.codec import parse_json
from aiff_contracts.vocabulary import OpenVocabulary, VocabularyEntry

# The day on which the packaged GPU table was last checked against its sources.
GPU_TABLE_VERSION = "2026-11-30"


@cache
def packaged_entries(name: OpenVocabulary) -> tuple[VocabularyEntry, ...]:
    """Return the first edition; search begins without synonyms. Faults where a file is wrong."""
    if name == "search_synonyms":
        return ()
    raw = files("aiff_contracts").joinpath(f"{name}.json").read_bytes()
    return parse_json(tuple[VocabularyEntry, ...], raw)
