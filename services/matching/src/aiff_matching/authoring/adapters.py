"""The catalogue's reviewed files, as documents and the cases that their authors wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferDocument
from aiff_contracts.offer.authoring import EligibilityCase, without_cases
from aiff_kit.strict_yaml import parse_yaml

_ORGANISATIONS = "organisations"
_UNPUBLISHED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """One file: its name below the folder, the offer it states, and its cases."""

    name: str
    document: OfferDocument
    cases: tuple[EligibilityCase, ...]


def read_sources(folder: Path) -> list[SourceOffer]:
    """Read every offer of a catalogue folder.

    Raises Faults or YAMLError for a file that the catalogue would refuse, FileNotFoundError for
    a folder without offers.
    """
    paths = sorted(folder.glob("*/*.yaml"))
    texts = {path: parse_yaml(path.read_text(encoding="utf-8")) for path in paths}
    owners = {p.stem: text for p, text in texts.items() if p.parent.name == _ORGANISATIONS}
    offers = [_offer(p, texts[p], owners) for p in paths if p.parent.name != _ORGANISATIONS]
    if not offers:
        message = f"no catalogue files under {folder}"
        raise FileNotFoundError(message)
    return offers


def _offer(path: Path, text: Any, owners: Mapping[str, Any]) -> SourceOffer:
    content, cases = without_cases(text)
    parsed: tuple[EligibilityCase, ...] = parse(tuple[EligibilityCase, ...], cases)
    document = parse(OfferDocument, _identified(path, content, owners))
    return SourceOffer(f"{path.parent.name}/{path.name}", document, parsed)


def _identified(path: Path, content: Any, owners: Mapping[str, Any]) -> dict[str, Any]:
    """Add what the catalogue gives to an offer when it publishes it."""
    names = {entry["organisation"] for entry in content["organisations"]}
    return {
        **content,
        "id": uuid5(NAMESPACE_URL, path.stem),
        "version": 1,
        "published_at": _UNPUBLISHED,
        "updated_at": _UNPUBLISHED,
        "kind": path.parent.name,
        "organisation_details": [owners[name] for name in sorted(names)],
    }
