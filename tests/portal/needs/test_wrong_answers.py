"""What cannot be used is said beside its field and reaches no API, and no page falls."""

import json

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.portal.backend import ATTACK
from tests.portal.outline import Outline

from aiff_portal.needs.domain.asking import reading
from aiff_portal.needs.domain.asking.fields import FIELDS
from aiff_portal.needs.domain.asking.state import State, state_of

HUGE = "1" + "0" * 400
WRONG = [
    *(("headcount", text) for text in ("12,5 k", "-3", HUGE, "douze", "1e5", "²", "NaN")),
    *(("gpu_hours", text) for text in ("-1", HUGE, "beaucoup", "12 h", "∞", "1e400")),
    *(("amount_eur", text) for text in ("-5 k€", "5 $", HUGE)),
    *(("created_on", text) for text in ("2026-02-30", "31/02/2024", "2024", "hier", "0000-00-00")),
    ("organisation_type", "king"),
    ("country", "ZZ"),
    ("site", "REG-9999"),
    ("kinds", "everything"),
    ("sectors", "any"),
    ("stage", "any"),
    ("data_class", "<script>"),
    ("title", "x" * 201),
    ("description", "y" * 5001),
    ("gpu_model", "a\0b"),
    ("trl", "12"),
    ("rd_expense_ratio", "150 %"),
    ("siren", "12345"),
]


def faulty(page):
    outline = Outline(page.text)
    outline.check()
    return {
        link.removeprefix("#")
        for link in outline.links()
        if link.startswith("#") and link != "#content"
    }


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("name", "text"), WRONG)
async def test_a_wrong_answer_is_said_at_its_field_and_sent_nowhere(
    screen, backend, language, name, text
):
    await screen.send(
        f"/{language}/needs/answers", [(name, text), ("country", "FR")][: 1 + (name != "country")]
    )
    assert screen.page.status_code == 422
    assert screen.page.headers["Cache-Control"] == "no-store"
    assert faulty(screen.page) == {name}
    assert backend.asked == []
    words = FIELDS[name].help[language == "en"]
    assert screen.text.count(words.replace("'", "&#39;")) == 2


async def test_what_was_written_stands_in_the_field_to_be_corrected(screen):
    await screen.open("/fr/needs?kind=compute")
    await screen.press("Continuer")
    await screen.press("Continuer", headcount="12,5 k", created_on="31/02/2024", country="FR")
    assert faulty(screen.page) == {"headcount", "created_on"}
    fields = {one.get("id"): one for one in screen.outline.named("input")}
    assert fields["headcount"]["value"] == "12,5 k"
    assert fields["created_on"]["value"] == "31/02/2024"
    assert fields["headcount"]["aria-invalid"] == "true"
    assert fields["headcount"]["aria-describedby"] == "headcount-hint headcount-fault"
    await screen.press("Continuer", headcount="12", created_on="2024-02-28")
    assert "Où en est votre projet" in screen.text


async def test_answers_that_contradict_each_other_are_said_where_to_look_again(screen, backend):
    await screen.send("/fr/needs/answers", [("country", "DE"), ("site", "REG-11")])
    assert faulty(screen.page) == {"site"}
    await screen.send(
        "/fr/needs/answers", [("has_legal_entity", "no"), ("created_on", "2024-01-01")]
    )
    assert faulty(screen.page) == {"created_on"}
    assert backend.asked == []


async def test_a_field_that_the_api_refuses_is_shown_in_the_readers_language(screen, backend):
    problem = {"errors": [{"pointer": "/need/compute/gpu_hours/max", "detail": "too large"}]}
    backend.instead = lambda _request: httpx2.Response(422, json=problem)
    await screen.send("/fr/needs/answers", [("kinds", "compute"), ("gpu_hours", "5")])
    assert screen.page.status_code == 422
    assert faulty(screen.page) == {"gpu_hours"}
    assert "Écrivez un nombre" in screen.text


async def test_a_refusal_that_names_no_field_is_told_as_the_service_told_it(screen, backend):
    problem = {"errors": [{"pointer": "/profile", "detail": "contradiction"}]}
    backend.instead = lambda _request: httpx2.Response(422, json=problem)
    await screen.send("/fr/needs/answers", [("kinds", "compute")])
    assert screen.page.status_code == 422
    assert "contradiction" in screen.text


async def test_an_older_or_a_forged_form_is_read_as_far_as_it_can_be(screen, backend):
    await screen.send(
        "/fr/needs/answers",
        [
            ("kinds", "funding"),
            ("a_field_of_old", "1"),
            ("profile", '{"country":"FR"}'),
            ("weight_cost", "-7"),
            ("weight_money", "7"),
            ("aside", "../../etc:late"),
            ("aside", "jei:because"),
            ("before", "1.2"),
            ("asked", "__class__"),
            ("step", "nowhere"),
            ("go", "away"),
            ("show", ATTACK),
        ],
    )
    assert screen.page.status_code == 200
    (asked,) = backend.asked
    sent = json.loads(asked.content)
    assert sent == {
        "profile": {},
        "need": {"kinds": ["funding"]},
        "limit": 100,
        "group": "verdict",
    }


@pytest.mark.parametrize("page", ["", "/answers", "/plan", "/journey", "/dossier"])
async def test_a_form_that_no_page_sends_is_a_clear_page(client, backend, page):
    address = f"/fr/needs{page}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    huge = await client.post(address, content="description=" + "a" * 70_000, headers=form)
    assert huge.status_code == 413
    assert "trop long" in huge.text
    many = await client.post(address, content="kinds=compute&" * 600, headers=form)
    assert many.status_code == 422
    json_ = await client.post(address, json={"kinds": ["compute"]})
    assert json_.status_code == 422
    for answer in (huge, many, json_):
        Outline(answer.text).check()
    assert backend.asked == []


def test_every_field_refuses_what_its_words_call_wrong_and_reads_nothing_as_zero():
    for field in FIELDS.values():
        with pytest.raises(reading.UnreadableError):
            field.read(("\0",))
        assert state_of([(field.name, " ")]).question() == {"profile": {}, "need": {}}


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=60))
def test_any_text_in_any_field_is_a_value_of_the_api_or_a_fault(name, text):
    state = state_of([(name, text)])
    assert set(state.answers) == set(state.values) | set(state.faults)
    json.dumps(state.question(), allow_nan=False)


@given(
    st.lists(st.tuples(st.sampled_from([*FIELDS, "aside", "weight_cost"]), st.text(max_size=30)))
)
def test_what_a_form_carries_is_read_again_as_it_was(pairs):
    state = state_of(pairs)
    again = state_of(list(state.pairs()))
    assert isinstance(again, State)
    assert (again.answers, again.weights, again.aside) == (
        state.answers,
        state.weights,
        state.aside,
    )


@given(st.integers(0, 10**12), st.sampled_from(["fr", "en"]))
def test_whole_amounts_are_read_as_they_are_written(amount, language):
    written = f"{amount:,}".replace(",", "\u202f" if language == "fr" else ",")
    assert reading.amount(1e15)([written]) == amount
