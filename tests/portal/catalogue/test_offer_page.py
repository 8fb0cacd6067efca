"""What the page of an offer says, and what it does not pretend to know."""

import html
import re

import httpx2
import pytest
from tests.portal.outline import Outline


async def text_of(client, address):
    return html.unescape((await client.get(address)).text)


async def test_access_modes_stand_in_their_own_units(client):
    page = await text_of(client, "/fr/offers/jean-zay-h100")
    assert "50\u202f000 au plus (heures GPU normalisées)" in page
    assert "elles ne se comparent pas telles quelles" in page
    assert "GPU hours" not in page


async def test_a_figure_has_its_own_sources_with_day_and_confidence(client):
    page = await text_of(client, "/fr/offers/jean-zay-h100")
    count = page[page.index("<dt>Nombre de GPU</dt>") : page.index("<dt>GPU par nœud</dt>")]
    assert "1\u202f456" in count
    assert "Next, article du 28 mars 2024" in count
    assert "de seconde main" in count
    assert "plus de 18 mois" in count
    assert "IDRIS, documentation" not in count


async def test_what_is_not_published_is_named_with_who_could_tell(client):
    page = await text_of(client, "/fr/offers/jean-zay-h100")
    missing = re.findall(r'<p class="unknown">(.*?)</p>', page)
    assert missing[0].startswith("Non publié (à demander à GENCI")
    assert "Plus grand travail (GPU)" in missing[0]
    assert re.search(r">\s*[-\u2013\u2014]\s*<", page) is None


async def test_who_can_have_it_is_said_with_its_source(client):
    page = await text_of(client, "/en/offers/jean-zay-h100")
    assert "Open research, with published results" in page
    assert "according to IDRIS" in page


async def test_a_nested_rule_keeps_its_groups(client):
    page = await text_of(client, "/en/offers/bourse-french-tech")
    assert "All of these:" in page
    outline = Outline((await client.get("/en/offers/bourse-french-tech")).text)
    outline.check()


async def test_prices_keep_currency_period_and_tax(client):
    page = await text_of(client, "/fr/offers/scaleway-h100-sxm-8")
    assert re.search(r"\d,\d+\xa0€", page)
    assert "Hors taxes" in page


async def test_the_page_leads_to_its_data_and_to_the_documentation(client):
    outline = Outline((await client.get("/fr/offers/jean-zay-h100")).text)
    assert {"/v1/offers/jean-zay-h100", "/v1/offers/jean-zay-h100/schema-org", "/docs"} <= set(
        outline.links()
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("23 novembre 2026", "modes d'accès, tarif")),
        ("en", ("23 November 2026", "access modes, price")),
    ],
)
async def test_the_history_says_what_changed_when(client, backend, language, said):
    fields = [
        {"pointer": "/access_modes", "label": {"fr": "modes d'accès", "en": "access modes"}},
        {"pointer": "/pricing/basis", "label": {"fr": "tarif", "en": "price"}},
        {"pointer": "/pricing/note", "label": {"fr": "tarif", "en": "price"}},
    ]
    items = [
        {"at": "2026-11-23T11:00:00Z", "fields": fields},
        {"at": "2026-10-01T11:00:00Z", "fields": []},
    ]
    backend.instead = lambda asked: (
        httpx2.Response(200, json={"items": items}) if asked.url.path.endswith("/history") else None
    )
    page = await client.get(f"/{language}/offers/fidle")
    text = html.unescape(page.text)
    assert all(one in text for one in said)
    assert "<span>publication</span>" in text


async def test_an_offer_is_shown_where_nobody_tells_its_history(client, backend):
    backend.instead = lambda asked: (
        httpx2.Response(503) if asked.url.path.endswith("/history") else None
    )
    page = await client.get("/fr/offers/fidle")
    assert page.status_code == 200
    assert "Historique" not in page.text
