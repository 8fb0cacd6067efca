"""Random companies and needs, as people describe them: much is left out."""

from datetime import date

from hypothesis import strategies as st

from aiff_matching.profiles.domain.need import (
    ComputeNeed,
    FundingNeed,
    IncubationNeed,
    Need,
    TrainingNeed,
)
from aiff_matching.profiles.domain.profile import Profile

_FLAG = st.none() | st.booleans()
_DAYS = st.none() | st.dates(date(2026, 6, 1), date(2028, 6, 1))
_AID = st.sampled_from(["cir", "pionniers-ia-p1", "innovup", "ffplus-business-experiments-1"])
_STAGES = ["ideation", "pre_creation", "pre_seed", "seed", "series_a", "series_b", "growth"]


def _maybe(*values: object) -> st.SearchStrategy:
    return st.none() | st.sampled_from(values)


def profiles() -> st.SearchStrategy[Profile]:
    """Companies and laboratories, some of them not created yet."""
    return st.builds(
        Profile,
        country=_maybe("FR", "DE"),
        headcount=_maybe(0, 4, 12, 60, 400),
        turnover_eur=_maybe(0, 2e5, 1e7),
        own_equity_eur=_maybe(0, 4e5),
        organisation_type=_maybe("startup", "sme", "lab", "public_body", "large"),
        has_legal_entity=_FLAG,
        stage=_maybe(*_STAGES),
        trl=_maybe(2, 4, 6, 9),
        deeptech=_FLAG,
        ai_company=_FLAG,
        hpc_experience=_FLAG,
        contract_covers_allocation=_FLAG,
        prior_aid=st.none() | st.lists(_AID, max_size=2, unique=True).map(tuple),
    )


def needs() -> st.SearchStrategy[Need]:
    """Needs of one or several parts, with and without dates."""
    compute = st.builds(
        ComputeNeed,
        gpu_hours=_maybe(500, 20_000, 400_000),
        gpu_model=_maybe("H100", "A100", "MI250X"),
        start=_DAYS,
        purpose=_maybe("open_research", "innovation", "production"),
        sovereignty=st.sampled_from(["none", "eu_controlled"]),
    )
    funding = st.builds(
        FundingNeed,
        amount_eur=_maybe(30_000, 300_000, 5_000_000),
        project_cost_eur=_maybe(60_000, 2_000_000),
        non_dilutive_only=st.booleans(),
        needed_by=_DAYS,
    )
    return st.builds(
        Need,
        description=_maybe("modèle de langue pour le droit", "computer vision on GPUs"),
        compute=st.none() | compute,
        funding=st.none() | funding,
        training=st.none() | st.just(TrainingNeed()),
        incubation=st.none() | st.just(IncubationNeed()),
    )
