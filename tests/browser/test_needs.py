"""Founders who tell what they need: the way from five questions to a plan, a journey, a dossier."""

import csv
import re
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bench.pages import tools
from bench.pages.judging import WIDE
from icalendar import Calendar
from tests.browser.walking import press, unfold

from aiff_portal.needs.domain.answered.match_words import ANSWERS
from aiff_portal.needs.domain.answered.plan_words import PLAN
from aiff_portal.ui.domain.language import in_language

MOST_STEPS = 5
# What a young company in health tells, by the name of its field; ticks and radios by their code.
TOLD = {
    "kinds": ("compute", "funding"),
    "description": "affiner un modèle de langue pour la santé",
    "organisation_type": ("startup",),
    "country": "FR",
    "site": "REG-11",
    "created_on": "2024-03-01",
    "headcount": "6",
    "gpu_hours": "20000",
    "gpu_model": "H100",
    "amount_eur": "150000",
}
SKIPPED = "project"
# Who is asked for by a date: the offers that others may have are always open.
LAB = {"organisation_type": ("lab",)}
PLAYGROUND = "eurohpc-playground"


@pytest.fixture
def answers(request, plain_tab, language, width):
    """The tab after the questions, of which one step was skipped; every page is judged."""
    told = TOLD | getattr(request, "param", {})
    plain_tab.open(f"/{language}/needs")
    page, steps = plain_tab.page, []
    while urlsplit(page.url).path == f"/{language}/needs":
        steps.append(page.locator('main input[name="step"]').input_value())
        assert len(steps) <= MOST_STEPS
        assert page.locator(".steps li").count() <= MOST_STEPS
        go = "skip" if steps[-1] == SKIPPED else "next"
        if go == "next":
            tell(page, told)
        press(page, f'button[name="go"][value="{go}"]')
        plain_tab.judge()
    assert SKIPPED in steps
    assert urlsplit(page.url).path == f"/{language}/needs/answers"
    assert not urlsplit(page.url).query
    yield plain_tab
    if width == WIDE:  # What is sent does not depend on the window.
        assert wrong_markup(plain_tab.documents) == []


def wrong_markup(documents) -> list[str]:
    told = tools.validated({str(number): one for number, one in enumerate(documents)})
    return [message for messages in told.values() for message in messages]


def tell(page, told) -> None:
    """Fill in what stands on a screen and is known."""
    for name, value in told.items():
        fields = page.locator(f'main [name="{name}"]:not([type="hidden"])')
        if not fields.count():
            continue
        if isinstance(value, tuple):
            for code in value:
                page.locator(f'main [name="{name}"][value="{code}"]').check()
        elif fields.evaluate("(one) => one.tagName") == "SELECT":
            fields.select_option(value)
        else:
            fields.fill(value)


def groups(page) -> dict[str, int]:
    """Return how many offers each group says that it has, by verdict."""
    heads = page.locator('h2[id^="group-"]').all()
    return {
        str(one.get_attribute("id")).removeprefix("group-"): number_in(one.inner_text())
        for one in heads
    }


def number_in(text: str) -> int:
    return int(re.findall(r"\d+", text)[-1])


def texts(elements) -> list[str]:
    """Return what elements say, seen or not, each in one line."""
    return [" ".join(str(one).split()) for one in elements.all_text_contents()]


def go_on(tab, page_name: str):
    """Go on from the answers to a page that is made of them."""
    press(tab.page, f'main .card button[formaction$="/needs/{page_name}"]')
    tab.judge()


