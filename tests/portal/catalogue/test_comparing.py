"""Two to four offers side by side: an address that can be kept, and what differs in words."""

import html
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.portal.backend import ATTACK
from tests.portal.outline import Outline

from aiff_portal.catalogue.domain.comparing import MOST, selection_of

TWO = "offers=jean-zay-h100&offers=scaleway-h100-sxm-8"
NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=90), max_size=8)


async def opened(client, address):
    page = await client.get(address)
    assert page.status_code == 200, page.text[:500]
    outline = Outline(page.text)
    outline.check()
    return html.unescape(page.text), outline


@given(NAMES)
def test_no_offer_stands_twice_and_each_can_be_taken_out(names):
    selection = selection_of([("offers", name) for name in names])
    assert len(set(selection.offers)) == len(selection.offers)
    for offer in selection.offers:
        left = selection.without(offer)
        assert offer not in left.offers
        assert len(left.offers) == len(selection.offers) - 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", (">différent<", ">non publié<", "25,3308 EUR", "jusqu'à 50\u202f000 (")),
        ("en", (">different<", ">not published<", "25.3308 EUR", "up to 50,000 (")),
    ],
)
async def test_differences_are_said_in_words_and_units_are_kept(client, language, said):
    page, outline = await opened(client, f"/{language}/compare?{TWO}")
    text = unescape(page)
    assert [one for one in said if one not in text] == []
    # What has no words of its own stays as it is written.
    assert ">fr-par-2<" in page
    other = "en" if language == "fr" else "fr"
    assert f"/{other}/compare?{TWO}" in outline.links()
    (region,) = (one for tag, one in outline.tags if tag == "section" and "tabindex" in one)
    assert region["tabindex"] == "0"
    assert region["aria-label"]


async def test_only_what_differs_can_be_shown(client):
    page, outline = await opened(client, f"/fr/compare?{TWO}")
    count = int(re.search(r"(\d+) différences", page)[1])
    only = f"/fr/compare?{TWO}&show=differences"
    assert only in outline.links()
    differing, outline = await opened(client, only)
    assert differing.count(">différent<") == count
    assert ">identique<" not in differing
    assert f"/fr/compare?{TWO}" in outline.links()


async def test_each_offer_can_be_removed_and_a_similar_one_added(client):
    _, outline = await opened(client, f"/fr/compare?{TWO}")
    links = outline.links()
    assert {"/fr/compare?offers=jean-zay-h100", "/fr/compare?offers=scaleway-h100-sxm-8"} <= set(
        links
    )
    more = [link for link in links if link.startswith(f"/fr/compare?{TWO}&offers=")]
    assert more
    await opened(client, more[0])


@pytest.mark.parametrize(
    "query", ["", "offers=jean-zay-h100", "offers=jean-zay-h100&offers=jean-zay-h100"]
)
async def test_fewer_than_two_offers_say_how_to_choose(client, backend, query):
    page, outline = await opened(client, f"/fr/compare?{query}")
    assert "Choisissez-en au moins deux" in page
    assert "/fr/offers" in outline.links()
    assert backend.asked == []


async def test_five_offers_say_how_many_to_remove(client, backend):
    names = ["jean-zay-h100", "jean-zay-a100", "jean-zay-v100", "agoranov", "apertus"]
    page, outline = await opened(
        client, "/fr/compare?" + "&".join(f"offers={one}" for one in names)
    )
    assert len(names) == MOST + 1
    assert "Retirez-en 1" in page
    removing = [link for link in outline.links() if link.startswith("/fr/compare?offers=")]
    assert len(removing) == len(names)
    assert backend.asked == []
    await opened(client, removing[0])


async def test_an_offer_that_nobody_publishes_is_named_and_the_others_compared(client):
    page, _ = await opened(client, f"/fr/compare?{TWO}&offers=never")
    assert "Aucune offre publiée ne s'appelle «\xa0never\xa0»" in page
    assert ">différent<" in page
    page, _ = await opened(client, "/fr/compare?offers=agoranov&offers=never&offers=gone")
    assert "«\xa0gone\xa0»" in page
    assert "Choisissez-en au moins deux" in page


async def test_hostile_names_and_listings_show_as_text(client):
    page = await client.get("/fr/compare", params={"offers": [ATTACK, "hostile"]})
    Outline(page.text).check()
    assert "<script>" not in page.text
    page, outline = await opened(client, "/fr/compare?offers=hostile&offers=bourse-french-tech")
    assert f"Titre {ATTACK}" in outline.text
