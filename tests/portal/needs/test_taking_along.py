"""Journey and dossier: read, printed, and taken along as the files of the API."""

import html
import json
import re

import pytest
from tests.portal.needs.stories import HEALTH

PLAYGROUND = [*HEALTH, ("programme", "eurohpc-playground")]


async def asked_again(backend):
    answer = await backend.handle_async_request(backend.asked[-1])
    return await answer.aread()


async def test_a_journey_has_the_steps_of_the_api_in_their_order(screen, backend):
    await screen.send("/fr/needs/journey", HEALTH)
    journey = json.loads(await asked_again(backend))
    timeline = screen.text.partition('<ol class="timeline">')[2].partition("</ol>")[0]
    assert re.findall(r'<h3><a href="/fr/offers/([a-z0-9-]+)"', timeline) == [
        one["offer"]["slug"] for one in journey["steps"]
    ]
    assert [one["title"]["fr"] in html.unescape(screen.text) for one in journey["stages"]] == [
        True
    ] * 7


@pytest.mark.parametrize(("language", "name"), [("fr", "parcours.ics"), ("en", "journey.ics")])
async def test_the_calendar_is_the_apis_own(client, backend, language, name):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    pairs = "&".join(f"{one}={value}" for one, value in HEALTH if " " not in value)
    sent = await client.post(f"/{language}/needs/journey.ics", content=pairs, headers=form)
    assert sent.status_code == 200
    assert sent.headers["Content-Type"].startswith("text/calendar")
    assert name in sent.headers["Content-Disposition"]
    assert sent.headers["Cache-Control"] == "private, no-store"
    assert sent.content == await asked_again(backend)
    assert sent.content.startswith(b"BEGIN:VCALENDAR")


async def test_a_question_of_a_journey_is_answered_on_its_own_screen(screen, backend):
    await screen.send("/fr/needs/journey", HEALTH)
    attribute = json.loads(await asked_again(backend))["to_clarify"][0]["attribute"]
    await screen.send(
        "/fr/needs", [*HEALTH, ("step", "last"), ("go", "show"), ("asked", attribute)]
    )
    assert any(one.get("name") == attribute for one in screen.outline.named("input"))


async def test_a_dossier_is_filled_as_far_as_the_answers_go(screen, backend):
    await screen.send("/fr/needs/dossier", PLAYGROUND)
    dossier = json.loads(await asked_again(backend))
    filled = [one for one in dossier["questions"] if one["answer"]]
    assert f"{len(filled)} réponses sur {len(dossier['questions'])}" in screen.text
    assert screen.text.count('<li class="answered">') == len(filled) >= 3
    assert screen.text.count('<li class="open">') == len(dossier["missing"])
    assert "d&#39;après «\xa0Pays d&#39;établissement\xa0»" in screen.text.replace("&nbsp;", "\xa0")
    assert "<strong>France</strong>" in screen.text
    assert re.search(r"vérifié le \d+(er)? \w+ 202\d", screen.text)


async def test_what_is_missing_is_filled_on_the_page_of_the_dossier(screen, backend):
    await screen.send("/en/needs/dossier", PLAYGROUND)
    before = screen.text.count('<li class="answered">')
    await screen.press("Fill the dossier", name="Santé IA SAS", title="Comptes rendus")
    sent = json.loads(backend.asked[-1].content)
    assert sent["profile"]["name"] == "Santé IA SAS"
    assert screen.text.count('<li class="answered">') == before + 2
    assert "<strong>Santé IA SAS</strong>" in screen.text


async def test_the_table_of_a_dossier_is_the_apis_own(client, backend):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    content = "programme=genci-dynamic-access&country=FR"
    sent = await client.post("/fr/needs/dossier.csv", content=content, headers=form)
    assert sent.status_code == 200
    assert sent.headers["Content-Type"].startswith("text/csv")
    assert "dossier-genci-dynamic-access.csv" in sent.headers["Content-Disposition"]
    assert sent.content == await asked_again(backend)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_each_programme_opens_its_dossier(screen, backend, language):
    await screen.open(f"/{language}/needs/dossier")
    slugs = [
        one["value"] for one in screen.outline.named("button") if one.get("name") == "programme"
    ]
    assert len(slugs) >= 5
    for slug in slugs:
        await screen.send(f"/{language}/needs/dossier", [("programme", slug)])
        assert screen.page.status_code == 200


async def test_a_programme_without_a_dossier_is_not_found(screen):
    await screen.send("/fr/needs/dossier", [("programme", "nowhere")])
    assert screen.page.status_code == 404
