"""What an engine's counts of values become for a reader."""

from collections.abc import Iterable, Mapping
from typing import Any

from aiff_catalog.search.domain.queries import ANY, UNRESTRICTED, FacetCount, FilterName

# As many values as are counted of a facet.
MOST_VALUES = 200


def facet(name: FilterName, buckets: Iterable[Mapping[str, Any]]) -> tuple[FacetCount, ...]:
    """Return the counts that a reader will find when choosing a value, largest first."""
    counts = {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}
    unrestricted = counts.get(ANY, 0) if name in UNRESTRICTED else 0
    found = [
        FacetCount(value, count if value == ANY else count + unrestricted)
        for value, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.value)))
