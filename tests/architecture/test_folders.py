"""A folder is read in one look, and the folders of a service say what it does."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = 15
SERVICES = ("catalog", "matching", "gateway", "portal")
CODE = ("libs", "services", "deploy", "clients", "scripts", "bench", "tests")
# Migrations are a sequence, not a folder to choose a file from.
SEQUENCES = {"versions"}
LAYERS = {"domain", "application", "adapters", "entrypoints"}
# Not capabilities: what they stand on, and what wires them.
BESIDE = {"shared", "main"}
PROGRAM = {"__init__", "__main__"}


def package(service: str) -> Path:
    return ROOT / "services" / service / "src" / f"aiff_{service}"


def modules(folder: Path) -> list[Path]:
    """Return what a folder holds of Python: its modules and its packages."""
    found = [path for path in folder.iterdir() if path.suffix == ".py" or any(path.glob("*.py"))]
    return [path for path in found if path.stem not in PROGRAM]


def capabilities(service: str) -> list[Path]:
    return [path for path in modules(package(service)) if path.stem not in BESIDE]


def test_no_folder_holds_more_than_fifteen_modules():
    files = (path for base in CODE for path in (ROOT / base).rglob("*.py"))
    kept = [path for path in files if path.name != "__init__.py" and "build" not in path.parts]
    counted = Counter(path.parent for path in kept if path.parent.name not in SEQUENCES)
    full = {str(folder.relative_to(ROOT)): n for folder, n in counted.items() if n > MODULES}
    assert full == {}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_cut_into_capabilities_that_are_folders(service):
    assert (package(service) / "__main__.py").exists()
    assert (package(service) / "main").is_dir()
    assert [path.name for path in capabilities(service) if not path.is_dir()] == []
    assert {path.stem for path in capabilities(service)}.isdisjoint(LAYERS)


@pytest.mark.parametrize("service", SERVICES)
def test_a_capability_holds_its_layers_and_data_and_nothing_else(service):
    others = {
        f"{capability.name}/{path.name}"
        for capability in capabilities(service)
        for path in modules(capability)
        if path.stem not in LAYERS
    }
    assert others == set()


@pytest.mark.parametrize("service", SERVICES)
def test_a_class_name_is_used_once_in_a_service(service):
    places: dict[str, list[str]] = {}
    for path in package(service).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(path.relative_to(package(service))))
    twice = {name: sorted(found) for name, found in places.items() if len(found) > 1}
    assert twice == {}
