"""The catalogue as readers, partners and curators use it, through the gateway.

What they would try: find every machine and partner of the network; search with accents, without,
in both languages; filter by region; page to the end; keep a copy fresh with ETags; correct a
text and see it everywhere at once; retire an offer; come back to an old address.
"""

import time

import pytest
from tests.system.conftest import drain, run

NAMED_SYSTEMS = (
    "jean-zay-h100",
    "adastra-mi250x",
    "alice-recoque",
    "jupiter-booster",
    "federation-alice-recoque-jupiter",
    "federation-jean-zay-adastra",
    "genci-ad",
    "genci-ar",
    "eurohpc-aif-playground",
    "eurohpc-aif-fast-lane",
    "eurohpc-aif-large-scale",
    "scaleway-h100-sxm-8",
    "ovhcloud-h100",
    "outscale-flexible-gpu",
    "station-f-founders",
    "inria-startup-studio",
    "cea-list",
    "idris-dlo-jz",
    "aif-lumi",
    "aif-bsc",
    "aif-it4lia",
    "aif-l-aif",
    "aif-jaif",
    "aif-ai2f",
)
WITHIN_SECONDS = 2.0


def slugs(answer):
    assert answer.status_code == 200, answer.text
    return [item["slug"] for item in answer.json()["items"]]


def wait_for(check):
    """Return when the check holds; fail when it does not within the promised two seconds."""
    began = time.monotonic()
    while not check():
        assert time.monotonic() - began < WITHIN_SECONDS
        time.sleep(0.02)


def draft(curator, slug, **changes):
    content = {
        "slug": slug,
        "title": {"fr": "Atelier calcul", "en": "Computing workshop"},
        "summary": {"fr": "Une journée d'atelier.", "en": "A day of workshop."},
        "organisations": [{"organisation": "cap-digital", "role": "provider"}],
        "details": {"kind": "training", "levels": ["beginner"]},
        "sources": [{"label": "Cap Digital", "confidence": "stated_by_provider"}],
        **changes,
    }
    answer = curator.post("/v1/offers", json=content)
    assert answer.status_code == 201, answer.text
    return answer


def publish(curator, second_curator, slug):
    drafted = draft(curator, slug)
    address = f"/v1/offers/{drafted.json()['id']}"
    approve(second_curator, address, drafted.headers["etag"])
    return address


def approve(second_curator, address, etag="*"):
    answer = second_curator.post(f"{address}/publish", headers={"If-Match": etag})
    assert answer.status_code == 200, answer.text


def edit(curator, second_curator, address, change, **headers):
    """A curator edits, another one approves."""
    sent = {"If-Match": "*", "Content-Type": "application/merge-patch+json", **headers}
    edited = curator.patch(address, json=change, headers=sent)
    assert edited.status_code == 200, edited.text
    approve(second_curator, address, edited.headers["etag"])


@pytest.mark.parametrize("slug", NAMED_SYSTEMS)
def test_every_named_system_and_partner_is_listed(anonymous, slug):
    offer = anonymous.get(f"/v1/offers/{slug}").json()
    assert offer["title"]["fr"]
    assert offer["title"]["en"]
    assert offer["sources"]


def test_the_whole_catalogue_can_be_paged_without_gap_or_repeat(anonymous, product):
    drain(product)
    seen, cursor = [], None
    while True:
        parameters = {"limit": 50, "sort": "title"} | ({"cursor": cursor} if cursor else {})
        page = anonymous.get("/v1/offers", params=parameters).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen))
    assert len(seen) >= 295


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Jean Zay H100", "jean-zay-h100"),
        ("Jean Zay", "jean-zay-v100"),
        ("formation deep learning", "fidle"),
        ("prêt d'amorçage", "pret-amorcage"),
        ("pret amorcage", "pret-amorcage"),
        ("tax credit research", "cir"),
        ("SecNumCloud", "outscale-flexible-gpu"),
        ("EIC accelerator grant", "eic-accelerator-grant-2026"),
        ("Playground", "eurohpc-aif-playground"),
        ("incubateur Inria", "inria-startup-studio"),
    ],
)
def test_words_of_both_languages_find_the_offer_near_the_top(anonymous, words, slug):
    assert slug in slugs(anonymous.get("/v1/offers", params={"q": words, "limit": 5}))


def test_a_region_finds_regional_national_and_european_offers_but_not_its_neighbours(anonymous):
    found = slugs(
        anonymous.get("/v1/offers", params={"region": "FR-IDF", "kind": "funding", "limit": 100})
    )
    assert {"innovup", "paris-innovation-amorcage", "cir", "eic-accelerator-grant-2026"} <= set(
        found
    )
    assert "contrat-innovation-occitanie" not in found


