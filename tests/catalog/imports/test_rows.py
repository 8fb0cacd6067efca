"""Importing partners' files on every database: previewed, refused row by row, cut off, repeated."""

from itertools import islice

import pytest
from tests.catalog.support import offer_json

from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.main.import_command import ImportOrder, open_order, run_import
from aiff_catalog.shared.authorship import Authorship
from aiff_contracts.codec import dump_json

PARTNER = Authorship(author="partner-1", limited_to="genci")
COLUMNS = "ref,slug,titre,title,relecture\n"
MAPPING = """
external_id: ref
delimiter: ","
columns:
  slug: {to: /slug}
  titre: {to: /title/fr}
  title: {to: /title/en}
  relecture: {to: /review_by, type: date_dmy}
constants:
  /summary/fr: une offre
  /summary/en: an offer
  /organisations/0/organisation: genci
  /organisations/0/role: provider
  /details/kind: training
  /sources/0/label: fichier du partenaire
  /sources/0/confidence: sourced
"""


def run(place, order):
    return run_import(place.catalog.imports.rows, order, FileLimits())


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture
def table(tmp_path):
    """What writes a table of a partner and says how to import it."""
    mapping, errors = tmp_path / "mapping.yaml", tmp_path / "errors.csv"
    mapping.write_text(MAPPING)

    def order(lines, *, apply=False):
        path = tmp_path / "offers.csv"
        path.write_text(lines if lines.startswith("ref") else COLUMNS + lines)
        return ImportOrder(path, "genci", mapping, errors, apply)

    return order


def objects(tmp_path, *items):
    path = tmp_path / "offers.ndjson"
    lines = [dump_json({"external_id": name, "offer": offer}) for name, offer in items]
    path.write_bytes(b"\n".join(lines))
    return path


def counts(tally):
    return dict(tally.counts)


def slugs(place):
    return sorted(
        one.external_id for one, _ in place.catalog.partners.records("genci", PARTNER, "", 99)
    )


def needing(slug, *others):
    return offer_json(slug, details={"stacking": {"needs_prior": list(others)}})


def test_a_preview_says_what_would_be_and_writes_nothing(place, tmp_path):
    path = objects(tmp_path, ("A-1", needing("un", "deux")), ("A-2", offer_json("deux")))
    order = ImportOrder(path, "genci")
    assert counts(run(place, order)) == {"created": 2}
    assert slugs(place) == []


def test_the_same_file_again_changes_nothing(place, tmp_path):
    path = objects(tmp_path, ("A-1", offer_json("un")), ("A-2", offer_json("deux")))
    order = ImportOrder(path, "genci", apply=True)
    assert counts(run(place, order)) == {"created": 2}
    assert counts(run(place, order)) == {"unchanged": 2}
    changed = objects(tmp_path, ("A-1", offer_json("un", keywords=["gpu"])))
    look = ImportOrder(changed, "genci")
    assert counts(run(place, look)) == {"updated": 1}


def test_what_was_cut_off_is_finished_by_the_next_run(place, tmp_path):
    items = [(f"A-{n}", offer_json(f"offre-{n}")) for n in range(5)]
    order = ImportOrder(objects(tmp_path, *items), "genci", apply=True)
    _, file = open_order(order, FileLimits())
    begun = place.catalog.imports.rows.apply("genci", file, Authorship(author="catalogue-import"))
    assert [one.outcome for one in islice(begun, 2)] == ["created", "created"]
    assert counts(run(place, order)) == {"created": 3, "unchanged": 2}
    assert len(slugs(place)) == 5


def test_an_import_waits_for_review_whatever_the_policy(place, tmp_path):
    order = ImportOrder(objects(tmp_path, ("A-1", offer_json("un"))), "genci", apply=True)
    run(place, order)
    ((_, offer),) = place.catalog.partners.records("genci", PARTNER, "", 9)
    assert (offer.state, offer.pending_state) == ("unpublished", "submitted")


def test_bad_rows_are_told_by_line_and_column_and_the_others_are_stored(place, table):
    bad = "A-2,deux,Deux,Two,2026-01-31\nA-3,,Trois,Three,\nA-4,quatre,=1+1,Four,\n"
    tally = run(place, table(f"A-1,un,Un,One,\n{bad}", apply=True))
    assert counts(tally) == {"created": 1, "refused": 3}
    told = [": ".join(line.split(": ")[:2]) for line in tally.told]
    assert {"line 3: relecture", "line 4: slug", "line 5: titre"} <= set(told)


def test_the_file_of_errors_is_mended_and_imported_as_it_is(place, table):
    order = table("A-1,un,Un,One,30/11/2027\nA-2,Deux!,+Deux,Two,\n", apply=True)
    run(place, order)
    refused = order.errors.read_text()
    assert refused.splitlines()[0] == "ref,slug,titre,title,relecture,import_line,import_reason"
    mended = table(refused.replace("Deux!", "deux"), apply=True)
    assert counts(run(place, mended)) == {"created": 1}
    assert slugs(place) == ["A-1", "A-2"]


def test_a_row_that_repeats_another_is_refused_before_it_overwrites_it(place, table):
    lines = "A-1,un,Un,One,\nA-1,deux,Deux,Two,\nA-3,un,Un,One,\n"
    for apply in (False, True):
        tally = run(place, table(lines, apply=apply))
        assert counts(tally) == {"created": 1, "refused": 2}


def test_an_offer_that_the_partner_knows_by_another_name_is_refused_in_the_preview_too(
    place, tmp_path
):
    first = objects(tmp_path, ("A-1", offer_json("un")))
    run(place, ImportOrder(first, "genci", apply=True))
    second = objects(tmp_path, ("B-1", offer_json("un", keywords=["gpu"])))
    for apply in (False, True):
        order = ImportOrder(second, "genci", apply=apply)
        assert counts(run(place, order)) == {"refused": 1}


def test_what_names_an_offer_that_is_refused_is_refused_with_it(place, tmp_path):
    broken = offer_json("deux", organisations=[{"organisation": "personne", "role": "provider"}])
    path = objects(tmp_path, ("A-1", needing("un", "deux")), ("A-2", broken))
    for apply in (False, True):
        order = ImportOrder(path, "genci", apply=apply)
        assert counts(run(place, order)) == {"refused": 2}
