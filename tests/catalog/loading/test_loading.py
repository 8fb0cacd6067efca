import pytest
import yaml
from tests.catalog.support import CATALOGUE, both, offer_json, organisation_json, target
from typer.testing import CliRunner

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.loading.application import check_catalogue
from aiff_catalog.main.cli import cli


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


def write(folder, value, kind="funding"):
    path = folder / kind / f"{value['slug']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture
def small(folder):
    write(folder, organisation_json("bpifrance"), "organisations")
    theirs = [{"organisation": "bpifrance", "role": "provider"}]
    later = {"stacking": {"needs_prior": ["zz-ensuite"]}}
    write(folder, offer_json("bourse", organisations=theirs, details=later))
    write(folder, offer_json("zz-ensuite", organisations=theirs))
    return folder


def load(place, folder):
    report = place.catalog.loader.load(read_folder(folder))
    return (report.created, report.updated, report.unchanged, report.faulty), report.faults


def test_files_are_loaded_published_and_searchable(place, small):
    assert load(place, small) == ((3, 0, 0, 0), [])
    place.drain()
    assert place.found() == ["bourse", "zz-ensuite"]


def test_the_same_files_again_change_nothing(place, small):
    load(place, small)
    place.drain()
    assert load(place, small) == ((0, 0, 3, 0), [])
    assert place.relay() == 0


def test_a_changed_file_is_a_new_revision(place, small):
    load(place, small)
    theirs = [{"organisation": "bpifrance", "role": "provider"}]
    write(small, offer_json("zz-ensuite", organisations=theirs, title=both("Ensuite")))
    assert load(place, small)[0] == (0, 1, 2, 0)
    document = place.client.get("/v1/offers/zz-ensuite").json()
    assert (document["version"], document["title"]) == (3, both("Ensuite"))


def test_a_file_does_not_undo_a_withdrawal(place, small):
    load(place, small)
    place.catalog.reviews.commands.hide(target("zz-ensuite"), "archive", "terminé")
    assert load(place, small)[0] == (0, 0, 3, 0)
    assert place.client.get("/v1/offers/zz-ensuite").status_code == 410


def test_a_fault_names_the_file_and_the_field_and_leaves_the_rest_loaded(place, small):
    write(small, offer_json("faux", title={"fr": "seul"}, colour="red"))
    write(small, offer_json("perdue", details={"stacking": {"excludes": ["nulle-part"]}}))
    write(small, offer_json("ailleurs"), "training")
    write(small, offer_json("nom")).rename(small / "funding" / "autre-nom.yaml")
    (small / "funding" / "double.yaml").write_text("slug: double\nslug: double\n")
    counts, faults = load(place, small)
    assert counts == (3, 0, 0, 5)
    assert {(entry.file, entry.fault.pointer) for entry in faults} == {
        ("funding/faux.yaml", "/title/en"),
        ("funding/faux.yaml", "/colour"),
        ("funding/perdue.yaml", "/details/stacking/excludes/0"),
        ("training/ailleurs.yaml", "/details/kind"),
        ("funding/autre-nom.yaml", "/slug"),
        ("funding/double.yaml", ""),
    }


def test_cases_beside_an_offer_are_checked_and_not_published(place, folder):
    theirs = [{"organisation": "bpifrance", "role": "provider"}]
    case = {"name": "toute jeune", "verdict": "eligible", "asked_on": "2026-11-24", "profile": {}}
    write(folder, organisation_json("bpifrance"), "organisations")
    write(folder, offer_json("bourse", organisations=theirs, eligibility_cases=[case]))
    assert load(place, folder)[0] == (2, 0, 0, 0)
    assert "eligibility_cases" not in place.client.get("/v1/offers/bourse").json()
    wrong = case | {"verdict": "perhaps"}
    write(folder, offer_json("bourse", organisations=theirs, eligibility_cases=[case, wrong]))
    (entry,) = load(place, folder)[1]
    assert entry.fault.pointer == "/eligibility_cases/1/verdict"


def test_the_command_prints_a_line_a_fault_then_the_counts_and_fails(place, small):
    write(small, offer_json("faux", title={"fr": "seul"}))
    result = CliRunner().invoke(cli, ["load", str(small)])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "funding/faux.yaml: /title/en: required field is missing",
        "3 created, 0 updated, 0 unchanged, 1 faulty",
    ]


def check(folder):
    result = CliRunner().invoke(cli, ["load", str(folder), "--check"])
    return result.exit_code, result.output.splitlines()[-1]


def test_a_check_of_an_empty_catalogue_says_what_would_be_new_and_stores_nothing(place, small):
    would = "a load would create 3 and update 0; 0 unchanged, 0 faulty"
    assert check(small) == (0, would)
    assert check(small) == (0, would)
    assert place.client.get("/v1/offers/bourse").status_code == 404


def test_a_check_of_what_is_loaded_says_unchanged(place, small):
    load(place, small)
    assert check(small) == (0, "a load would create 0 and update 0; 3 unchanged, 0 faulty")


def test_a_check_of_a_part_and_of_changes_says_both_and_stores_nothing(place, small):
    load(place, small)
    theirs = [{"organisation": "bpifrance", "role": "provider"}]
    write(small, offer_json("zz-ensuite", organisations=theirs, title=both("Ensuite")))
    write(small, offer_json("nouvelle", organisations=theirs))
    write(small, organisation_json("bpifrance", name="Autre nom"), "organisations")
    for _ in range(2):
        assert check(small) == (0, "a load would create 1 and update 2; 1 unchanged, 0 faulty")
    assert place.client.get("/v1/offers/zz-ensuite").json()["title"] != both("Ensuite")


def test_a_check_says_what_the_load_after_it_does(place, small):
    load(place, small)
    place.catalog.reviews.commands.hide(target("zz-ensuite"), "archive", "terminé")
    write(small, offer_json("faux", title={"fr": "seul"}))
    code, said = check(small)
    counts, _ = load(place, small)
    would = "a load would create {} and update {}; {} unchanged, {} faulty"
    assert said == would.format(*counts)
    assert (code, counts[-1]) == (1, 1)


def test_a_check_without_a_database_tells_the_faults_alone(small, tmp_path, monkeypatch):
    monkeypatch.setenv("CATALOG_DATABASE_URL", f"sqlite:///{tmp_path / 'none' / 'catalog.db'}")
    write(small, offer_json("faux", title={"fr": "seul"}))
    assert check(small) == (1, "3 without a fault, 1 faulty")


def test_an_empty_folder_is_one_clear_line(place, tmp_path):
    result = CliRunner().invoke(cli, ["load", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "no catalogue files under" in result.output


def test_the_real_catalogue_has_no_fault():
    files = read_folder(CATALOGUE)
    assert check_catalogue(files).faults == []
    assert len(files) > 200


def test_the_real_catalogue_loads_and_is_found(place):
    files = read_folder(CATALOGUE)
    counts, faults = load(place, CATALOGUE)
    assert faults == []
    assert sum(counts) == len(files)
    place.drain()
    offers = [file for file in files if file.folder != "organisations"]
    assert place.search(count="true", limit=1)["count"] == len(offers)
    assert "jean-zay-h100" in place.found(q="jean zay h100")
    assert place.search(q="entrainement", count="true")["count"] > 0
