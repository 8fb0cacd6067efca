"""A review of rules, for people who read a terminal."""

from collections.abc import Iterator

from aiff_matching.authoring.application import Reviewed


def lines_of(name: str, reviewed: Reviewed) -> Iterator[str]:
    """Yield one line a finding and a case that does not hold."""
    for finding in reviewed.findings:
        message = finding.message.en
        yield f"{name}: {finding.pointer}: {finding.severity}: {message} ({finding.code})"
    for result in reviewed.results:
        if not result.holds:
            case = result.case
            yield f"{name}: case “{case.name}”: expected {case.verdict}, found {result.found}"
