"""Hostile words in every field show as text, on the screen and on every page that follows."""

import json

import httpx2
import pytest
from tests.portal.backend import ATTACK
from tests.portal.needs.stories import HEALTH, PAGES

from aiff_portal.needs.domain.asking.fields import FIELDS
from aiff_portal.needs.domain.asking.state import REASONS, WEIGHED

TERMS = [
    ATTACK,
    "</textarea><script>alert(1)</script>",
    '" onfocus=alert(1) autofocus x="',
    "{{ 7 * 7 }}{% raw %}",
    "</title></svg><script>alert(1)</script>",
    "\u202egnp.exe",
    "&lt;mark&gt;<mark>",
    "=cmd|' /C calc'!A0",
]
CARRIED = ["step", "asked", "before", "show", "go", "drop", "back_in", "aside", "programme"]


@pytest.mark.parametrize("term", TERMS)
async def test_hostile_words_act_on_no_page(screen, term):
    words = [("description", term), ("title", term[:200]), ("name", term[:160])]
    for page in PAGES:
        await screen.send(f"/fr/needs/{page}", [*HEALTH, *words, ("gpu_model", term[:60])])
        assert screen.page.status_code == 200
        assert "<script>" not in screen.text
        assert "<img src=x" not in screen.text


@pytest.mark.parametrize("term", TERMS)
async def test_what_was_written_is_read_as_it_was_written(screen, term):
    await screen.send("/en/needs", [("description", term), ("step", "what"), ("go", "show")])
    assert screen.carried("/en/needs")["description"] == [term.strip()]


async def test_every_name_of_a_form_may_hold_anything(screen):
    for name in (*FIELDS, *CARRIED, *(f"weight_{one}" for one in WEIGHED)):
        await screen.send("/fr/needs", [(name, ATTACK), (name, TERMS[2]), ("go", "show")])
        assert screen.page.status_code == 200
        assert "<script>" not in screen.text


@pytest.mark.parametrize("name", CARRIED)
@pytest.mark.parametrize("page", ["answers", "dossier"])
async def test_every_mark_of_a_page_may_hold_anything(screen, name, page):
    await screen.send(f"/fr/needs/{page}", [(name, ATTACK), (name, TERMS[2])])
    assert screen.page.status_code in {200, 404, 422}
    assert "<script>" not in screen.text


async def test_hostile_texts_of_the_api_show_as_text(screen, backend):
    await screen.send("/fr/needs/answers", HEALTH)
    answer = await backend.handle_async_request(backend.asked[-1])
    answered = json.loads(await answer.aread())
    for item in answered["items"]:
        for text in (item["offer"]["title"], item["offer"]["summary"], item["sentence"]):
            text["fr"] = ATTACK
        item["offer"]["provider"] = ATTACK
        for reason in item["reasons"]["passing"]:
            reason["sentence"]["fr"] = reason["source"] = ATTACK
    backend.instead = lambda _request: httpx2.Response(200, json=answered)
    await screen.send("/fr/needs/answers", [*HEALTH, ("aside", f"jei:{REASONS[0]}")])
    assert screen.page.status_code == 200
    assert "<script>" not in screen.text
    assert ATTACK in "".join(screen.outline.text)
