"""Probable duplicates and merging on every family: found, dismissed, merged, led on."""

import pytest
from tests.catalog.support import (
    BY_CURATOR,
    BY_SECOND,
    PARTNER,
    both,
    content,
    offer_json,
    on_both_families,
    target,
)

from aiff_catalog.partners.application.writes import PartnerItem
from aiff_catalog.quality.application.duplicate_pairs import PairQuery
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import (
    IllegalTransitionError,
    MergedIntoItselfError,
    OfferNotFoundError,
    PairNotFoundError,
    ReviewersOnlyError,
    StillNamedError,
)

pytestmark = on_both_families
GENCI = Authorship(author="partner-1", limited_to="genci")
BOTH = PairQuery(limit=10)
TITLE = {"title": both("Accès dynamique aux GPU"), "url": "https://genci.fr/acces"}


def pairs(place, query=BOTH):
    return [
        (one.first.slug, one.second.slug) for one in place.catalog.quality.duplicates.page(query)
    ]


def checks(place, slug):
    found = place.catalog.quality.work_list.of(slug, BY_CURATOR)
    return {part.check for part in found.parts}


def merged(place, gone, kept, by=BY_CURATOR, reason="la même offre"):
    return place.catalog.quality.merging.merge(target(gone, by), kept, reason)


def test_two_listings_of_one_offer_are_found_and_explained(place):
    place.publish("un", "training", **TITLE)
    place.publish("deux", "training", **TITLE)
    place.publish("autre", "training", title=both("Formation à Slurm"))
    place.look_for_duplicates()
    (pair,) = place.catalog.quality.duplicates.page(BOTH)
    assert (pair.first.slug, pair.second.slug, pair.kind) == ("un", "deux", "training")
    assert {part.name: part.value for part in pair.parts}["page"] == 1.0
    assert "probable_duplicate" in checks(place, "un") & checks(place, "deux")
    assert "probable_duplicate" not in checks(place, "autre")


def test_what_is_dismissed_stays_so_until_it_is_reopened(place):
    place.publish("un", "training", **TITLE)
    place.publish("deux", "training", **TITLE)
    place.look_for_duplicates()
    (pair,) = place.catalog.quality.duplicates.page(BOTH)
    place.catalog.quality.duplicates.dismiss(pair.id, "deux sites", BY_CURATOR)
    place.look_for_duplicates(days=2)
    assert pairs(place) == []
    (kept,) = place.catalog.quality.duplicates.page(PairQuery(limit=9, state="dismissed"))
    assert (kept.dismissed.by, kept.dismissed.reason) == ("curator-1", "deux sites")
    assert "probable_duplicate" not in checks(place, "un")
    place.catalog.quality.duplicates.reopen(pair.id, BY_SECOND)
    assert pairs(place) == [("un", "deux")]
    assert "probable_duplicate" in checks(place, "un")
    with pytest.raises(PairNotFoundError):
        place.catalog.quality.duplicates.dismiss(kept.first.id, "?", BY_CURATOR)
    with pytest.raises(ReviewersOnlyError):
        place.catalog.quality.duplicates.dismiss(pair.id, "non", GENCI)


def test_a_pair_whose_texts_drift_apart_is_closed(place):
    place.publish("un", "training", **TITLE)
    second = place.publish("deux", "training", **TITLE)
    place.look_for_duplicates()
    assert len(pairs(place)) == 1
    changed = {"title": both("Formation à Slurm"), "url": "https://genci.fr/slurm"}
    place.catalog.offers.commands.revise(target(second), content("deux", "training", **changed))
    place.look_for_duplicates()
    assert pairs(place) == []


def test_the_merged_listing_leads_to_the_one_that_stays_and_both_tell_it(place):
    kept = place.publish("un", "training", **TITLE)
    gone = place.publish("deux", "training", **TITLE)
    place.look_for_duplicates()
    assert merged(place, "deux", "un").merged_into == kept.id
    for reference in ("deux", str(gone.id)):
        answer = place.client.get(f"/v1/offers/{reference}")
        assert (answer.status_code, answer.headers["location"]) == (301, "/v1/offers/un")
    place.drain()
    assert place.found(q="accès dynamique") == ["un"]
    assert pairs(place) == []
    with place.catalog.base.open() as uow:
        assert uow.offers.get(kept.id).version == kept.version + 1
    headers = place.as_(PARTNER)
    told = place.client.get("/v1/offers/un/revisions", headers=headers).json()["items"][0]
    assert (told["action"], told["reason"]) == ("absorbed", "deux: la même offre")


def test_what_led_to_a_listing_goes_on_to_where_it_leads(place):
    for slug in ("un", "deux", "trois"):
        place.publish(slug, "training")
    merged(place, "un", "deux")
    merged(place, "deux", "trois")
    for slug in ("un", "deux"):
        assert place.client.get(f"/v1/offers/{slug}").headers["location"] == "/v1/offers/trois"


