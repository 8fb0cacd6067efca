"""On what a comparison rests, worked out from the JSON of an offer, apart from the service."""

from datetime import date
from typing import Any

Json = dict[str, Any]
STRONG = ("stated_by_provider", "sourced")
UNSAID: Json = {"confidence": None, "as_of": None}


def refuses(leaf: Json, today: date) -> bool:
    """Tell whether a comparison can refuse on a day: firm, dated, at most 18 months old."""
    if leaf.get("confidence") not in STRONG or leaf.get("as_of") is None:
        return False
    year, month, day = (int(part) for part in leaf["as_of"].split("-"))
    months = year * 12 + month - 1 + 18
    # The 31st of a short month is its day after the last.
    return (today.year, today.month, today.day) <= (months // 12, months % 12 + 1, day) or (
        (today.year, today.month, today.day) == next_month(months // 12, months % 12 + 1)
        and not exists(months // 12, months % 12 + 1, day)
    )


def exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def next_month(year: int, month: int) -> tuple[int, int, int]:
    return (year + 1, 1, 1) if month == 12 else (year, month + 1, 1)


def sourced(rule: Json, offer: Json, pointer: str) -> Json:
    """Return a written rule with what each comparison rests on."""
    if rule["type"] == "not":
        return {**rule, "rule": sourced(rule["rule"], offer, f"{pointer}/rule")}
    if rule["type"] != "cmp":
        parts = [sourced(r, offer, f"{pointer}/rules/{n}") for n, r in enumerate(rule["rules"])]
        return {**rule, "rules": parts}
    said = rule.get("source")
    cited = ground(offer, pointer) if said is None else meant(said, offer["sources"])
    found = {key: rule.get(key) or cited.get(key) for key in UNSAID}
    if disputed(offer, pointer):
        found["confidence"] = "disputed"
    return {**rule, **found}


def meant(said: str, sources: list[Json]) -> Json:
    words = plain(said)
    same = [s for s in sources if words in {plain(s["label"]), plain(s.get("url") or "")}]
    near = [s for s in sources if both_begin(words, plain(s["label"]))]
    author = [s for s in sources if author_of(words) == author_of(plain(s["label"]))]
    return best(same or near or author)


def ground(offer: Json, pointer: str) -> Json:
    """Return what a typed fact rests on."""
    places = [pointer]
    if pointer in {"/audience", "/territories"}:
        places.append("/eligibility")
    about = [
        source
        for source in offer["sources"]
        if not source.get("fields")
        or any(
            place == f or place.startswith(f + "/") for f in source["fields"] for place in places
        )
    ]
    found = best(about)
    doubt = {"confidence": "disputed"} if about and disputed(offer, pointer) else {}
    return {"confidence": found["confidence"], "as_of": found["as_of"], **doubt}


def best(sources: list[Json]) -> Json:
    """Return the source that bears a refusal for longest."""
    strong = [s for s in sources if s["confidence"] in STRONG and s.get("as_of")]
    if strong:
        return max(strong, key=lambda source: source["as_of"])
    return sources[0] if sources else UNSAID


def disputed(offer: Json, pointer: str) -> bool:
    about = [
        claim
        for claim in offer.get("claims") or ()
        if claim["field"] == pointer or claim["field"].startswith(pointer + "/")
    ]
    return len({c["value"] for c in about}) > 1 and not any(c.get("chosen") for c in about)


def plain(words: str) -> str:
    return " ".join(words.casefold().split())


def both_begin(one: str, other: str) -> bool:
    return one[: len(other)] == other or other[: len(one)] == one


def author_of(words: str) -> str:
    for mark in ",:;(\u2013\u2014":
        words = words.split(mark, maxsplit=1)[0]
    return words.strip()
