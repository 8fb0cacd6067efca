"""Settings of the whole test run."""

from hypothesis import HealthCheck, settings

# The machine that runs the tests may be busy: no deadline on a single example.
settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("steady")
