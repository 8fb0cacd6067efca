"""A load's result, for people who read a terminal."""

from collections.abc import Iterator

from aiff_catalog.loading.application import LoadReport


def lines_of(report: LoadReport) -> Iterator[str]:
    """Yield one line a fault (file, place, what to do), then the counts."""
    yield from _faults(report)
    yield (
        f"{report.created} created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.faulty} faulty"
    )


def lines_of_check(report: LoadReport) -> Iterator[str]:
    """Yield the same of a check: what a load would do."""
    yield from _faults(report)
    yield (
        f"a load would create {report.created} and update {report.updated}; "
        f"{report.unchanged} unchanged, {report.faulty} faulty"
    )


def lines_of_files(report: LoadReport, files: int) -> Iterator[str]:
    """Yield the faults of files that no catalogue could be compared with, then their count."""
    yield from _faults(report)
    yield f"{files - report.faulty} without a fault, {report.faulty} faulty"


def _faults(report: LoadReport) -> Iterator[str]:
    for entry in report.faults:
        yield f"{entry.file}: {entry.fault.pointer or '/'}: {entry.fault.detail}"
