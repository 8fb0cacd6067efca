"""A search narrowed by days and amounts, what is silent about them, and the search as a table."""

import html
import re

import pytest
from tests.portal.outline import Outline


async def opened(client, address):
    page = await client.get(address)
    assert page.status_code == 200, page.text[:500]
    outline = Outline(page.text)
    outline.check()
    return html.unescape(page.text), outline


async def test_an_amount_is_read_said_as_a_chip_and_taken_back(client, backend):
    page, outline = await opened(client, "/fr/offers?kind=funding&amount_min=10+k%E2%82%AC")
    assert dict(backend.asked[-1].url.params)["amount_min"] == "10000"
    assert "Aide d'au moins 10\u202f000\xa0€" in page
    chips = [found["href"] for found in outline.named("a") if found.get("class") == "chip on"]
    assert "/fr/offers?kind=funding" in chips


async def test_what_does_not_publish_an_amount_is_counted_and_can_be_shown(client):
    page, outline = await opened(client, "/fr/offers?kind=funding&amount_min=100000")
    left_out = int(re.search(r"(\d+) offres ne publient pas", page)[1])
    (way,) = {link for link in outline.links() if "include_unknown=true" in link}
    found = int(re.search(r"(\d+) offres</h2>|>(\d+) offres", page)[0].strip(">").split()[0])
    shown, outline = await opened(client, way)
    assert f">{found + left_out} offres<" in shown
    assert f"dont {left_out} qui ne publient pas" in shown
    assert "/fr/offers?kind=funding&amount_min=100000" in outline.links()


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("deadline_before", "2026-02-30", "Écrivez un jour qui existe"),
        ("published_since", "hier", "Écrivez un jour qui existe"),
        ("amount_min", "beaucoup", "Écrivez un montant"),
        ("gpu_memory_min", "10000000000", "Écrivez un nombre de gigaoctets"),
        ("amount_min", "<script>", "Écrivez un montant"),
    ],
)
async def test_what_nobody_can_read_is_said_beside_its_field(client, field, written, said):
    page, outline = await opened(client, f"/fr/offers?{field}={written}")
    (faulty,) = (one for one in outline.named("input") if one.get("id") == field)
    assert faulty["aria-invalid"] == "true"
    assert faulty["value"] == written
    assert said in page
    assert f"#{field}" in outline.links()


async def test_days_in_the_wrong_order_are_said_and_not_asked(client, backend):
    address = "/en/offers?deadline_after=31/12/2026&deadline_before=1/12/2026"
    page, _ = await opened(client, address)
    assert "exchange the two" in page
    assert "deadline_before" not in dict(backend.asked[-1].url.params)


async def test_a_search_is_taken_away_whole_as_a_table(client, backend):
    _, outline = await opened(client, "/fr/offers?published_since=1/1/2020&sort=title")
    (table,) = (link for link in outline.links() if link.endswith("format=csv"))
    assert table == "/v1/offers?published_since=2020-01-01&sort=title&format=csv"
    assert table.replace("csv", "xlsx") in outline.links()
    _, later = await opened(client, next(link for link in outline.links() if "cursor=" in link))
    assert table in later.links()


async def test_filters_fold_away_behind_one_button_and_results_can_be_ticked(client):
    _, outline = await opened(client, "/fr/offers?q=h100")
    (folded,) = (one for one in outline.named("details") if "narrowing" in one.get("class", ""))
    assert "open" not in folded
    ticks = [one for one in outline.named("input") if one.get("name") == "offers"]
    assert len(ticks) > 5
    assert {"action": "/fr/compare", "method": "get"} in outline.named("form")


async def test_a_forged_cursor_is_said_on_a_page(client):
    page = await client.get("/fr/offers?cursor=forged")
    assert page.status_code == 400
    Outline(page.text).check()
