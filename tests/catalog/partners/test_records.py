"""What partners' systems sent, on every database: one identifier an offer, races, rehearsals."""

import pytest
from tests.catalog.support import BY_CURATOR, content

from aiff_catalog.partners.application.writes import PartnerItem
from aiff_catalog.partners.domain import PartnerPolicy, PartnerRecord
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import OfferLinkedError, StaleVersionError
from aiff_contracts.codec import dump

PARTNER = Authorship(author="partner-1", limited_to="genci")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def item(external_id="A-1", slug="bourse", **changes):
    return PartnerItem(external_id=external_id, offer=dump(content(slug, **changes)))


def test_one_offer_has_one_identifier_of_a_partner(place):
    result = place.catalog.partners.put("genci", item(), PARTNER)
    assert result.offer is not None
    second = PartnerRecord(partner="genci", external_id="A-2", offer_id=result.offer.id)
    with place.catalog.base.open() as uow, pytest.raises(OfferLinkedError):
        uow.partners.put(second)


def test_two_refused_identifiers_have_no_offer(place):
    for external_id in ("A-1", "A-2"):
        broken = PartnerItem(external_id=external_id, offer={})
        results = place.catalog.partners.batch("genci", [broken], PARTNER)
        assert results[0].refusal is not None
    found = place.catalog.partners.records("genci", PARTNER, "", 10)
    assert [(record.external_id, offer) for record, offer in found] == [
        ("A-1", None),
        ("A-2", None),
    ]


def test_of_two_first_policies_one_wins(place):
    policy = PartnerPolicy(
        partner="genci", kinds=("funding",), version=1, updated_at=place.clock(), author="one"
    )
    with place.catalog.base.open() as uow:
        uow.partners.put_policy(policy)
        uow.commit()
    with place.catalog.base.open() as uow, pytest.raises(StaleVersionError):
        uow.partners.put_policy(policy)
    assert place.catalog.partners.policy("genci", BY_CURATOR).kinds == ("funding",)


def test_a_rehearsal_leaves_neither_offer_nor_record_nor_event(place):
    place.catalog.partners.put_policy(
        PartnerPolicy(partner="genci", kinds=("funding",)), None, BY_CURATOR
    )
    tried = place.catalog.partners.put("genci", item(), PARTNER, dry_run=True)
    assert (tried.outcome, tried.offer.state) == ("created", "published")
    assert place.catalog.partners.records("genci", PARTNER, "", 10) == []
    assert place.relay() == 0
    done = place.catalog.partners.put("genci", item(), PARTNER)
    assert (done.outcome, done.offer.state) == ("created", "published")
    assert place.relay() > 0
