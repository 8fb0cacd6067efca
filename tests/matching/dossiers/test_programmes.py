"""The programmes' files: complete, sourced, and refused with a place where they are wrong."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from aiff_contracts.codec import Faults
from aiff_matching.dossiers.adapters import packaged_programmes, read_programmes
from aiff_matching.dossiers.domain.schema import programme_schema

ROOT = Path(__file__).parents[3]
PROGRAMMES = packaged_programmes()
BOTH = {"fr": "un texte", "en": "a text"}
QUESTION: dict[str, Any] = {
    "id": "name",
    "section": BOTH,
    "title": BOTH,
    "answer": "text",
    "source": "page",
}


def written(folder: Path, slug: str = "aide", **changes: Any) -> Path:
    """Write a programme's file that is right but for the changes, and return its folder."""
    question = QUESTION | changes.pop("question", {})
    programme = {
        "slug": slug,
        "name": BOTH,
        "apply": {"url": "https://example.org/", "how": BOTH, "when": BOTH, "source": "page"},
        "sources": [
            {
                "id": "page",
                "label": BOTH,
                "url": "https://example.org/",
                "checked_on": "2026-11-30",
                "confidence": "sourced",
            }
        ],
        "questions": [question],
    }
    text = yaml.safe_dump(programme | changes, allow_unicode=True)
    (folder / f"{slug}.yaml").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> dict[str, str]:
    with pytest.raises(Faults) as raised:
        read_programmes(folder)
    return {fault.pointer: fault.detail for fault in raised.value.faults}


def test_the_programmes_that_founders_ask_for_first_have_a_dossier():
    asked = {"eurohpc-playground", "eurohpc-fast-lane", "genci-dynamic-access"}
    assert asked | {"bourse-french-tech", "inria-startup-studio"} <= PROGRAMMES.keys()


def test_every_offer_that_leads_to_a_programme_is_in_the_catalogue():
    listed = {path.stem for path in (ROOT / "data/catalogue").glob("*/*.yaml")}
    named = {offer for programme in PROGRAMMES.values() for offer in programme.offers}
    assert named
    assert named <= listed


@pytest.mark.parametrize("programme", PROGRAMMES.values(), ids=PROGRAMMES)
def test_the_questions_are_a_json_schema_in_both_languages(programme):
    for french in (True, False):
        schema = programme_schema(programme, french=french)
        Draft202012Validator.check_schema(schema)
        assert schema["properties"].keys() == {one.id for one in programme.questions}
        for one in programme.questions:
            shown, texts = schema["properties"][one.id], schema["properties"][one.id]["x-texts"]
            assert shown["title"] == texts["fr" if french else "en"]["title"]
            assert shown.get("x-unit") == one.unit


@pytest.mark.parametrize("programme", PROGRAMMES.values(), ids=PROGRAMMES)
def test_no_source_was_read_before_the_day_of_which_it_speaks(programme):
    for source in programme.sources:
        assert source.as_of is None or source.as_of <= source.checked_on


def test_a_right_file_is_read(tmp_path):
    programme = read_programmes(written(tmp_path))["aide"]
    assert programme.source("page").checked_on.isoformat() == "2026-11-30"


@pytest.mark.parametrize(
    ("question", "pointer", "said"),
    [
        ({"known_from": "profile.nickname"}, "/questions/0", "is no field that can be read"),
        ({"answer": "essay"}, "/questions/0/answer", "Input should be"),
        ({"answer": "boolean", "limits": {"max_words": 9}}, "/questions/0", "limits texts"),
        ({"unit": "EUR"}, "/questions/0", "is for numbers"),
        ({"answer": "choice"}, "/questions/0", "go together"),
        ({"readings": [{"codes": ["a"], "answer": "b"}]}, "/questions/0", "name it in known_from"),
        ({"source": "hearsay"}, "", "hearsay"),
        ({"id": "two words"}, "/questions/0", "is no name"),
        ({"guess": True}, "/questions/0/guess", "unknown field"),
    ],
)
def test_a_wrong_question_is_refused_with_its_place(tmp_path, question, pointer, said):
    told = faults(written(tmp_path, question=question))
    assert said in told[f"aide.yaml{pointer}"]


def test_a_reading_answers_only_what_the_question_admits_and_a_code_once(tmp_path):
    read = {"answer": "boolean", "known_from": "need.compute.task"}
    wrong = read | {"readings": [{"codes": ["lora"], "answer": "maybe"}]}
    assert "does not admit" in faults(written(tmp_path, question=wrong))["aide.yaml/questions/0"]
    twice = [{"codes": ["lora"], "answer": True}, {"codes": ["lora"], "answer": False}]
    told = faults(written(tmp_path, question=read | {"readings": twice}))
    assert "two readings" in told["aide.yaml/questions/0"]


def test_a_file_that_is_no_yaml_or_has_another_name_is_refused(tmp_path):
    (tmp_path / "aide.yaml").write_text("slug: [", encoding="utf-8")
    assert faults(tmp_path).keys() == {"aide.yaml"}
    written(tmp_path, slug="autre").joinpath("autre.yaml").rename(tmp_path / "aide.yaml")
    assert "name the file after it" in faults(tmp_path)["aide.yaml/slug"]


def test_what_is_named_twice_is_refused(tmp_path):
    told = faults(written(tmp_path, questions=[QUESTION, QUESTION]))
    assert "named twice: name" in told["aide.yaml"]


def test_an_offer_leads_to_one_programme_only(tmp_path):
    written(tmp_path, slug="aide", offers=["offre"])
    written(tmp_path, slug="autre", offers=["offre"])
    assert "offre" in faults(tmp_path)["/offers"]
