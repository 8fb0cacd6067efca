"""The compute plan: its drawing and its table have the same numbers, its sums can be done again."""

import html
import json
import re
from math import prod

import pytest
from tests.portal.needs.stories import FINE_TUNING, HEALTH


def cells(text):
    """Return the rows of the table of ways by their number."""
    rows = re.findall(r'<tr><td class="figure">(\d+)</td>(.*?)</tr>', text, re.DOTALL)
    return {int(number): html.unescape(re.sub(r"<[^>]+>", "|", row)) for number, row in rows}


def number(text):
    return float(re.sub(r"[^\d.,-]", "", text).replace("\u202f", "").replace(",", ""))


def axis(text, kind, along):
    """Return how a place on the drawing becomes a value, read off its ticks."""
    ticks = re.findall(rf'class="tick {kind}"[^>]* {along}="([\d.]+)"[^>]*>([^<]+)<', text)
    (first, low), *_, (last, high) = [
        (float(at), number(html.unescape(told))) for at, told in ticks
    ]
    return lambda place: low + (place - first) * (high - low) / (last - first)


@pytest.mark.parametrize("need", [HEALTH, FINE_TUNING])
async def test_the_drawing_says_what_the_table_says(screen, need):
    await screen.send("/en/needs/plan", need)
    drawing = screen.text.partition('<svg class="chart"')[2].partition("</svg>")[0]
    cost_at, rows = axis(drawing, "y", "y"), cells(screen.text)
    shapes = re.findall(r'<g class="shape">\s*<title>(.*?)</title>(.*?)</g>', drawing, re.DOTALL)
    assert shapes
    # Places are rounded to a hundredth, amounts to a euro.
    least, drawn = 1 + abs(cost_at(0.02) - cost_at(0)), 0
    for words, shape in shapes:
        bottom, top = re.search(
            r'y1="([\d.]+)" x2="[\d.]+" y2="([\d.]+)"></line>\s*<line class="leader', shape
        ).groups()
        low, high = cost_at(float(bottom) + 4), cost_at(float(top) + 4)
        for line in html.unescape(words).split("; "):
            place, _, cost = line.rpartition(": ")
            assert cost in rows[int(place.partition(".")[0])]
            amounts = [0.0] if cost == "free" else [number(one) for one in cost.split(" to ")]
            assert low == pytest.approx(amounts[0], abs=least)
            assert high == pytest.approx(amounts[-1], abs=least)
            drawn += 1
    assert drawn > 5


async def test_the_drawing_is_named_described_and_told_by_shape_too(screen):
    await screen.send("/fr/needs/plan", HEALTH)
    named = next(one for one in screen.outline.named("svg") if one["class"] == "chart")
    assert named["aria-labelledby"] == "plan-title plan-words"
    assert "Coût et date" in screen.text or "Coût et fin" in screen.text
    assert screen.text.count('class="mark hollow"') >= 1
    assert len(re.findall(r'<path class="mark"', screen.text)) >= 1


async def test_the_formula_gives_its_result_when_it_is_done_by_hand(screen, backend):
    await screen.send("/en/needs/plan", FINE_TUNING)
    answer = await backend.handle_async_request(backend.asked[-1])
    formula = json.loads(await answer.aread())["estimate"]["formula"]
    table = screen.text.partition(f"<code>{formula['expression']}</code>")[2].partition("</table>")[
        0
    ]
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', table)
    assert len(rows) == len(formula["terms"]) > 4
    lows, highs = [], []
    for _, label, value in rows:
        bounds = [float(one.replace(",", "")) for one in re.findall(r"\d[\d,.]*", value)]
        low, high = bounds[0], bounds[-1]
        divides = "(divides)" in label
        lows.append(1 / high if divides else low)
        highs.append(1 / low if divides else high)
    result = re.search(r"</code> = <strong>([\d.]+) to ([\d.]+) GPU hours", screen.text)
    assert prod(lows) == pytest.approx(float(result[1]), rel=0.01)
    assert prod(highs) == pytest.approx(float(result[2]), rel=0.01)


async def test_unknown_hours_and_costs_are_said_and_never_zero(screen):
    await screen.send("/fr/needs/plan", [("kinds", "compute")])
    assert "Le nombre d&#39;heures est inconnu" in screen.text
    assert not re.search(r"<td>\s*[-\u2013\u2014]?\s*</td>", screen.text)
    assert re.search(r'<td><span class="unknown">non publié</span></td>', screen.text)


async def test_the_plan_is_worked_out_again_with_what_is_changed_on_it(screen, backend):
    await screen.open("/fr/needs/plan")
    assert backend.asked == []
    await screen.press("Recalculer", gpu_hours="5000", gpu_model="A100 80 Go")
    sent = json.loads(backend.asked[-1].content)["need"]["compute"]
    assert sent == {"gpu_hours": 5000, "gpu_model": "A100 80 Go"}
    await screen.press("Recalculer", gpu_hours="-3")
    assert screen.page.status_code == 422
    assert {"href": "#gpu_hours"} in screen.outline.named("a")
