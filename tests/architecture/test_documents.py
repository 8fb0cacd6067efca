"""What the documents name exists: pages, targets, commands, addresses, settings, decisions."""

import ast
import json
import re
import sys
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from io import StringIO
from runpy import run_module

import pytest
from tests.architecture.documents import CODE, DOCUMENTS, FENCE, FILES, ROOT, text

from aiff_gateway.edge.domain.deprecations import DEPRECATIONS

GUIDE = ROOT / "docs" / "guide" / "operator.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
SETTING = re.compile(
    r"\b(?:AIFF|CATALOG|MATCHING|GATEWAY|PORTAL|KAFKA|OPENSEARCH|OTEL)_[A-Z_]+[A-Z]\b"
)
# Of the libraries, the tests and the engines' own images; no setting of the product.
OTHERS = {
    *("AIFF_CRD_DIR", "AIFF_REQUIRE_ENGINES", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"),
    # Of whoever calls the product.
    *("AIFF_API_URL", "AIFF_API_KEY"),
}
# The programs by the modules whose `main` they run.
PROGRAMS = {"aiff": "aiff_client.cli.app", "aiff-ops": "aiff_local.operating"}
_LINK = r"\[\d+\]\(\S+?\)"
STATUS = re.compile(
    rf"^Status: (?:accepted|superseded by {_LINK})(?:, narrowed by {_LINK}(?:, {_LINK})*)?\.$",
    re.MULTILINE,
)


def anchors(name: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text(name)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def spoken(name: str) -> list[str]:
    """Return everything that a document writes as code."""
    whole = text(name)
    blocks = [line for block in FENCE.findall(whole) for line in block.splitlines()[1:-1]]
    return [*CODE.findall(FENCE.sub("", whole)), *blocks]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_relative_link_leads_somewhere(name):
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text(name))):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        found = (ROOT / name).parent / place if place else ROOT / name
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(str(found.resolve().relative_to(ROOT))), target


def test_the_readme_of_the_kit_names_each_of_its_packages():
    named = re.findall(r"^\| `(\w+)` \|", text("libs/kit/README.md"), re.MULTILINE)
    packages = {path.parent.name for path in (ROOT / "libs/kit/src/aiff_kit").glob("*/__init__.py")}
    assert sorted(named) == sorted(packages)


def test_every_target_that_a_document_names_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    named = {
        (name, target)
        for name in DOCUMENTS
        for said in spoken(name)
        for target in re.findall(r"(?:^|&& |\$ )make ([a-z-]+)", said)
    }
    assert len(named) > 10
    assert {(name, target) for name, target in named if target not in targets} == set()


def commands() -> list[tuple[str, ...]]:
    """Return the commands that the documents name, each as the words after `python -m`."""
    found: set[tuple[str, ...]] = set()
    for name in DOCUMENTS:
        for said in spoken(name):
            for module, rest in re.findall(r"python -m (aiff_[\w<>|]+)((?: [^\s&|;)]+)*)", said):
                words = [word for word in rest.split() if not word.startswith("-")]
                several = re.fullmatch(r"aiff_<([a-z]+\|[a-z|]+)>", module)
                modules = [f"aiff_{one}" for one in several[1].split("|")] if several else [module]
                found |= {(one, *_verbs(words)) for one in modules}
            if (match := re.match(r"(aiff|aiff-ops) (.+)", said)) and match[1] in PROGRAMS:
                found.add((PROGRAMS[match[1]], *_verbs(match[2].split())))
    return sorted(command for command in found if "<" not in command[0])


def _verbs(words: list[str]) -> list[str]:
    verbs: list[str] = []
    for word in words:
        if not re.fullmatch(r"[a-z][a-z-]*", word):
            break
        verbs.append(word)
    return verbs


