"""The result: what the API answered, grouped, with its reasons and what a reader does with it."""

import json
import re

import pytest
from tests.portal.needs.stories import FINE_TUNING, HEALTH, HEAVIEST, PAGES

VERDICTS = ("eligible", "to_confirm", "unknown", "closed", "not_eligible")


async def document_of(backend):
    """Return what the API answered to the last question of the page."""
    answer = await backend.handle_async_request(backend.asked[-1])
    return json.loads(await answer.aread())


def counts_on(text):
    return {
        name: int(count) for name, count in re.findall(r'id="group-(\w+)">[^(]*\((\d+)\)', text)
    }


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("need", [HEALTH, FINE_TUNING, []])
async def test_every_page_is_whole_light_and_for_its_reader_only(screen, language, page, need):
    await screen.send(f"/{language}/needs/{page}", need)
    assert screen.page.status_code == 200
    assert screen.page.headers["Cache-Control"] == "private, no-store"
    assert len(screen.page.content) < HEAVIEST
    shown = " ".join(screen.outline.text)
    codes = r"\b(None|True|False|gpu_hour|by_recommendation|to_confirm|not_eligible|eu_hosted)\b"
    assert re.findall(codes, shown) == []


async def test_groups_and_counts_are_those_of_the_api(screen, backend):
    await screen.send("/fr/needs/answers", HEALTH)
    answer = await document_of(backend)
    assert counts_on(screen.text) == {name: one for name, one in answer["counts"].items() if one}
    for verdict in VERDICTS:
        items = [one for one in answer["items"] if one["verdict"] == verdict][:5]
        section = screen.text.partition(f'id="group-{verdict}"')[2].partition("</section>")[0]
        assert re.findall(r'<li class="hit" id="([a-z0-9-]+)"', section) == [
            one["offer"]["slug"] for one in items
        ]


async def test_a_refusal_says_what_stands_against_it_and_what_would_change_it(screen, backend):
    await screen.send("/en/needs/answers", HEALTH)
    answer = await document_of(backend)
    shown_of_group = [one for one in answer["items"] if one["verdict"] == "not_eligible"][:5]
    refused = next(one for one in shown_of_group if one["counterfactuals"])
    shown = "".join(screen.outline.text)
    assert refused["reasons"]["failing"][0]["sentence"]["en"] in shown
    assert refused["counterfactuals"][0]["sentence"]["en"] in shown


async def test_a_deadline_is_shown_and_an_unknown_one_is_said(screen, backend):
    await screen.send("/fr/needs/answers", HEALTH)
    answer = await document_of(backend)
    assert any(one["deadline"] for one in answer["items"])
    assert re.search(r"Date limite\xa0: <strong>\d+(er)? \w+ 202\d", screen.text)
    assert 'Date limite\xa0: <span class="unknown">non publié</span>' in screen.text


async def test_an_answer_on_the_spot_shows_what_it_changed(screen, backend):
    await screen.send("/fr/needs/answers", HEALTH)
    before = counts_on(screen.text)
    question = (await document_of(backend))["next_question"]
    assert question["question"]["fr"].replace("'", "&#39;") in screen.text
    value = question["choices"][0]["code"] if question["choices"] else "100 000"
    await screen.press("Répondre", **{question["attribute"]: value})
    now = counts_on(screen.text)
    assert "Ce que votre réponse a changé" in screen.text
    told = re.findall(r"<li>[^<]+ : (\d+) avant, (\d+) maintenant</li>", screen.text)
    changed = [
        (before.get(name, 0), now.get(name, 0))
        for name in VERDICTS
        if before.get(name, 0) != now.get(name, 0)
    ]
    assert [(int(one), int(two)) for one, two in told] == changed != []


async def test_an_offer_that_is_not_for_me_leaves_and_comes_back(screen):
    await screen.send("/fr/needs/answers", HEALTH)
    slug = re.search(r'<li class="hit" id="([a-z0-9-]+)"', screen.text)[1]
    await screen.send("/fr/needs/answers", [*HEALTH, ("aside", f"{slug}:expensive")])
    assert f'<li class="hit" id="{slug}"' not in screen.text
    assert "Mises de côté par vous" in screen.text
    assert screen.carried("/fr/needs/answers")["aside"] == [f"{slug}:expensive"]
    await screen.press("Reprendre")
    assert f'<li class="hit" id="{slug}"' in screen.text
    assert "Mises de côté par vous" not in screen.text


async def test_a_moved_weight_is_sent_kept_and_shown(screen, backend):
    await screen.send("/fr/needs/answers", HEALTH)
    assert "weights" not in json.loads(backend.asked[-1].content)
    await screen.press("Reclasser", weight_cost="15.5", weight_text="0")
    weights = json.loads(backend.asked[-1].content)["weights"]
    assert (weights["cost"], weights["text"]) == (15.5, 0)
    assert "15,5</output>" in screen.text
    await screen.press("Plan de calcul")
    await screen.press("Revenir au résultat")
    assert json.loads(backend.asked[-1].content)["weights"]["cost"] == 15.5


async def test_an_answer_can_be_taken_back_where_it_is_listed(screen, backend):
    await screen.send("/en/needs/answers", HEALTH)
    drop = [one for one in screen.outline.named("button") if one.get("value") == "headcount"]
    assert drop[0]["aria-label"] == "Remove this answer: Headcount"
    await screen.send("/en/needs/answers", [*HEALTH, ("drop", "headcount")])
    assert "headcount" not in json.loads(backend.asked[-1].content)["profile"]


async def test_more_of_a_group_is_shown_when_it_is_asked_for(screen):
    await screen.send("/fr/needs/answers", HEALTH)
    shown = screen.text.count('<li class="hit"')
    await screen.press("Voir ")
    assert screen.text.count('<li class="hit"') > shown


async def test_who_finds_nothing_is_told_what_could_be_loosened(screen, backend):
    alone = [("kinds", "compute"), ("sovereignty", "sovereign_strict"), ("country", "US")]
    await screen.send("/fr/needs/answers", [*alone, ("organisation_type", "individual")])
    counts = (await document_of(backend))["counts"]
    likely = sum(counts[name] for name in VERDICTS[:3])
    assert ("Rien ne convient en l&#39;état" in screen.text) is (likely == 0)
    assert "Laissées hors du résultat" in screen.text or likely == 0


async def test_skipped_kinds_do_not_narrow_what_is_described(screen, backend):
    await screen.send("/fr/needs/answers", [("gpu_hours", "100")])
    assert len(json.loads(backend.asked[-1].content)["need"]["kinds"]) == 7
