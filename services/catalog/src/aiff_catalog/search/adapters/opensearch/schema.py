"""The fields of the OpenSearch index, its analysers, and an entry as its document."""

from datetime import datetime
from typing import Any

import numpy as np

from aiff_catalog.search.adapters.language.suggestions import stored
from aiff_catalog.search.domain.queries import FILTERS, IndexEntry
from aiff_kit.encoder import DIMENSION

# Raised when the fields of the index, or what is in them, change: an index of another shape
# is not used.
SHAPE = 7
# The deepest page that the interface gives, and one page more.
_DEEPEST = 10_100
# The words are made by `aiff_kit.text`, for all engines alike: here they only stand apart.
_SPACED = {"type": "text", "analyzer": "whitespace", "norms": True, "index_options": "freqs"}
_SPELLED_AS = "|"


def spelling_of(term: str) -> tuple[str, str]:
    """Return a word and how it is written from the term that the index has for both."""
    word, _, written = term.partition(_SPELLED_AS)
    return word, written


def index_template(pattern: str) -> dict[str, Any]:
    """Return what every index with such a name gets when it is made."""
    return {
        "index_patterns": [pattern],
        "priority": 100,
        "template": {"settings": _settings(), "mappings": _mappings()},
    }


def document_of(entry: IndexEntry) -> dict[str, Any]:
    """Return the engine's form of an entry."""
    deadline = entry.deadline
    texts = entry.texts
    return {
        "id": str(entry.offer_id),
        "words": " ".join(f"{term} " * count for term, count in texts.terms().items()),
        "titles": " ".join(texts.titled()),
        "names": " ".join(texts.called()),
        "spellings": [f"{word}{_SPELLED_AS}{written}" for word, written in texts.spellings()],
        **{name: list(values) for name, values in entry.terms.items()},
        "inside": list(entry.inside),
        "gpu_name": list(entry.gpu_names),
        "called": [stored(name) for name in entry.called],
        "gpu_memory": entry.gpu_memory,
        "amount": entry.amount,
        "unstated": list(entry.unstated),
        "published_at": int(entry.published_at.timestamp()),
        "title_order": entry.title_order,
        "updated_at": _microseconds(entry.updated_at),
        "deadline": None if deadline is None else int(deadline.timestamp()),
        # Both are bytes of JSON that readers get as they are: nothing looks into them.
        "card": entry.summary.decode(),
        "schedule": entry.schedule.decode(),
        # As an array: its numbers are written half as long as Python's, and are the same.
        **({} if entry.vector is None else {"meaning": np.frombuffer(entry.vector, np.float32)}),
    }


def _settings() -> dict[str, Any]:
    return {
        "index": {
            "knn": True,
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            # A writer refreshes what it wrote; this is for what it could not.
            "refresh_interval": "1s",
            # Else a writer's refresh now and then waits for segments to be merged, their graphs
            # of vectors too, which takes seconds on a busy engine. They are merged behind it.
            "merge_on_flush": {"enabled": False},
            "max_result_window": _DEEPEST,
            # For so long an older version cannot come back after its offer was removed.
            "gc_deletes": "1h",
        },
    }


def _mappings() -> dict[str, Any]:
    terms = {name: {"type": "keyword"} for name in (*FILTERS, "inside", "gpu_name", "unstated")}
    shown = {"type": "keyword", "index": False, "doc_values": False}
    return {
        "dynamic": "strict",
        # Only what is shown is kept; the texts are only searched.
        "_source": {"includes": ["card", "schedule"]},
        "properties": {
            "id": {"type": "keyword"},
            "words": _SPACED,
            "titles": _SPACED,
            "names": _SPACED,
            # Only counted, never searched, as are the names below.
            "spellings": {"type": "keyword", "index": False},
            **terms,
            "called": {"type": "keyword", "index": False},
            "gpu_memory": {"type": "double"},
            "amount": {"type": "double"},
            "published_at": {"type": "long"},
            "title_order": {"type": "keyword"},
            "updated_at": {"type": "long"},
            "deadline": {"type": "long"},
            "meaning": {
                "type": "knn_vector",
                "dimension": DIMENSION,
                "method": {"name": "hnsw", "engine": "lucene", "space_type": "cosinesimil"},
            },
            "card": shown,
            "schedule": shown,
        },
    }


def _microseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1_000_000)