def test_a_merge_is_taken_back_by_reinstating(place):
    place.publish("un", "training")
    place.publish("deux", "training")
    merged(place, "deux", "un")
    back = place.catalog.reviews.commands.reinstate(target("deux"))
    assert (back.state, back.merged_into) == ("published", None)
    assert place.client.get("/v1/offers/deux").status_code == 200


def test_a_partner_s_record_goes_along_and_its_next_write_makes_no_new_twin(place):
    partners = place.catalog.partners
    item = PartnerItem(external_id="A-1", offer=offer_json("deux", "training"))
    partners.put("genci", item, GENCI)
    place.catalog.reviews.commands.publish(target("deux", BY_SECOND))
    place.publish("un", "training")
    merged(place, "deux", "un")
    assert partners.put("genci", item, GENCI).outcome == "unchanged"
    changed = PartnerItem(external_id="A-1", offer=offer_json("un", "training", keywords=["gpu"]))
    written = partners.put("genci", changed, GENCI)
    assert (written.outcome, written.offer.slug) == ("updated", "un")


def test_a_partner_that_knows_both_keeps_two_records(place):
    partners = place.catalog.partners
    for number, slug in enumerate(("un", "deux")):
        item = PartnerItem(external_id=f"A-{number}", offer=offer_json(slug, "training"))
        partners.put("genci", item, GENCI)
        place.catalog.reviews.commands.publish(target(slug, BY_SECOND))
    merged(place, "deux", "un")
    _, offer = partners.record("genci", "A-1", GENCI)
    assert (offer.state, offer.slug) == ("archived", "deux")
    changed = PartnerItem(external_id="A-1", offer=offer_json("deux", "training", keywords=["a"]))
    with pytest.raises(IllegalTransitionError):
        partners.put("genci", changed, GENCI)


def test_a_listing_that_others_name_is_not_merged_away(place):
    place.publish("un")
    place.publish("deux")
    place.publish("suite", details={"stacking": {"needs_prior": ["deux"]}})
    with pytest.raises(StillNamedError) as refused:
        merged(place, "deux", "un")
    assert refused.value.naming == ["suite"]
    assert place.client.get("/v1/offers/deux").status_code == 200


@pytest.mark.parametrize(
    ("gone", "kept", "error"),
    [
        ("un", "un", MergedIntoItselfError),
        ("un", "brouillon", IllegalTransitionError),
        ("archive", "un", IllegalTransitionError),
        ("un", "inconnue", OfferNotFoundError),
    ],
)
def test_a_merge_that_leads_nowhere_is_refused_and_changes_nothing(place, gone, kept, error):
    place.publish("un", "training")
    place.archive(place.publish("archive", "training"))
    place.catalog.offers.commands.create(content("brouillon", "training"), BY_CURATOR)
    with pytest.raises(error):
        merged(place, gone, kept)
    assert place.client.get("/v1/offers/un").status_code == 200


def test_a_partner_merges_nothing(place):
    place.publish("un", "training")
    place.publish("deux", "training")
    with pytest.raises(ReviewersOnlyError):
        merged(place, "deux", "un", GENCI)


def submitted(place, slug, by=BY_CURATOR, **changes):
    """Store a listing that waits for a reviewer."""
    place.catalog.offers.commands.create(content(slug, "training", **changes), by)
    place.catalog.reviews.commands.submit(target(slug, by))


def test_a_listing_that_waits_is_found_to_be_a_twin_of_a_published_one(place):
    place.publish("un", "training", **TITLE)
    submitted(place, "deux", **TITLE)
    submitted(place, "autre", title=both("Formation à Slurm"))
    place.look_for_duplicates()
    assert pairs(place) == [("un", "deux")]
    # Whichever of the two is looked at again, the pair stays.
    place.look_for_duplicates(days=2)
    assert pairs(place) == [("un", "deux")]
    assert "probable_duplicate" in checks(place, "un") & checks(place, "deux")


def test_two_listings_that_both_wait_are_found_before_any_is_published(place):
    submitted(place, "un", **TITLE)
    submitted(place, "deux", **TITLE)
    submitted(place, "autre", title=both("Formation à Slurm"))
    place.look_for_duplicates()
    assert pairs(place) == [("un", "deux")]
    place.look_for_duplicates(days=2)
    assert pairs(place) == [("un", "deux")]


def test_a_listing_that_was_rejected_is_no_twin_of_another(place):
    submitted(place, "un", **TITLE)
    place.catalog.reviews.commands.reject(target("un", BY_SECOND), "hors sujet")
    submitted(place, "deux", **TITLE)
    place.look_for_duplicates()
    place.look_for_duplicates(days=2)
    assert pairs(place) == []


def test_a_published_listing_is_no_twin_of_its_own_pending_text(place):
    published = place.publish("un", "training", **TITLE)
    place.edit(published, content("un", "training", **TITLE, keywords=["accès"]))
    place.look_for_duplicates()
    assert pairs(place) == []
