"""Where the commands call, with which key, in which language."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from aiff_client.client import Client

ADDRESS = "http://127.0.0.1:8000"
KEY_FILE = Path("~/.config/aiff/key")
Language = Literal["fr", "en"]
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class AccessError(Exception):
    """The settings do not say where to call or with which key; the message says how to mend it."""


def language(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language of the terminal: French where its locale is, else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    told = next((environment[name] for name in names if environment.get(name)), "")
    return "fr" if told.lower().startswith("fr") else "en"


def open_client(environment: Mapping[str, str] = os.environ) -> Client:
    """Return a client for AIFF_API_URL, with the key of AIFF_API_KEY or of the user's key file.

    Raises AccessError.
    """
    address = environment.get("AIFF_API_URL") or ADDRESS
    try:
        return Client(address, _key(environment), language=language(environment))
    except ValueError as error:
        raise AccessError(f"AIFF_API_URL: {error}") from error


def _key(environment: Mapping[str, str]) -> str | None:
    given = environment.get("AIFF_API_KEY")
    path = KEY_FILE.expanduser()
    if given or not path.exists():
        return given or None
    if path.stat().st_mode & _OTHERS:
        raise AccessError(f"{path} can be read by others: chmod 600 {path}")
    return path.read_text(encoding="utf-8").strip() or None
