"""How the API document shows what somebody may send."""

from typing import Any


def example(name: str, summary: str, /, **value: Any) -> dict[str, Any]:
    """Return one of the examples of a body, to be merged with its others."""
    return {name: {"summary": summary, "value": value}}
