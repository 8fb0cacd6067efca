"""An index with other fields is of another shape, so that nobody reads the wrong one."""

import json

import pytest

from aiff_catalog.search.adapters.opensearch.schema import SHAPE, index_template
from aiff_catalog.search.adapters.tantivy.folder import IndexFolder

WORDS = ["names", "spellings", "titles", "words"]
TERMS = ["audience", "dilution", "gpu_model", "gpu_name", "inside", "instrument", "kind"]
TERMS += ["language", "price_basis", "provider", "region", "sector", "stack", "stage", "status"]
KEPT = ["amount", "called", "card", "deadline", "gpu_memory", "id", "published_at", "schedule"]
KEPT += ["title_order", "unstated", "updated_at"]
FIELDS = sorted((*WORDS, *TERMS, *KEPT))
# Whoever changes the fields raises the shape in the engine's adapter and writes both here.
ENGINES = {
    "opensearch": (7, sorted((*FIELDS, "meaning"))),
    "tantivy": (7, sorted((*FIELDS, "key"))),
}


def opensearch(_folder):
    return SHAPE, sorted(index_template("*")["template"]["mappings"]["properties"])


def tantivy(folder):
    index = IndexFolder(folder).ensure()
    (pointer,) = folder.glob("current-*")
    schema = json.loads((index / "meta.json").read_text(encoding="utf-8"))["schema"]
    return int(pointer.name.removeprefix("current-")), sorted(one["name"] for one in schema)


@pytest.mark.parametrize("engine", [opensearch, tantivy])
def test_other_fields_are_another_shape(engine, tmp_path):
    assert engine(tmp_path) == ENGINES[engine.__name__]
