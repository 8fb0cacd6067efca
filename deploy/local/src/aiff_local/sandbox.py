"""A product for partners' programmers: always the same listings, accounts and day, and new keys."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aiff_local.product import CannotStartError, Product

# The day on which the examples of the partners' guide are told.
CLOCK_START = "2026-11-23T12:00:00+01:00"
LISTINGS = (
    "compute/jean-zay-h100.yaml",
    "compute/scaleway-h100-sxm-8.yaml",
    "training/fidle.yaml",
)


@dataclass(frozen=True, slots=True)
class Guest:
    """An account of the sandbox, with what its key may do."""

    name: str
    email: str
    role: str
    scopes: tuple[str, ...]
    organisation: str | None = None


GUESTS = (
    Guest(
        "PARTNER",
        "partner@sandbox.example",
        "partner",
        ("introductions:answer", "offers:write", "startups:find"),
        "scaleway",
    ),
    Guest(
        "STARTUP",
        "startup@sandbox.example",
        "startup",
        ("introductions:request", "startups:read", "startups:write"),
    ),
    Guest("CURATOR", "curator@sandbox.example", "curator", ("offers:review",), "cap-digital"),
)


def refuse_outside_development() -> None:
    """Keep known accounts out of every place that is none for trying out.

    Raises CannotStartError.
    """
    environment = os.environ.get("AIFF_ENVIRONMENT") or "development"
    if environment != "development":
        raise CannotStartError(f"a sandbox is for development, AIFF_ENVIRONMENT is {environment}")


def few_listings(catalogue: Path, folder: Path) -> Path:
    """Copy the listings of the sandbox and every organisation; return where they are."""
    shutil.copytree(catalogue / "organisations", folder / "organisations")
    for listing in LISTINGS:
        (folder / listing).parent.mkdir(exist_ok=True)
        shutil.copy(catalogue / listing, folder / listing)
    return folder


def invite(product: Product) -> Iterator[str]:
    """Add the accounts and yield, for a shell, the address and a key of each."""
    yield f"export AIFF_API_URL={product.url}"
    for guest in GUESTS:
        organisation = ("--organisation", guest.organisation) if guest.organisation else ()
        account = (guest.email, "--role", guest.role, *organisation, "--generate")
        _gateway(product, "accounts", "add", *account)
        scopes = [part for scope in guest.scopes for part in ("--scope", scope)]
        made = _gateway(product, "keys", "add", guest.email, "--name", "sandbox", *scopes)
        yield f"export SANDBOX_{guest.name}_KEY={made.split()[-1]}"


def _gateway(product: Product, *arguments: str) -> str:
    """Run a command of the gateway, which alone knows accounts and keys."""
    done = subprocess.run(  # noqa: S603  The command is ours.
        [sys.executable, "-m", "aiff_gateway", *arguments],
        env=product.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        raise CannotStartError(lines[-1] if lines else f"{' '.join(arguments)} failed")
    return done.stdout
