"""A load's result, for people who read a terminal."""

from collections.abc import Iterator

from aiff_catalog.loading.application import LoadReport


def lines_of(report: LoadReport) -> Iterator[str]:
    """Yield one line a fault (file, place, what to do), then the counts."""
    for entry in report.faults:
        yield f"{entry.file}: {entry.fault.pointer or '/'}: {entry.fault.detail}"
    yield (
        f"{report.created} created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.faulty} faulty"
    )
