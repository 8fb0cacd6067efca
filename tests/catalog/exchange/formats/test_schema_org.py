import re
from dataclasses import replace
from datetime import date

import orjson
import pytest
from tests.catalog.exchange.formats.vocabulary_of_schema_org import PARENTS, ancestry, properties_of
from tests.catalog.real_documents import published, real_documents, stored_documents
from tests.catalog.support import content, organisation

from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.formats.schema_org import SchemaOrgWriter, described

ROOT = Addresses("https://example.org")
KNOWN = {"genci": organisation("genci")}
DURATION = re.compile(r"P(?=.)(\d+W|(T(?=.)(\d+H)?(\d+M)?))")


def faults(node, place=""):
    """Yield every type, property and value that schema.org does not have there."""
    kind = node["@type"]
    if kind not in PARENTS:
        yield place, "type", kind
        return
    allowed = properties_of(kind)
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in allowed:
            yield f"{place}/{name}", "property", kind
            continue
        for one in value if isinstance(value, list) else [value]:
            yield from _value_faults(one, allowed[name], f"{place}/{name}")


def _value_faults(value, wanted, place):
    if isinstance(value, dict) and "@value" not in value:
        if not wanted & set(ancestry(value["@type"])):
            yield place, "value", value["@type"]
        yield from faults(value, place)
    elif not any(FITS[kind](value) for kind in wanted if kind in FITS):
        yield place, "value", value


def _is_text(value):
    tagged = isinstance(value, dict) and set(value) == {"@value", "@language"}
    return tagged or isinstance(value, str)


def _is_date(value):
    return isinstance(value, str) and bool(date.fromisoformat(value))


FITS = {
    "Text": _is_text,
    "URL": lambda value: isinstance(value, str) and value.startswith(("http://", "https://")),
    "Number": lambda value: isinstance(value, int | float),
    "Date": _is_date,
    "Duration": lambda value: isinstance(value, str) and bool(DURATION.fullmatch(value)),
}


def test_every_offer_of_the_real_catalogue_says_only_what_schema_org_has():
    found = {
        one.slug: list(faults(orjson.loads(orjson.dumps(described(one, ROOT)))))
        for one in real_documents()
    }
    assert {slug: wrong for slug, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "Unicorn"},
        {"@type": "MonetaryGrant", "areaServed": []},
        {"@type": "Course", "provider": {"@type": "Place"}},
        {"@type": "Course", "timeRequired": "two hours"},
        {"@type": "Offer", "price": 12},
    ],
)
def test_the_checker_sees_what_is_wrong(node):
    assert list(faults(node))


def node(kind, **changes):
    return described(published(content("bourse", kind, **changes), KNOWN), ROOT)


def funding(instrument):
    maximum = {"amount": "30000.00"}
    component = {"instrument": instrument, "dilution": "none", "maximum": maximum}
    return node("funding", details={"components": [component]})


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (lambda: node("compute"), "Service"),
        (lambda: node("training"), "Course"),
        (lambda: node("incubation"), "EducationalOccupationalProgram"),
        (lambda: node("expertise"), "Service"),
        (lambda: funding("grant"), "MonetaryGrant"),
        (lambda: funding("loan"), "LoanOrCredit"),
        (lambda: funding("repayable_advance"), "LoanOrCredit"),
        (lambda: funding("equity"), "Service"),
        (lambda: node("resource"), "LearningResource"),
        (lambda: node("resource", details={"resource": "service"}), "Service"),
    ],
)
def test_each_kind_has_its_type(made, kind):
    assert made()["@type"] == kind


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ({"on": "2027-01-04"}, "2027-01-04"),
        ({"on": "2027-03-31", "at": "00:30"}, "2027-03-31"),
        ({"on": "2027-03-31", "at": "00:00"}, "2027-03-31"),
        ({"on": "2027-06-30", "at": "23:59:59"}, "2027-06-30"),
        ({"on": "2027-06-30", "timezone": "Indian/Reunion"}, "2027-06-30"),
        ({"on": "2027-06-30", "at": "20:00", "timezone": "America/Cayenne"}, "2027-06-30"),
        ({"on": "2027-06-30", "at": "08:00", "timezone": "Pacific/Noumea"}, "2027-06-30"),
        ({"on": "2027-06-30", "at": "01:00", "timezone": "Europe/Helsinki"}, "2027-06-30"),
        ({"on": "2026-10-25", "at": "02:30"}, "2026-10-25"),
        ({"on": "2027-03-28", "timezone": "Atlantic/Azores"}, "2027-03-28"),
    ],
)
@pytest.mark.parametrize("end", ["opens", "closes"])
def test_days_of_applications_are_those_of_the_offer_s_zone(end, moment, day):
    name = {"opens": "applicationStartDate", "closes": "applicationDeadline"}[end]
    intake = {"shape": "window", "window": {end: moment}}
    assert node("incubation", intake=intake)[name] == day


def test_what_a_public_body_provides_is_a_government_service():
    known = {"genci": replace(organisation("genci"), type="public_body")}
    found = described(published(content("aide", "expertise"), known), ROOT)
    assert found["@type"] == "GovernmentService"
    assert found["provider"][0]["@type"] == "GovernmentOrganization"


def test_a_grant_says_its_amount_and_a_course_its_sessions():
    assert funding("grant")["amount"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "maxValue": 30000.0,
    }
    sessions = [{"starts": "2027-01-11", "ends": "2027-01-12", "seats": 12, "seats_left": 0}]
    course = node("training", details={"sessions": sessions, "duration_hours": 7.5})
    assert course["timeRequired"] == "PT7H30M"
    (instance,) = course["hasCourseInstance"]
    assert instance["remainingAttendeeCapacity"] == 0
    assert "location" not in instance


def test_unknown_is_left_out_and_free_is_said():
    assert "offers" not in node("training")
    free = node("training", pricing={"basis": "free"})
    assert free["offers"] == [{"@type": "Offer", "price": "0", "priceCurrency": "EUR"}]


def test_the_dump_is_one_document_whatever_the_batches():
    writer = SchemaOrgWriter(ROOT)
    documents = stored_documents()
    pieces = [writer.begin(), writer.add(documents[:3]), writer.add(documents[3:])]
    graph = orjson.loads(b"".join((*pieces, *writer.end())))
    assert graph["@context"] == "https://schema.org"
    assert len({one["@id"] for one in graph["@graph"]}) == len(documents)
