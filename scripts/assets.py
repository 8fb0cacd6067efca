"""Bring the script of live suggestions from npm into the portal.

Pages are complete without it, so a machine without npm is set up all the same, and told.
"""

import shutil
from pathlib import Path

from aiff_local.engines.base import EngineUnavailableError
from aiff_local.engines.downloads import npm_packages

PORTAL = Path(__file__).resolve().parents[1] / "services" / "portal"
SCRIPT = PORTAL / "src/aiff_portal/ui/entrypoints/static/htmx.js"


def main() -> None:
    """Copy the script to where the portal serves it from."""
    try:
        packages = npm_packages(PORTAL)
    except EngineUnavailableError as error:
        print(f"setting up: pages without live suggestions, {error}")
        return
    shutil.copyfile(packages / "htmx.org" / "dist" / "htmx.min.js", SCRIPT)


if __name__ == "__main__":
    main()
