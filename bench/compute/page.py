"""The page of the utilisation table with its sources: `docs/estimates.md`, made from the data."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_TEMPLATE = Path(__file__).parent / "page.md"


def page(
    table: Mapping[str, Any],
    runs: Iterable[Mapping[str, Any]],
    published: Iterable[Mapping[str, Any]],
    time: float,
) -> str:
    """Return the page: `runs` and `published` have their `share` and `half` worked out."""
    streams = {one["quantised"]: f"{one['low']} to {one['high']}" for one in table["streams"]}
    hopper = next(one for one in table["families"] if one["name"] == "hopper")
    return _TEMPLATE.read_text().format(
        wider=table["wider"],
        short=table["short"]["most_tokens"],
        factor=table["short"]["factor"],
        plain=streams[False],
        packed=streams[True],
        slope=hopper["slope"],
        time=time,
        rows="".join(map(_row, table["rows"])),
        runs="".join(map(_run, runs)),
        published="".join(map(_mfu, published)),
        **table["overtraining"],
    )


def _row(one: Mapping[str, Any]) -> str:
    mixture = "yes" if one["mixture"] else "no"
    ends = " | ".join(f"{one[end]:.3f}" for end in ("low", "middle", "high"))
    facts = f"{one['runs']} | {one['models']}"
    return f"| {one['work']} | {mixture} | {one['family']} | {ends} | {facts} |\n"


def _run(one: Mapping[str, Any]) -> str:
    count = f"{one['parameters_b']:g}"
    if one["active_parameters_b"] != one["parameters_b"]:
        count += f" ({one['active_parameters_b']:g})"
    cells = (
        one["id"], one["task"], count, f"{one['tokens_b']:g}", one["gpu"],
        f"{one['gpu_hours']:,.0f}", f"{one['share']:.3f}", one["half"],
        f"{one['source']} ({one['confidence']})",
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |\n"


def _mfu(one: Mapping[str, Any]) -> str:
    source = f"{one['source']} ({one['confidence']})"
    return f"| {one['model']} | {one['gpu']} | {one['mfu']} | {one['half']} | {source} |\n"
