"""What the authors of rules are told before anybody else is judged by them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiff_contracts.offer import OfferDocument, rules_of
from aiff_contracts.offer.authoring import EligibilityCase
from aiff_contracts.rules import Rule
from aiff_matching.authoring.domain.cases import CaseResult, run_cases
from aiff_matching.authoring.domain.linting import Finding, lint
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.offers.application.ports import LiveCatalogue
from aiff_matching.offers.domain.building import build


class RuleChecks:
    """Looks for faults in a rule that is being written."""

    def __init__(self, catalogue: LiveCatalogue) -> None:
        """Keep the catalogue, whose offers a rule may name."""
        self._catalogue = catalogue

    def lint(self, rule: Rule) -> tuple[Finding, ...]:
        """Return what is wrong with a rule; pointers begin at the rule."""
        return lint(rule, self._catalogue.current().titles.keys())


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was found in one offer's rules, and how its cases went."""

    offer: OfferDocument
    findings: tuple[Finding, ...]
    results: tuple[CaseResult, ...]

    @property
    def acceptable(self) -> bool:
        """Tell whether no finding is an error and every case holds."""
        errors = any(finding.severity == "error" for finding in self.findings)
        return not errors and all(result.holds for result in self.results)


def review(
    sources: Iterable[tuple[OfferDocument, tuple[EligibilityCase, ...]]], gpus: GpuTable
) -> Iterator[Reviewed]:
    """Yield the review of every offer among the others; pointers begin at the offer."""
    listed = list(sources)
    catalogue = build([document for document, _ in listed], 0)
    for document, cases in listed:
        findings = tuple(_findings(document, catalogue.titles.keys()))
        results = tuple(run_cases(document.slug, cases, catalogue, gpus))
        yield Reviewed(document, findings, results)


def _findings(document: OfferDocument, offers: Iterable[str]) -> Iterator[Finding]:
    known = frozenset(offers)
    for pointer, rule in rules_of(document):
        for finding in lint(rule, known):
            place = pointer + finding.pointer
            yield Finding(finding.code, finding.severity, place, finding.message)
