"""Days and instants of aid schemes: a day stays a day, an instant one, and no zone is guessed."""

from datetime import date, time
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.imports.test_aid_schemes import offer, one
from tests.catalog.real_documents import published
from tests.catalog.support import content, organisation

from aiff_catalog.exchange.adapters.formats.aid_schemes import core_row
from aiff_catalog.imports.domain.aid_scheme_cells import CellError
from aiff_catalog.imports.domain.aid_schemes import parts_of
from aiff_contracts.codec import parse
from aiff_contracts.offer import Moment

ROW = {"titre": "Aide", "cibles": "professionnels", "date_mise_a_jour": "2026-11-01"}
CONSTANTS = {"/details/kind": "funding"}
KNOWN = {"genci": organisation("genci")}


def fields(**cells: str) -> dict:
    return dict(chain(*parts_of({**ROW, **cells}, CONSTANTS)))


def moment(end: str, cell: str) -> tuple[str, str | None]:
    column = {"opens": "date_ouverture", "closes": "date_cloture"}[end]
    found = fields(**{column: cell})
    return found[f"/intake/window/{end}/on"], found.get(f"/intake/window/{end}/at")


@pytest.mark.parametrize(
    ("end", "cell", "day", "at"),
    [
        ("closes", "2026-12-15", "2026-12-15", None),
        ("opens", "2026-12-15", "2026-12-15", None),
        ("closes", "2026-12-15T23:59:59+01:00", "2026-12-15", None),
        ("closes", "2026-12-15T22:59:59Z", "2026-12-15", None),
        ("closes", "2027-07-14T21:59:59Z", "2027-07-14", None),
        ("opens", "2026-09-30T22:00:00Z", "2026-10-01", None),
        ("opens", "2026-10-01T00:00:00+02:00", "2026-10-01", None),
        # What is said to the minute stays an instant.
        ("closes", "2026-12-15T23:59:00+01:00", "2026-12-15", "23:59:00"),
        ("closes", "2026-12-15T00:00:00+01:00", "2026-12-15", "00:00:00"),
        ("closes", "2026-12-15T16:00:00Z", "2026-12-15", "17:00:00"),
        ("closes", "2027-06-15T12:00:00-03:00", "2027-06-15", "17:00:00"),
        ("closes", "2026-12-15 16:00:00Z", "2026-12-15", "17:00:00"),
    ],
)
def test_a_cell_says_a_day_or_an_instant(end: str, cell: str, day: str, at: str | None) -> None:
    assert moment(end, cell) == (day, at)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("9999-12-31T23:59:59Z", "1970..2200"),
        ("9999-12-31T23:59:59-23:59", "1970..2200"),
        ("0001-01-01T00:00:00+14:00", "1970..2200"),
        ("9999-12-31", "leave the cell empty"),
        ("2026-12-15T18:00:00", "says no zone"),
        ("2026-12-15 18:00", "says no zone"),
        ("15/12/2026", "neither a day like"),
        ("2026-02-30", "neither a day like"),
        ("2026-12", "neither a day like"),
        ("fin décembre", "neither a day like"),
    ],
)
@pytest.mark.parametrize("column", ["date_ouverture", "date_cloture"])
def test_one_cell_that_is_neither_costs_its_row_and_says_how_to_mend_it(
    column: str, cell: str, told: str, tmp_path
) -> None:
    with pytest.raises(CellError, match=told) as refused:
        fields(**{column: cell})
    assert refused.value.column == column
    (fault,) = one(tmp_path, **{column: cell}).faults
    assert fault.column == column


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-20T23:30:00Z", "2026-11-21"),
        ("2026-11-20T10:00:00", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-21T00:30:00+02:00", "2026-11-20"),
    ],
)
def test_the_day_of_an_update_is_that_of_paris(cell: str, day: str) -> None:
    assert fields(date_mise_a_jour=cell)["/sources/0/as_of"] == day


def test_a_closing_day_is_open_to_its_end(tmp_path) -> None:
    closes = offer(tmp_path, date_cloture="2026-12-15").intake.window.closes
    assert closes == Moment(on=date(2026, 12, 15))
    assert closes.end().isoformat() == "2026-12-16T00:00:00+01:00"


# Clocks change before four in the morning.
days = st.dates(date(1975, 1, 1), date(2190, 1, 1))
times = st.none() | st.times(time(4), time(23, 58)).map(lambda t: t.replace(microsecond=0))


@given(days, times, days, times)
def test_what_the_export_writes_of_a_period_is_read_back_as_it_was(first, at, last, until) -> None:
    opens, closes = Moment(on=min(first, last), at=at), Moment(on=max(first, last), at=until)
    if closes.end() <= opens.start():
        return
    window = {
        end: {"on": str(one.on), **({"at": str(one.at)} if one.at else {})}
        for end, one in (("opens", opens), ("closes", closes))
    }
    stated = {"audience": ["startup"], "territories": ["FR"]}
    intake = {"shape": "window", "window": window}
    (row,) = core_row(published(content("aide", "funding", intake=intake, **stated), KNOWN))
    found = fields(date_ouverture=row["date_ouverture"], date_cloture=row["date_cloture"])
    for end, one_end in (("opens", opens), ("closes", closes)):
        said = {key: found.get(f"/intake/window/{end}/{key}") for key in ("on", "at")}
        assert parse(Moment, {k: v for k, v in said.items() if v is not None}) == one_end