def test_answers_are_grouped_weighed_and_say_what_would_change_a_refusal(answers, language):
    page, say = answers.page, in_language(ANSWERS, language)
    counted = groups(page)
    assert counted["not_eligible"] > 0
    assert len(counted) > 1
    refused = page.locator('section[aria-labelledby="group-not_eligible"] .hit')
    changes = refused.filter(has_text=say["changes"])
    assert changes.first.locator("ul li").first.is_visible()

    order = texts(page.locator(".results h3"))
    unfold(page.locator("#weight_cost"))
    for name in ("text", "verdict"):
        page.locator(f"#weight_{name}").fill("0")
    page.locator("#weight_cost").fill("5")
    press(page, ".weigh button")
    answers.judge()
    assert page.locator("#weight_cost").input_value() == "5"
    assert groups(page) == counted
    assert texts(page.locator(".results h3")) != order


def test_the_chart_of_the_compute_plan_has_the_numbers_of_its_table(answers, language):
    page, say = answers.page, in_language(PLAN, language)
    go_on(answers, "plan")
    table = {
        row[0]: row[1:] for row in (texts(one.locator("td, th")) for one in rows(page, ".ways"))
    }
    assert list(table) == [str(number) for number in range(1, len(table) + 1)]
    drawn = [one.split("; ") for one in texts(page.locator(".chart .shape > title"))]
    assert drawn
    for told in (one for marks in drawn for one in marks):
        number, title, cost = re.fullmatch(r"(\d+)\. (.+): (.+)", told).groups()
        way, _verdict, _amount, shown, *_ = table[number]
        assert way.startswith(title)
        assert shown == cost
    assert page.get_by_text(say["formula"]).or_(page.get_by_text(say["measured"])).is_visible()


def rows(page, selector):
    return page.locator(f"{selector} tbody tr").all()


@pytest.mark.parametrize("answers", [LAB], indirect=True, ids=["lab"])
def test_a_journey_is_printed_and_its_dates_go_into_a_calendar(answers, tmp_path):
    page = answers.page
    go_on(answers, "journey")
    steps, dates = texts(page.locator(".timeline h3")), texts(page.locator(".dates .when"))
    assert steps
    assert dates

    page.emulate_media(media="print")
    assert not page.locator(".head nav, .foot, .actions button").first.is_visible()
    assert page.locator(".timeline h3").last.is_visible()
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="screen")

    with page.expect_download() as saved:
        page.locator('button[formaction$="/journey.ics"]').click()
    assert saved.value.suggested_filename.endswith(".ics")
    saved.value.save_as(tmp_path / "journey.ics")
    events = Calendar.from_ical((tmp_path / "journey.ics").read_bytes()).walk("VEVENT")
    assert len(events) >= len(dates)
    assert any(one.walk("VALARM") for one in events)
    assert all(any(step in str(one["summary"]) for step in steps) for one in events)


def test_a_dossier_is_filled_as_far_as_the_answers_go_and_says_what_is_missing(answers, tmp_path):
    page = answers.page
    go_on(answers, "dossier")
    press(page, f'button[name="programme"][value="{PLAYGROUND}"]')
    answers.judge()
    filled, missing = counted_in(page)
    assert filled > 0
    assert missing > 0
    lead = re.findall(r"\d+", page.locator(".lead").inner_text())
    assert list(map(int, lead)) == [filled, filled + missing]
    assert page.locator(".form-questions .answered .reply").count() == filled
    assert page.locator(".form-questions .open .badge").count() == missing

    first = page.locator('section[aria-labelledby="complete"] input[type="text"]').first
    first.fill("Modèle de langue pour les comptes rendus")
    press(page, 'section[aria-labelledby="complete"] button')
    answers.judge()
    assert counted_in(page) == (filled + 1, missing - 1)

    with page.expect_download() as saved:
        page.locator('button[form="table"]').click()
    saved.value.save_as(tmp_path / "dossier.csv")
    written = Path(tmp_path / "dossier.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(StringIO(written)))) == filled + missing + 1


def counted_in(page) -> tuple[int, int]:
    """Return how many questions of a dossier have an answer, and how many have none."""
    questions = page.locator(".form-questions > li")
    answered = page.locator(".form-questions > li.answered").count()
    return answered, questions.count() - answered
