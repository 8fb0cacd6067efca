"""Every service and every capability speaks the grammar that docs/grammar.md shows."""

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest
import typer
from pydantic_settings import BaseSettings

from aiff_kit.db import Transaction
from aiff_kit.service import Service, ServiceSettings, UnitOfWork

ROOT = Path(__file__).resolve().parents[2]
SERVICES = sorted(path.parent.name for path in ROOT.glob("services/*/src"))
MOST_SETTINGS = 12
MOST_LINES_OF_A_ROUTE = 12
VERBS = {"delete", "get", "patch", "post", "put"}


def package(service: str) -> Path:
    return ROOT / "services" / service / "src" / f"aiff_{service}"


def main_of(service: str, module: str):
    return import_module(f"aiff_{service}.main.{module}")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(service: str, layer: str) -> list[Path]:
    """Return the modules of a layer of all capabilities, whether it is a module or a package."""
    folder = package(service)
    return sorted({*folder.glob(f"*/{layer}.py"), *folder.glob(f"*/{layer}/**/*.py")})


def capability_of(service: str, path: Path) -> str:
    return path.relative_to(package(service)).parts[0]


def classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in parsed(path).body if isinstance(node, ast.ClassDef))


def is_protocol(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).split("[")[0] == "Protocol" for base in node.bases)


def methods(node: ast.ClassDef) -> set[str]:
    return {one.name for one in node.body if isinstance(one, ast.FunctionDef)}


def imported(path: Path) -> set[tuple[str, str]]:
    """Return what a module imports by name: from where, and what."""
    froms = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom))
    return {(node.module or "", alias.name) for node in froms for alias in node.names}


def routes(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            calls = (one.func for one in node.decorator_list if isinstance(one, ast.Call))
            if any(isinstance(one, ast.Attribute) and one.attr in VERBS for one in calls):
                yield node


def lines_of_body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_there_are_services_routes_and_ports_to_look_at():
    assert {"catalog", "gateway", "matching", "portal"} <= set(SERVICES)
    found = [
        one for name in SERVICES for path in modules(name, "entrypoints") for one in routes(path)
    ]
    assert len(found) > 100
    ports = [path for name in SERVICES for path in modules(name, "application")]
    assert sum(is_protocol(node) for path in ports for node in classes(path)) > 50


@pytest.mark.parametrize("service", SERVICES)
def test_settings_are_one_aggregate_of_small_classes(service):
    settings = main_of(service, "settings").Settings
    assert issubclass(settings, ServiceSettings)
    assert is_dataclass(settings)
    hints = get_type_hints(settings)
    for field in fields(settings):
        part = hints[field.name]
        assert issubclass(part, BaseSettings), field.name
        assert len(part.model_fields) <= MOST_SETTINGS, field.name


@pytest.mark.parametrize("service", SERVICES)
def test_processes_and_commands_follow_from_what_a_service_says_of_itself(service):
    said = main_of(service, "service").SERVICE
    assert isinstance(said, Service)
    assert said.name == service
    assert said.settings is main_of(service, "settings").Settings
    assert callable(main_of(service, "app").create_app)
    assert isinstance(main_of(service, "cli").cli, typer.Typer)
    text = (package(service) / "main" / "cli.py").read_text(encoding="utf-8")
    assert "cli = command_line(SERVICE)" in text


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_with_a_database_has_one_unit_of_work(service):
    if main_of(service, "service").SERVICE.database is None:
        assert not (package(service) / "main" / "unit_of_work.py").exists()
        return
    derived = main_of(service, "unit_of_work").SqlUnitOfWork
    assert issubclass(derived, UnitOfWork)
    # What begins and ends a transaction is the kit's.
    assert derived.__enter__ is UnitOfWork.__enter__
    assert derived.commit is UnitOfWork.commit
    begun = [
        path
        for path in package(service).rglob("*.py")
        if ("aiff_kit.db", Transaction.__name__) in imported(path)
    ]
    assert begun == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_capability_with_use_cases_is_wired_in_one_place(service):
    with_use_cases = {capability_of(service, path) for path in modules(service, "application")}
    wiring = package(service) / "main" / "wiring"
    assert with_use_cases <= {path.stem for path in wiring.glob("*.py")}
    for name in with_use_cases:
        body = parsed(wiring / f"{name}.py").body
        assert any(isinstance(one, ast.FunctionDef) and one.returns for one in body), name


@pytest.mark.parametrize("service", SERVICES)
def test_the_ports_of_a_capability_stand_together(service):
    elsewhere = [
        f"{path.relative_to(package(service))}: {node.name}"
        for path in modules(service, "application")
        if path.stem not in {"application", "ports"}
        for node in classes(path)
        if is_protocol(node)
    ]
    assert elsewhere == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_port_says_what_is_asked_and_does_nothing(service):
    ports = [path for path in modules(service, "application") if path.stem == "ports"]
    doing = [
        f"{path.relative_to(package(service))}: {node.name}"
        for path in ports
        for node in classes(path)
        if not is_protocol(node)
        and not any("dataclass" in ast.unparse(one) for one in node.decorator_list)
    ]
    assert doing == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_route_is_short(service):
    long = [
        f"{path.relative_to(package(service))}:{node.lineno} {node.name}"
        for path in modules(service, "entrypoints")
        for node in routes(path)
        if lines_of_body(node) > MOST_LINES_OF_A_ROUTE
    ]
    assert long == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_step_of_the_worker_never_serves_a_request(service):
    steps = {
        node.name
        for path in modules(service, "application")
        for node in classes(path)
        if "step" in methods(node)
    }
    serving = [
        f"{path.relative_to(package(service))}: {name}"
        for path in modules(service, "entrypoints")
        if is_of_the_web(path)
        for _, name in imported(path)
        if name in steps
    ]
    assert serving == []


def is_of_the_web(path: Path) -> bool:
    """Tell whether a module has routes, or stands among those that have."""
    return "http" in path.parts or path.stem == "http" or any(routes(path))
