"""`make bench`: prints every figure beside its goal, from one run on embedded engines.

HTTP figures are ratios to a bare Starlette JSON endpoint on the same server and machine, because
absolute numbers say more about the machine than about the code. `python -m bench http rules`
runs only those parts.
"""

import sys
from collections.abc import Callable, Sequence

from bench import (
    bodies,
    curation,
    engines_search,
    events,
    exports,
    freshness,
    http,
    imports,
    matching,
    quality,
    rebuild,
    rules,
    search_quality,
    statements,
    watching,
)
from bench.compute import estimates
from bench.pages import figures as pages

Row = tuple[str, str, str]
PARTS: dict[str, Callable[[], Sequence[Row]]] = {
    "rules": rules.rows,
    "quality": quality.rows,
    "estimates": estimates.rows,
    "matching": matching.rows,
    "watching": watching.rows,
    "http": http.rows,
    "bodies": bodies.rows,
    "statements": statements.rows,
    "freshness": freshness.rows,
    "events": events.rows,
    "curation": curation.rows,
    "exports": exports.rows,
    "imports": imports.rows,
    "rebuild": rebuild.rows,
    "pages": pages.rows,
    "search_quality": search_quality.rows,
    "engines_search": engines_search.rows,
}


def main(names: Sequence[str]) -> None:
    """Run the named parts, or all, and print their rows."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.exit(f"unknown part {', '.join(unknown)}: choose from {', '.join(PARTS)}")
    print(f"{'figure':<62}{'measured':>22}  goal")
    for name in names or list(PARTS):
        for figure, measured, goal in PARTS[name]():
            print(f"{figure:<62}{measured:>22}  {goal}", flush=True)


main(sys.argv[1:])
