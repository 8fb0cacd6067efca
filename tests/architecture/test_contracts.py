"""The import rules of a service that is cut by capability: no capability may escape them."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_CAPABILITIES = {"main", "shared"}
CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}
ORDER = ": capabilities in order"
SERVICES = [name.removesuffix(ORDER) for name in CONTRACTS if name.endswith(ORDER)]


def package_of(service: str) -> Path:
    name = service.lower()
    return ROOT / "services" / name / "src" / f"aiff_{name}"


def test_there_are_services_to_look_at():
    assert {"Gateway", "Portal"} <= set(SERVICES)


@pytest.mark.parametrize("service", SERVICES)
def test_every_folder_has_its_place_in_the_order(service):
    package = package_of(service)
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    assert folders == set(CONTRACTS[f"{service}{ORDER}"]["layers"])
    assert CONTRACTS[f"{service}{ORDER}"]["exhaustive"]
    assert (package / "__main__.py").exists()


@pytest.mark.parametrize("service", SERVICES)
def test_every_capability_is_held_to_the_layers(service):
    held = CONTRACTS[f"{service}: layers inside a capability"]
    names = {container.rpartition(".")[2] for container in held["containers"]}
    assert names == set(CONTRACTS[f"{service}{ORDER}"]["layers"]) - NO_CAPABILITIES
    assert held["exhaustive"]


@pytest.mark.parametrize("layer", ["domain", "application"])
@pytest.mark.parametrize("service", SERVICES)
def test_domain_and_use_cases_of_every_capability_are_kept_plain(service, layer):
    pattern = f"aiff_{service.lower()}.*.{layer}"
    assert any(pattern in contract.get("source_modules", ()) for contract in CONTRACTS.values())
