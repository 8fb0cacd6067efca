"""What authors of rules are told."""

from aiff_matching.authoring.application import RuleChecks
from aiff_matching.main.wiring.offers import OffersParts


def wire_authoring(offers: OffersParts) -> RuleChecks:
    """Return what looks for faults in a rule that is being written."""
    return RuleChecks(offers.catalogue)
