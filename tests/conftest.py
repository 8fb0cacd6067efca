"""Settings of the whole test run."""

import pytest
from hypothesis import HealthCheck, settings

# A failed assertion in what the tests share shows its values, too.
pytest.register_assert_rewrite("tests.faults.ledger", "tests.faults.running")

# The machine that runs the tests may be busy: no deadline on a single example.
settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("steady")
