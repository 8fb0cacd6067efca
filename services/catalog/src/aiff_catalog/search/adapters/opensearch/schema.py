"""The fields of the OpenSearch index, its analysers, and an entry as its document."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np

from aiff_catalog.search.adapters.language.suggestions import stored
from aiff_catalog.search.adapters.language.words import STOP_WORDS, indexed
from aiff_catalog.search.domain.queries import FILTERS, IndexEntry
from aiff_kit.encoder import DIMENSION

# Raised when the fields of the index change: an index of another shape is not used.
SHAPE = 3
LANGUAGES = ("fr", "en")
TEXT_FIELDS = ("title", "summary", "description")
# The deepest page that the interface gives, and one page more.
_DEEPEST = 10_100
_LONGEST_WORD = 60
_ELIDED = [
    *("l", "m", "t", "qu", "n", "s", "j", "d", "c"),
    *("jusqu", "quoiqu", "lorsqu", "puisqu"),
]
# A word as it stands, without case and accents. The stemmers come after: so the same word with
# and without its accents has the same stem.
_FOLDING = ["elided", "parts", "lowercase", "asciifolding", "stopped", "short"]


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
    texts = {"_".join(key): indexed(text) for key, text in entry.texts.items()}
    return {
        "id": str(entry.offer_id),
        **texts,
        "names": indexed(entry.names),
        "similar": " ".join(texts.values()),
        **{name: list(values) for name, values in entry.terms.items()},
        "inside": list(entry.inside),
        "gpu_name": list(entry.gpu_names),
        "called": [stored(name) for name in entry.called],
        "gpu_memory": entry.gpu_memory,
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
        "analysis": {"filter": _filters(), "analyzer": _analyzers()},
    }


def _filters() -> dict[str, Any]:
    return {
        "elided": {"type": "elision", "articles": _ELIDED, "articles_case": True},
        "parts": {
            "type": "word_delimiter_graph",
            "split_on_case_change": False,
            "split_on_numerics": False,
        },
        "stopped": {"type": "stop", "stopwords": STOP_WORDS},
        "short": {"type": "length", "max": _LONGEST_WORD},
        "french": {"type": "stemmer", "language": "light_french"},
        "english": {"type": "stemmer", "language": "english"},
    }


def _analyzers() -> dict[str, Any]:
    stemmers: Mapping[str, list[str]] = {"plain": [], "fr": ["french"], "en": ["english"]}
    return {
        name: {"type": "custom", "tokenizer": "standard", "filter": [*_FOLDING, *stemmer]}
        for name, stemmer in stemmers.items()
    }


def _mappings() -> dict[str, Any]:
    texts = {
        f"{name}_{language}": {"type": "text", "analyzer": language}
        for name in TEXT_FIELDS
        for language in LANGUAGES
    }
    terms = {name: {"type": "keyword"} for name in (*FILTERS, "inside", "gpu_name")}
    shown = {"type": "keyword", "index": False, "doc_values": False}
    return {
        "dynamic": "strict",
        # Only what is shown is kept; the texts are only searched.
        "_source": {"includes": ["card", "schedule"]},
        "properties": {
            "id": {"type": "keyword"},
            **texts,
            "names": {"type": "text", "analyzer": "plain"},
            "similar": {"type": "text", "analyzer": "plain"},
            **terms,
            # Only counted, never searched.
            "called": {"type": "keyword", "index": False},
            "gpu_memory": {"type": "double"},
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
