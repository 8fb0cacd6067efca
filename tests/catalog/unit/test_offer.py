from datetime import timedelta

import pytest
from tests.catalog.support import NOW, content

from aiff_catalog.domain.authorship import Authorship
from aiff_catalog.domain.errors import (
    AlreadyPublishedError,
    NotPublishedError,
    StaleVersionError,
)
from aiff_catalog.domain.offer import draft, publish, require_version, restate, revise, withdraw
from aiff_kit.ids import new_id

LATER = NOW + timedelta(days=1)


@pytest.fixture
def drafted():
    return draft(new_id(), content("bourse"), NOW)


def test_every_change_raises_the_version_by_one(drafted):
    published = publish(drafted, NOW)
    revised = revise(published, content("bourse", keywords=["aide"]), LATER)
    withdrawn = withdraw(revised, "fini", LATER)
    again = publish(withdrawn, LATER)
    restated = restate(again, LATER)
    versions = [one.version for one in (drafted, published, revised, withdrawn, again, restated)]
    assert versions == [1, 2, 3, 4, 5, 6]


def test_an_offer_published_again_keeps_its_first_publication_and_loses_the_reason(drafted):
    again = publish(withdraw(publish(drafted, NOW), "fini", NOW), LATER)
    assert again.published_at == NOW
    assert again.withdrawn_at is None
    assert again.withdrawal_reason is None


def test_a_published_offer_cannot_be_published_again(drafted):
    with pytest.raises(AlreadyPublishedError):
        publish(publish(drafted, NOW), NOW)


def test_a_draft_cannot_be_withdrawn(drafted):
    with pytest.raises(NotPublishedError):
        withdraw(drafted, "fini", NOW)


def test_a_changed_slug_is_kept_among_the_former_ones(drafted):
    renamed = revise(drafted, content("bourse-bis"), LATER)
    assert renamed.former_slugs == ("bourse",)


def test_a_slug_taken_back_is_no_former_one(drafted):
    renamed = revise(drafted, content("bourse-bis"), LATER)
    assert revise(renamed, content("bourse"), LATER).former_slugs == ("bourse-bis",)


def test_another_version_than_the_newest_is_stale(drafted):
    with pytest.raises(StaleVersionError):
        require_version(publish(drafted, NOW), 1)


def test_a_writer_who_read_no_version_is_not_held_to_one(drafted):
    require_version(drafted, None)


@pytest.mark.parametrize(
    ("limited_to", "may"), [(None, True), ("genci", True), ("inria", False), ("", False)]
)
def test_a_limited_author_may_write_only_what_their_organisation_provides(limited_to, may):
    written = content(
        organisations=[
            {"organisation": "genci", "role": "provider"},
            {"organisation": "inria", "role": "funder"},
        ]
    )
    assert Authorship(author="a", limited_to=limited_to).may_write(written) is may