@cache
def known_verbs(*command: str) -> frozenset[str]:
    """Return the verbs that a command's help lists."""
    module, *verbs = command
    told = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(told), pytest.raises(SystemExit):
        patch.setattr(sys, "argv", [module, *verbs, "--help"])
        patch.setenv("COLUMNS", "200")
        if module in PROGRAMS.values():
            import_module(module).main()
        else:
            run_module(module, run_name="__main__")
    return frozenset(re.findall(r"^\W*([a-z-]+)(?:  |\s*$)", told.getvalue(), re.MULTILINE))


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_that_a_document_names_exists(command):
    module, *verbs = command
    if verbs:
        assert verbs[0] in known_verbs(module)
    if len(verbs) > 1:
        assert verbs[1] in known_verbs(module, verbs[0])


def settings_of_the_code() -> set[str]:
    """Return every variable that a settings class or a command reads."""
    sources = [
        text(name)
        for name in FILES
        if name.endswith(".py") and name.startswith(("services/", "libs/", "deploy/local/"))
    ]
    patterns = (r'validation_alias="(\w+)"', r'environ\.get\("(\w+)"', r'environ\["(\w+)"')
    read = {one for source in sources for each in patterns for one in re.findall(each, source)}
    return {name for name in read if SETTING.fullmatch(name)}


def test_the_operators_guide_names_every_setting_once_and_no_other():
    guide = GUIDE.read_text(encoding="utf-8")
    table = guide.split("\n## Settings\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[A-Z_`, ]+) \|", table, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(set(named))
    assert set(named) == settings_of_the_code()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_names_a_setting_that_nothing_reads(name):
    if name == "CHANGELOG.md" or name.startswith("changes/"):
        return
    said = {one for words in spoken(name) for one in SETTING.findall(words)}
    assert said - settings_of_the_code() - OTHERS == set()


def test_every_address_that_a_document_names_is_in_the_api_document():
    known = json.loads(text("docs/api/openapi.json"))["paths"]
    templates = [re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path)) for path in known]
    named = {
        (name, address)
        for name in DOCUMENTS
        for said in spoken(name)
        for address in re.findall(r"(?:^|[\s'\"(}0-9])(/v1/[^\s'\"?`,;)|]*)", said)
    }
    assert len(named) > 100
    former = [one.pattern.pattern for one in DEPRECATIONS]
    anyone = re.compile("|".join([*templates, *former]))
    assert {(name, address) for name, address in named if not anyone.fullmatch(address)} == set()


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_has_its_number_a_status_and_a_day(path):
    said = path.read_text(encoding="utf-8")
    assert said.startswith(f"# {int(path.stem[:4])}. ")
    assert STATUS.search(said)
    assert re.search(r"^Decided 20\d\d-\d\d-\d\d\.", said, re.MULTILINE)


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.stem[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_and_the_one_that_narrows_it_lead_to_each_other(path):
    said = path.read_text(encoding="utf-8")
    status = STATUS.search(said)[0]
    for number, file in re.findall(r"\[(\d+)\]\((\S+?)\)", status):
        assert file.startswith(f"{int(number):04}-")
        assert path.name in (path.parent / file).read_text(encoding="utf-8")
    decided = re.search(r"^Decided .*(?:\n.+)*", said, re.MULTILINE)[0]
    for file in re.findall(r"Narrows \[\d+\]\((\S+?)\)", decided):
        other = STATUS.search((path.parent / file).read_text(encoding="utf-8"))[0]
        assert path.name in other


def test_the_decision_on_hot_reads_counts_their_statements():
    sources = [name for name in FILES if re.search("aiff_catalog/.*/adapters/reads.py$", name)]
    statements = [
        node.targets[0].id
        for source in sources
        for node in ast.parse(text(source)).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        # What two statements begin with is none.
        and node.targets[0].id != "_DOCUMENT"
        and re.search(r"SELECT|_DOCUMENT", ast.unparse(node.value))
    ]
    document = "docs/decisions/0008-hot-reads-on-postgresql-use-the-driver.md"
    (said,) = re.findall(r"has (\d+) fixed statements", text(document))
    assert int(said) == len(statements)
