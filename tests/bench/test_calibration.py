"""The utilisation table, its page and the product's estimates follow from the published facts."""

from math import log

import pytest
from bench.compute import estimates
from bench.compute.calibration import Fact, fit, fitted_runs, regression, residuals, written
from bench.compute.estimates import Figures, Judged
from bench.compute.facts import halves, judged, share_of_run

from aiff_matching.compute.adapters.utilisation_table import packaged_utilisation
from aiff_matching.shared.intervals import Between


@pytest.mark.parametrize("path", list(written()), ids=lambda path: path.name)
def test_the_packaged_table_and_the_page_follow_from_the_facts(path):
    assert path.read_text() == written()[path], "run python -m bench.compute.calibration --write"


def test_every_family_is_in_one_half_and_the_order_of_names_decides():
    fitted, shown = halves(["b", "a", "d", "c", "a"])
    assert (fitted, shown) == ({"a", "c"}, {"b", "d"})
    every = judged("training_runs.yaml")
    assert {run["family"] for run in every["runs"]} <= set(every["families"])


def test_nothing_of_the_shown_half_moves_the_table():
    shown = halves(judged("training_runs.yaml")["families"])[1]
    assert not {fact.model for fact in fitted_runs()} & shown
    assert {fact.model for fact in fitted_runs(shown=True)} <= shown


def test_memory_of_the_past_plans_and_bounds_are_never_fitted_on():
    for run in judged("training_runs.yaml")["runs"]:
        if run["fit"]:
            assert run["hours"] == "exact"
            assert run["confidence"] in {"source", "secondary"}
        assert run["source"]


def test_a_share_is_six_n_d_over_hours_and_peak():
    run = {"active_parameters_b": 1, "tokens_b": 1, "gpu_hours": 1, "gpu": "A100-SXM4-80GB"}
    assert share_of_run(run) == pytest.approx(6e18 / (312e12 * 3600))


def test_effects_are_found_again_where_the_facts_have_no_noise():
    facts = [
        Fact(f"{gpu}{number}", f"{gpu}{number}", gpu, share, tokens_per_parameter=ratio)
        for number, ratio in enumerate((10, 100, 1000) * 20)
        for gpu, share in (("ampere", 0.4), ("hopper", 0.3 * (ratio / 100) ** -0.1))
    ]
    found = regression(facts, [], prior=log(0.75))
    assert list(found) == pytest.approx([log(0.4), log(0.75), -0.1, 0, 0], abs=0.01)
    assert residuals(facts, found) == pytest.approx([0.0] * len(facts), abs=0.05)


def test_one_absurd_run_moves_a_level_by_little():
    facts = [Fact(str(number), str(number), "ampere", 0.4) for number in range(20)]
    absurd = [*facts, Fact("absurd", "absurd", "ampere", 0.001)]
    level = regression(absurd, [], prior=-0.3)[0]
    assert level == pytest.approx(log(0.4), abs=0.03)


def test_no_class_is_wider_than_three_but_where_no_run_is_published():
    assert fit().width <= log(3) + 1e-9
    for row in packaged_utilisation().rows.values():
        assert row.low < row.middle < row.high <= 1
        assert row.high / row.low <= 3.05 if row.work != "inference" else 3.6


@pytest.mark.parametrize("shown", [False, True])
def test_nine_in_ten_trainings_lie_in_a_range_of_three(shown):
    found = Figures.of(estimates.runs(shown=shown))
    assert found.coverage >= 0.9
    assert found.width <= 3


def test_over_all_trainings_the_middle_is_the_middle():
    every = [*estimates.runs(shown=False), *estimates.runs(shown=True)]
    assert 0.9 <= Figures.of(every).ratio <= 1.1


def test_bounds_and_rooms_agree_with_the_estimates():
    assert all(agrees for _, agrees in estimates.bounded_runs())
    assert all(agrees for _, agrees in estimates.rooms())


@pytest.mark.parametrize(
    ("facts", "least"),
    [
        (estimates.steps(shown=False), 0.9),
        (estimates.steps(shown=True), 0.8),
        (estimates.serving(shown=False), 0.9),
        (estimates.serving(shown=True), 0.85),
        (estimates.streams(shown=False), 0.9),
        (estimates.memories(), 0.8),
    ],
    ids=["tuning", "tuning-shown", "serving", "serving-shown", "streams", "memory"],
)
def test_facts_beside_training_lie_in_their_ranges(facts, least):
    assert Figures.of(facts).coverage >= least


def test_figures_count_a_family_once_by_family():
    facts = [Judged(str(one), "many", 1, Between(1, 4)) for one in range(3)]
    found = Figures.of([*facts, Judged("single", "one", 8, Between(1, 4))])
    assert (found.facts, found.coverage, found.width) == (4, 0.75, 4)
    assert (found.ratio, found.ratio_by_family) == (0.5, 2.25)
