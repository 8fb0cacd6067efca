"""The guided need: at most five steps, anything can be skipped, nothing that was said is lost."""

import json
import re

import pytest

WORDS = {
    "fr": {"next": "Continuer", "skip": "Passer", "back": "Revenir", "finish": "Voir le résultat"},
    "en": {"next": "Continue", "skip": "Skip", "back": "Go back", "finish": "See the result"},
}


def asked(backend):
    """Return the questions that were put to the API, in their order."""
    return [(str(one.url.path), json.loads(one.content)) for one in backend.asked if one.content]


def place(screen):
    return [int(number) for number in re.search(r"(\d) (?:sur|of) (\d)", screen.text).groups()]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_five_steps_lead_to_an_answer(screen, backend, language):
    words, home = WORDS[language], f"/{language}/needs"
    await screen.open(home)
    assert screen.page.headers["Cache-Control"].startswith("public")
    await screen.press(words["next"], kinds=["compute", "funding"], description="GPU santé")
    assert place(screen) == [2, 5]
    assert screen.page.headers["Cache-Control"] == "private, no-store"
    await screen.press(words["next"], organisation_type="startup", country="FR", site="REG-11")
    await screen.press(words["skip"], title="n'est pas gardé")
    assert place(screen) == [4, 5]
    await screen.press(words["next"], gpu_hours="20 000", gpu_model="H100", amount_eur="150 k€")
    assert place(screen) == [5, 5]
    assert backend.asked[-1].url.path == "/v1/matches"
    await screen.press(words["finish"])
    assert screen.page.url.path == f"{home}/answers"
    assert screen.page.url.query == b""
    _, question = asked(backend)[-1]
    assert question["profile"] == {
        "organisation_type": "startup",
        "country": "FR",
        "sites": ["REG-11"],
    }
    assert question["need"] == {
        "kinds": ["compute", "funding"],
        "description": "GPU santé",
        "compute": {"gpu_hours": 20_000, "gpu_model": "H100"},
        "funding": {"amount_eur": 150_000},
    }


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_who_skips_all_gets_an_answer_and_sends_nothing(screen, backend, language):
    words = WORDS[language]
    await screen.open(f"/{language}/needs")
    for _ in range(4):
        if screen.page.url.path.endswith("answers"):
            break
        await screen.press(words["skip"])
    assert screen.page.url.path == f"/{language}/needs/answers"
    assert all(body["profile"] == body["need"] == {} for _, body in asked(backend))


async def test_money_and_hours_are_asked_only_of_those_who_look_for_them(screen):
    for kinds, wanted, unwanted in (
        (["training"], (), ("gpu_hours", "amount_eur")),
        (["compute"], ("gpu_hours", "data_class", "start"), ("amount_eur",)),
        (["funding"], ("amount_eur",), ("gpu_hours", "gpu_model")),
    ):
        shown = set()
        await screen.open("/fr/needs")
        await screen.press("Continuer", kinds=kinds)
        for _ in range(3):
            if screen.page.url.path.endswith("answers"):
                break
            shown |= {
                one["name"] for one in screen.outline.named("input") if one["type"] != "hidden"
            }
            await screen.press("Passer")
        assert set(wanted) <= shown, kinds
        assert shown.isdisjoint(unwanted), kinds


async def test_going_back_keeps_what_was_said_on_both_screens(screen):
    await screen.open("/fr/needs")
    await screen.press("Continuer", kinds=["compute"], description="robots")
    await screen.press("Revenir", headcount="6", country="FR")
    assert screen.carried("/fr/needs")["description"] == ["robots"]
    assert screen.carried("/fr/needs")["kinds"] == ["compute"]
    await screen.press("Continuer")
    assert screen.carried("/fr/needs")["headcount"] == ["6"]
    assert {"value": "FR", "selected": None} in screen.outline.named("option")


async def test_the_other_language_keeps_what_was_said(screen):
    await screen.open("/fr/needs")
    await screen.press("Continuer", kinds=["funding"])
    await screen.press("English")
    assert screen.page.url.path == "/en/needs"
    assert "Who are you?" in screen.text
    assert screen.carried("/en/needs")["kinds"] == ["funding"]


async def test_the_last_question_is_the_engines(screen, backend):
    await screen.open("/en/needs?kind=funding")
    assert screen.carried("/en/needs")["kinds"] == ["funding"]
    await screen.press("Continue")
    await screen.press("Skip")
    await screen.press("Skip")
    await screen.press("Skip")
    (question,) = [body for path, body in asked(backend) if path == "/v1/matches"]
    chosen = screen.carried("/en/needs")["asked"][0]
    answer = await backend.handle_async_request(backend.asked[-1])
    document = json.loads(await answer.aread())
    assert document["next_question"]["attribute"] == chosen
    assert document["next_question"]["question"]["en"] in "".join(screen.outline.text)
    assert question["need"] == {"kinds": ["funding"]}


async def test_the_current_step_is_marked_for_those_who_do_not_see_it(screen):
    await screen.open("/fr/needs")
    (current,) = [one for one in screen.outline.named("li") if "aria-current" in one]
    assert current == {"aria-current": "step"}


async def test_a_result_without_a_form_leads_to_the_first_question(client):
    for page in ("answers", "journey", "journey.ics", "dossier.csv"):
        answer = await client.get(f"/fr/needs/{page}")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/fr/needs")


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("fr", "Afghanistan", "Zimbabwe"), ("en", "Afghanistan", "Zimbabwe")],
)
async def test_countries_are_listed_by_their_names_after_france(screen, language, first, last):
    await screen.open(f"/{language}/needs")
    await screen.press(WORDS[language]["next"], kinds=["compute"])
    (listed,) = re.findall(r'<select[^>]*name="country".*?</select>', screen.page.text, re.DOTALL)
    _, france, *others = re.findall(r"<option[^>]*>([^<]*)", listed)
    assert france == "France"
    assert (others[0], others[-1]) == (first, last)
    germany = {"fr": "Allemagne", "en": "Germany"}[language]
    assert (
        abs(others.index(germany) - others.index({"fr": "Algérie", "en": "Ghana"}[language])) == 1
    )
    assert "Monaco" in others


async def test_overseas_collectivities_can_be_chosen_as_regions(screen):
    await screen.open("/fr/needs")
    await screen.press("Continuer", kinds=["compute"])
    (listed,) = re.findall(r'<select[^>]*name="site".*?</select>', screen.page.text, re.DOTALL)
    names = dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', listed))
    assert (names["DEP-988"], names["REG-11"]) == ("Nouvelle-Calédonie", "Île-de-France")
