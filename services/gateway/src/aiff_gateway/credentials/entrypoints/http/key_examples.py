"""Bodies about keys as somebody sends them, for the API document; a test reads each of them."""

from aiff_gateway.shared.examples import example

CREATE = example(
    "partner",
    "A key of a partner's system, for a year",
    name="annuaire",
    scopes=["offers:write", "offers:history"],
    expires_at="2027-12-01T00:00:00Z",
)
ROTATE = example("usual", "Both keys work for two days", overlap_hours=48)
ROTATE_LEAKED = example("leaked", "The old key leaked: it ends at once", overlap_hours=0)
ACT_FOR = example("organisation", "Act for an organisation", organisation="lexia-0f3a9c")