def test_facets_count_what_a_further_filter_will_find(anonymous):
    answer = anonymous.get("/v1/offers", params={"q": "GPU", "facets": ["kind", "status"]}).json()
    for bucket in answer["facets"]["kind"]:
        narrowed = anonymous.get(
            "/v1/offers", params={"q": "GPU", "kind": bucket["value"], "count": "true", "limit": 1}
        ).json()
        assert narrowed["count"] == bucket["count"]


def test_a_reader_that_holds_the_newest_version_gets_304(anonymous):
    first = anonymous.get("/v1/offers/jean-zay-h100")
    again = anonymous.get(
        "/v1/offers/jean-zay-h100", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert "public" in first.headers["cache-control"]


def test_head_tells_the_version_without_the_text(anonymous):
    read = anonymous.get("/v1/offers/jean-zay-h100")
    head = anonymous.head("/v1/offers/jean-zay-h100")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == read.headers["etag"]


def test_an_edited_offer_is_found_with_its_new_text_in_search_and_matching(
    anonymous, curator, second_curator
):
    address = publish(curator, second_curator, "atelier-modifie")
    word = f"zorglub{time.time_ns()}"
    version = curator.get(address).headers["etag"]
    change = {"title": {"fr": f"Atelier {word}", "en": f"Workshop {word}"}}
    edit(curator, second_curator, address, change, **{"If-Match": version})
    wait_for(lambda: slugs(anonymous.get("/v1/offers", params={"q": word})) == ["atelier-modifie"])
    wait_for(lambda: word in anonymous.get(address).json()["title"]["fr"])
    wait_for(lambda: word in str(matches(anonymous, word)))


def matches(anonymous, word):
    need = {"need": {"kinds": ["training"], "description": word}, "limit": 100}
    return anonymous.post("/v1/matches", json=need).json()["items"]


def test_an_archived_offer_is_gone_everywhere_and_its_address_says_why(
    anonymous, curator, second_curator
):
    address = publish(curator, second_curator, "atelier-retire")
    wait_for(lambda: "atelier-retire" in str(matches(anonymous, "atelier")))
    answer = curator.post(
        f"{address}/archive", json={"reason": "session annulée"}, headers={"If-Match": "*"}
    )
    assert answer.status_code == 200, answer.text
    wait_for(lambda: anonymous.get(address).status_code == 410)
    assert "session annulée" in anonymous.get("/v1/offers/atelier-retire").json()["detail"]
    wait_for(lambda: "atelier-retire" not in str(matches(anonymous, "atelier")))
    search = {"q": "atelier retire", "limit": 100}
    wait_for(lambda: "atelier-retire" not in slugs(anonymous.get("/v1/offers", params=search)))


def test_an_old_address_leads_to_the_new_one(anonymous, curator, second_curator):
    address = publish(curator, second_curator, "ancien-nom")
    edit(curator, second_curator, address, {"slug": "nouveau-nom"})
    wait_for(lambda: anonymous.get("/v1/offers/ancien-nom").status_code == 301)
    moved = anonymous.get("/v1/offers/ancien-nom")
    assert moved.headers["location"] == "/v1/offers/nouveau-nom"


def test_every_change_is_in_the_history_with_author_reason_and_difference(
    anonymous, curator, second_curator
):
    address = publish(curator, second_curator, "atelier-historique")
    reason = {"X-Change-Reason": "correction"}
    edit(curator, second_curator, address, {"languages": ["fr"]}, **reason)
    approved, newest = curator.get(f"{address}/revisions").json()["items"][:2]
    assert newest["reason"] == "correction"
    assert newest["author"] != approved["author"]
    assert [change["pointer"] for change in newest["changes"]] == ["/languages"]
    assert anonymous.get(f"{address}/revisions").status_code == 401


def test_loading_the_same_catalogue_again_changes_nothing(product):
    printed = run(product, "aiff_catalog", "load", "data/catalogue")
    assert "0 created, 0 updated" in printed.splitlines()[-1]


def test_one_faulty_file_is_named_and_the_rest_is_loaded(product, tmp_path, anonymous):
    folder = tmp_path / "catalogue"
    (folder / "training").mkdir(parents=True)
    good = "training/cours-correct.yaml"
    (folder / good).write_text(listing("cours-correct"), encoding="utf-8")
    bad = listing("cours-faux").replace("kind: training", "kind: training\n  colour: blue")
    (folder / "training/cours-faux.yaml").write_text(bad, encoding="utf-8")
    with pytest.raises(AssertionError) as caught:
        run(product, "aiff_catalog", "load", str(folder))
    assert "training/cours-faux.yaml: /details/colour: unknown field" in str(caught.value)
    assert anonymous.get("/v1/offers/cours-correct").status_code == 200
    assert anonymous.get("/v1/offers/cours-faux").status_code == 404


def listing(slug):
    return f"""\
slug: {slug}
title: {{fr: Cours, en: Course}}
summary: {{fr: Un cours., en: A course.}}
organisations:
  - {{organisation: inria, role: provider}}
details:
  kind: training
sources:
  - {{label: Inria, confidence: sourced}}
"""
