"""The programmes' files, as they come with the package."""

from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

from aiff_contracts.codec import Fault, Faults, parse
from aiff_kit.strict_yaml import parse_yaml
from aiff_matching.dossiers.domain.programme import Programme


def packaged_programmes() -> Mapping[str, Programme]:
    """Return the programmes that come with the package, by slug; Faults where a file is wrong."""
    return read_programmes(files("aiff_matching.dossiers").joinpath("programmes"))


def read_programmes(folder: Traversable) -> Mapping[str, Programme]:
    """Read every `<slug>.yaml` of a folder. Raises Faults that name the file and the place in it.

    A programme has the name of its file, and an offer leads to one programme at most.
    """
    paths = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=_name)
    programmes = [_read(path) for path in paths]
    _refuse_shared_offers(programmes)
    return {one.slug: one for one in programmes}


def _name(path: Traversable) -> str:
    return path.name


def _read(path: Traversable) -> Programme:
    try:
        programme = parse(Programme, parse_yaml(path.read_text(encoding="utf-8")))
    except Faults as error:
        placed = (Fault(path.name + one.pointer, one.code, one.detail) for one in error.faults)
        raise Faults(placed) from error
    except yaml.YAMLError as error:
        raise Faults([Fault(path.name, "yaml_invalid", str(error))]) from error
    if path.name != f"{programme.slug}.yaml":
        detail = f"the slug is {programme.slug!r}; name the file after it"
        raise Faults([Fault(f"{path.name}/slug", "slug_differs", detail)])
    return programme


def _refuse_shared_offers(programmes: Iterable[Programme]) -> None:
    counted = Counter(offer for one in programmes for offer in one.offers)
    shared = [offer for offer, count in counted.items() if count > 1]
    if shared:
        detail = f"offers of several programmes, where one is asked for: {', '.join(shared)}"
        raise Faults([Fault("/offers", "offer_shared", detail)])
