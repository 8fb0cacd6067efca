"""The catalogue's own files, read as the catalogue service publishes them."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.matching.offers import offer_id

from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferDocument
from aiff_matching.domain.catalogue import Catalogue, build

FOLDER = Path(__file__).parents[2] / "data" / "catalogue"


class _Loader(yaml.SafeLoader):
    """YAML as the catalogue writes it: dates are text, only true and false are booleans."""


_Loader.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0].rsplit(":", 1)[-1] not in {"timestamp", "bool"}]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


@cache
def real_catalogue() -> Catalogue:
    """Return all published offers, parsed and compiled once a test run."""
    organisations = {path.stem: _read(path) for path in (FOLDER / "organisations").glob("*.yaml")}
    files = [path for path in FOLDER.rglob("*.yaml") if path.parent.name != "organisations"]
    return build([_document(path, organisations) for path in files], 1)


def _read(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), _Loader)


def _document(path: Path, organisations: Mapping[str, Any]) -> OfferDocument:
    content = _read(path)
    names = {entry["organisation"] for entry in content["organisations"]}
    identity = {
        "id": str(offer_id(path.stem)),
        "version": 1,
        "published_at": "2026-11-20T00:00:00Z",
        "updated_at": "2026-11-20T00:00:00Z",
        "kind": path.parent.name,
        "organisation_details": [organisations[name] for name in sorted(names)],
    }
    return parse(OfferDocument, content | identity)
