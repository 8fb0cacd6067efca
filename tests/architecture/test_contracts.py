"""The import rules of a service that is cut by capability: no capability may escape them."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_CAPABILITIES = {"main", "shared"}
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {one["name"]: one for one in SETTINGS["tool"]["importlinter"]["contracts"]}
ORDER = ": capabilities in order"
SERVICES = [name.removesuffix(ORDER) for name in CONTRACTS if name.endswith(ORDER)]


def package_of(service: str) -> str:
    [package] = CONTRACTS[f"{service}{ORDER}"]["containers"]
    return package


def in_order(service: str) -> set[str]:
    layers = CONTRACTS[f"{service}{ORDER}"]["layers"]
    return {name.strip(" ()") for layer in layers for name in layer.replace(":", "|").split("|")}


def test_there_are_services_to_look_at():
    assert {"Catalogue", "Gateway", "Matching", "Portal"} <= set(SERVICES)


@pytest.mark.parametrize("service", SERVICES)
def test_every_folder_has_its_place_in_the_order(service):
    package = package_of(service)
    source = ROOT / "services" / package.removeprefix("aiff_") / "src" / package
    assert {path.parent.name for path in source.glob("*/__init__.py")} == in_order(service)
    assert CONTRACTS[f"{service}{ORDER}"]["exhaustive"]
    assert (source / "__main__.py").exists()


@pytest.mark.parametrize("service", SERVICES)
def test_every_capability_is_held_to_the_layers(service):
    held = CONTRACTS[f"{service}: layers inside a capability"]
    names = {container.rpartition(".")[2] for container in held["containers"]}
    assert in_order(service) - NO_CAPABILITIES == names
    assert held["exhaustive"]


@pytest.mark.parametrize("layer", ["domain", "application"])
@pytest.mark.parametrize("service", SERVICES)
def test_domain_and_use_cases_of_a_new_capability_would_be_kept_plain(service, layer):
    patterns = [pattern for one in CONTRACTS.values() for pattern in one.get("source_modules", ())]
    assert any(fnmatch(f"{package_of(service)}.new.{layer}", pattern) for pattern in patterns)
