"""Ways judged by their parts, and places sorted in groups, are what the plain way gives."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.matching.documents import NOW
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_matching.answers.domain import criteria
from aiff_matching.answers.domain.assessment import HIDDEN, assess_way, hidden
from aiff_matching.answers.domain.criteria import Question
from aiff_matching.answers.domain.judged import NEVER
from aiff_matching.answers.domain.scan import sorted_places
from aiff_matching.answers.domain.ways_by_parts import judge_by_parts
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.options import Situation
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import ComputeNeed, Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import VERDICTS

GPUS = packaged_gpu_table()
jobs = st.fixed_dictionaries(
    {},
    optional={
        "task": st.sampled_from(["pretraining", "lora", "inference"]),
        "parameters_b": st.sampled_from([1, 70, 400]),
        "tokens_b": st.sampled_from([0.1, 20, 2_000]),
        "gpu_hours": st.sampled_from([1, 5_000, 900_000, {"min": 100, "max": 60_000}]),
        "gpu_model": st.sampled_from(["H100-SXM", "V100", "MI250X", "no such"]),
        "gpus_min": st.sampled_from([1, 64, 2_000]),
        "gpu_memory_gb_min": st.sampled_from([40, 96]),
        "stack": st.sampled_from(["cuda", "rocm", "any"]),
        "cpu_architecture": st.just(["aarch64"]),
        "data_class": st.sampled_from(["health", "personal", "secret"]),
        "data_locations": st.just(["FR"]),
        "sovereignty": st.sampled_from(["eu_hosted", "sovereign_strict"]),
        "permitted_use": st.sampled_from(["dual", "defence"]),
        "can_be_federated": st.booleans(),
        "budget_eur": st.sampled_from([0, 1_000, 5_000_000]),
        "duration_months": st.sampled_from([1, 36]),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(jobs)
def test_a_way_by_its_parts_is_judged_as_the_way_by_itself(job: dict) -> None:
    catalogue, need = real_catalogue(), Need(compute=parse(ComputeNeed, job))
    columns, situation = catalogue.columns, Situation.of(need.compute, GPUS, NOW)
    cases = np.flatnonzero(columns.case_kind == columns.kinds.index("compute"))
    known = Known(Profile(), need, situation.today, {})
    question = Question(Profile(), need, {}, situation, frozenset(), None)
    found = judge_by_parts(catalogue, cases, situation)
    for place, way in enumerate(columns.cases.examples[cases].tolist()):
        candidate, number = catalogue.way(way)
        reason = hidden(candidate, need, situation)
        assert found.reasons[place] == (0 if reason is None else 1 + HIDDEN.index(reason))
        if reason is None:
            item = assess_way(candidate, number, known, situation)
            start = item.options[0].earliest_start
            assert VERDICTS[found.if_true[place]] == item.decision.if_open
            assert found.closed[place] == (item.decision.verdict == "closed")
            assert found.starts[place] == (NEVER if start is None else start.toordinal())
            assert found.waits[place] == {c.awaited for c in item.checks if c.awaited}
            values = [found.values[name][place] for name in ("fit", "delay", "cost")]
            plain = [
                judge(item, question)
                for judge in (criteria.need_fit, criteria.delay, criteria.cost)
            ]
            assert [None if np.isnan(value) else value for value in values] == plain


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.booleans())))
def test_places_are_in_falling_order_and_equal_ones_stay_in_theirs(rows: list) -> None:
    scores, refused = np.array([row[0] for row in rows]), np.array([row[1] for row in rows], bool)
    plain = sorted(range(len(rows)), key=lambda place: (refused[place], -scores[place]))
    assert sorted_places(scores, refused).tolist() == plain
