"""The catalogue's pages over the real catalogue, in both languages."""

import re

import pytest
from tests.portal.outline import Outline

PAGES = [
    "",
    "offers",
    "offers?q=h100",
    "offers?q=h100&kind=compute&status=open&gpu_memory_min=80&sort=deadline",
    "offers?q=zzzqqxx&kind=funding",
    "offers/jean-zay-h100",
    "offers/scaleway-h100-sxm-8",
    "offers/bourse-french-tech",
    "offers/agoranov",
    "offers/hf-llm-course",
    "offers/idris-ai-support",
    "offers/apertus",
    "offers/aif-ai2f",
    "organisations/genci",
    *(
        f"kinds/{kind}"
        for kind in (
            "compute",
            "training",
            "funding",
            "incubation",
            "expertise",
            "resource",
            "network",
        )
    ),
]
HEAVIEST = 150_000


async def opened(client, address):
    page = await client.get(address)
    assert page.status_code == 200, page.text[:500]
    return page, Outline(page.text)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_whole_light_and_public_in_each_language(client, language, path):
    page, outline = await opened(client, f"/{language}/{path}")
    outline.check()
    assert outline.named("html") == [{"lang": language}]
    assert page.headers["Content-Language"] == language
    assert page.headers["Cache-Control"].startswith("public, max-age=60")
    assert page.headers["Vary"] == "Cookie"
    assert len(page.content) < HEAVIEST
    other = "en" if language == "fr" else "fr"
    assert f"/{other}/{path}" in outline.links()
    again = await client.get(f"/{language}/{path}", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


async def test_no_page_shows_a_code_instead_of_words(client):
    for path in PAGES:
        _, outline = await opened(client, f"/fr/{path}")
        shown = " ".join(outline.text)
        assert not re.search(r"\b(None|True|False|built-in|gpu_hour|by_recommendation)\b", shown), (
            path
        )


async def test_home_asks_one_question_and_opens_seven_doors(client):
    _, outline = await opened(client, "/fr/")
    (form,) = outline.named("form")
    assert form["action"] == "/fr/offers"
    assert sum(link.startswith("/fr/kinds/") for link in outline.links()) == 7
    assert (await opened(client, "/fr/offers?q=H100"))[0].status_code == 200


async def test_each_page_leads_only_to_pages_that_exist(client):
    seen: set[str] = set()
    for path in ("", "offers?q=h100&kind=compute", "offers/jean-zay-h100", "organisations/genci"):
        _, outline = await opened(client, f"/fr/{path}")
        seen |= {link for link in outline.links() if link.startswith(("/fr/", "/en/"))}
    assert len(seen) > 60
    # The kinds of problem are the gateway's, which does not stand behind these tests.
    for address in sorted(seen - {"/fr/problems", "/en/problems"}):
        assert (await client.get(address)).status_code == 200, address


async def test_a_filter_is_a_link_that_narrows_and_a_chip_takes_it_back(client):
    _, outline = await opened(client, "/fr/offers?q=h100")
    narrower = "/fr/offers?q=h100&kind=compute"
    assert narrower in outline.links()
    page, outline = await opened(client, narrower)
    chips = [found for found in outline.named("a") if found.get("class") == "chip on"]
    assert [chip["href"] for chip in chips] == ["/fr/offers?kind=compute", "/fr/offers?q=h100"]
    assert "<mark>H100</mark>" in page.text


async def test_a_count_beside_a_facet_is_what_its_link_finds(client):
    page, _ = await opened(client, "/en/offers?q=h100")
    found = re.search(
        r'href="(/en/offers\?q=h100&amp;kind=compute)".*?<span class="count">(\d+)</span>',
        page.text,
    )
    narrower, _ = await opened(client, found[1].replace("&amp;", "&"))
    assert f">{found[2]} offers<" in narrower.text


async def test_pages_of_results_follow_each_other_and_come_back(client):
    seen, address = [], "/fr/offers?kind=compute&sort=title"
    while address:
        _, outline = await opened(client, address)
        seen += [link for link in outline.links() if re.fullmatch(r"/fr/offers/[a-z0-9-]+", link)]
        address = next((a["href"] for a in outline.named("a") if a.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) > 40


async def test_a_search_that_finds_nothing_helps_on(client):
    _, outline = await opened(client, "/fr/offers?q=zzzqqxx&kind=funding")
    assert {"/fr/offers?q=zzzqqxx", "/fr/offers?kind=funding", "/fr/kinds/compute"} <= set(
        outline.links()
    )


async def test_a_figure_written_as_a_letter_leads_to_what_was_meant(client):
    _, outline = await opened(client, "/en/offers?q=H10O&kind=compute")
    assert "/en/offers?q=H100&kind=compute" in outline.links()
    page, _ = await opened(client, "/en/offers?q=H100&kind=compute")
    assert "Did you mean" not in page.text


async def test_what_is_only_close_and_what_is_degraded_is_said(client, backend):
    page, _ = await opened(client, "/fr/offers?q=subvention+quantique+maritime+photonique")
    document = (await client.get("/fr/offers")).text
    assert "proche de votre demande" in page.text
    assert "proche de votre demande" not in document


async def test_a_misspelt_word_is_read_as_the_nearest_and_said(client):
    page, _ = await opened(client, "/fr/offers?q=financemant")
    assert "a été cherché" in page.text


async def test_an_offer_by_its_id_leads_to_its_name(client, catalogue):
    api = await client.get("/fr/offers/jean-zay-h100")
    found = re.search(r"/v1/offers/([a-z0-9-]+)", api.text)[1]
    assert found == "jean-zay-h100"


async def test_a_withdrawn_offer_is_gone_with_its_reason_and_an_unknown_one_is_not_found(client):
    gone = await client.get("/fr/offers/gone")
    assert gone.status_code == 410
    assert "programme terminé" in gone.text
    assert (await client.get("/fr/offers/never")).status_code == 404
    assert (await client.get("/fr/organisations/never")).status_code == 404
    assert (await client.get("/fr/kinds/never")).status_code == 404
