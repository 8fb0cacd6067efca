"""How far a question travels: floors of the import graph, and packages that a request enters.

A package is a folder that holds modules. Who changes a decision has to know the floors below it.
"""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest
from tests.matching.documents import STARTUP, published
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_kit.auth import Principal
from aiff_kit.clock import utc_now
from aiff_kit.db import upgrade
from aiff_matching.answers.entrypoints.http.matches import match_offers
from aiff_matching.answers.entrypoints.http.schemas import MatchRequest
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.offers.application.rebuilding import ProjectionRebuild
from aiff_matching.shared.migrations import MIGRATIONS

SOURCES = Path(__file__).resolve().parents[2] / "services" / "matching" / "src"
DECISION = "aiff_matching.answers.domain.matching"
FLOORS = 10
PACKAGES = 12
# All parts of a need, so that a question goes wherever one can go.
QUESTION = {
    "profile": STARTUP | {"headcount": {"min": 4, "max": 60}, "prior_aid": ["bourse-french-tech"]},
    "need": {
        "description": "entraîner un modèle de langue sur des données de santé",
        "compute": {"task": "lora", "gpu_hours": 20_000, "gpu_model": "H100 SXM"},
        "funding": {"amount_eur": 300_000},
        "training": {"level": "advanced"},
        "incubation": {"remote_ok": True},
    },
}


def file_of(module: str) -> Path | None:
    path = SOURCES.joinpath(*module.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.exists()), None)


@cache
def imported(module: str) -> frozenset[str]:
    tree = ast.parse(file_of(module).read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("aiff_matching"):
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name for name in below if file_of(name)} or {node.module}
    return frozenset(names)


def needed(module: str) -> set[str]:
    found, waiting = set(), [module]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(imported(name))
    return found


def package_of(module: str) -> str:
    return module.rpartition(".")[0]


def floors(modules: set[str]) -> dict[str, int]:
    below: dict[str, set[str]] = {package_of(module): set() for module in modules}
    for module in modules:
        below[package_of(module)] |= {package_of(name) for name in imported(module)}

    def floor(package: str, above: tuple[str, ...] = ()) -> int:
        assert package not in above, f"a cycle of packages: {above}"
        lower = below[package] - {package}
        return 1 + max((floor(one, (*above, package)) for one in lower), default=0)

    return {package: floor(package) for package in below}


def test_what_a_match_needs_is_a_house_of_few_floors():
    assert max(floors(needed(DECISION)).values()) <= FLOORS


@pytest.fixture
def matching(tmp_path):
    settings = MatchingSettings(AIFF_DATA_DIR=tmp_path, MATCHING_DATABASE_URL=None)
    upgrade(settings.database_url, MIGRATIONS)
    service = Matching(settings)
    offers = [published(candidate.offer) for candidate in real_catalogue().candidates]
    ProjectionRebuild(service.base.unit_of_work, lambda: iter(offers), utc_now).run()
    # Compiling changed offers is not part of a question.
    service.offers.catalogue.current()
    yield service
    service.close()


def test_a_match_request_enters_few_packages(matching):
    entered = set()

    def watch(frame, event, _argument):
        if event == "call" and frame.f_code.co_filename.startswith(str(SOURCES)):
            entered.add(str(Path(frame.f_code.co_filename).parent.relative_to(SOURCES)))

    question, asker = parse(MatchRequest, QUESTION), Principal("alice", "acme", frozenset())
    sys.setprofile(watch)
    try:
        answer = match_offers(question, matching.matches, matching.experience.meter, asker)
    finally:
        sys.setprofile(None)
    assert answer.status_code == 200
    assert "aiff_matching/answers/domain" in entered
    assert len(entered) <= PACKAGES, sorted(entered)
