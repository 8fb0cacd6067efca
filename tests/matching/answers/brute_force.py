"""An evaluator of its own, slow and simple: it tries every value that an answer leaves possible.

It reads the offer and the profile as JSON and uses nothing of the service. For each comparison
it lists the values that the attribute may still have (a point between any two limits is enough
for a number), asks the comparison of each, and calls the result unknown where they disagree.
Sources: docs of the rule tree, Recommendation 2003/361/EC, Regulation (EU) 2023/2831.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations, product
from typing import Any

from tests.matching.answers.places import chain_of, inside_country, is_under, lies_in, under
from tests.matching.answers.weighing import UNSAID, ground, refuses, sourced

Json = dict[str, Any]
COMPARED = ("attribute", "op", "value", "granted_within_months", "outside")
YES, NO, OPEN = "yes", "no", "open"
BEST_FIRST = ("eligible", "to_confirm", "unknown", "closed", "not_eligible")
FAR = 1e18
SIZES = ["micro", "small", "medium", "small_midcap", "midcap", "large"]
AUDIENCES = {
    "startup": {"startup"}, "sme": {"sme", "startup"}, "midcap": {"midcap"}, "large": {"large"},
    "lab": {"lab", "university"}, "public_body": {"public_body", "university", "lab"},
    "individual": {"individual"}, "association": {"association"},
}  # fmt: skip
# One goes to these; being elsewhere is a point to confirm.
VISITED = {"incubation", "training", "network"}


class Person:
    """A profile and a day; remembers what it worked out about each comparison."""

    def __init__(self, profile: Json, today: date, listed: Json | None = None) -> None:
        self.profile, self.today, self.listed = profile, today, listed or {}
        self.memory: dict[str, str] = {}

    def holds(self, rule: Json) -> str:
        match rule["type"]:
            case "all":
                found = [self.holds(inner) for inner in rule["rules"]]
                return NO if NO in found else OPEN if OPEN in found else YES
            case "any":
                found = [self.holds(inner) for inner in rule["rules"]]
                return YES if YES in found else OPEN if OPEN in found else NO
            case "not":
                return {YES: NO, NO: YES, OPEN: OPEN}[self.holds(rule["rule"])]
        key = " ".join(str(rule.get(part)) for part in COMPARED)
        if key not in self.memory:
            self.memory[key] = self.compared(rule)
        return self.memory[key]

    def excused(self, rule: Json, *, against: bool = False) -> str:
        """Return what a rule gives where what fails on weak ground counts as met."""
        if rule["type"] == "not":
            return self.excused(rule["rule"], against=not against)
        if rule["type"] == "cmp":
            found = self.holds({"type": "not", "rule": rule} if against else rule)
            return YES if found == NO and not refuses(rule, self.today) else found
        parts = [self.excused(inner, against=against) for inner in rule["rules"]]
        worst_first = (NO, OPEN, YES) if (rule["type"] == "all") != against else (YES, OPEN, NO)
        return min(parts, key=worst_first.index)

    def compared(self, leaf: Json) -> str:
        asked = leaf["value"]
        listed = asked if isinstance(asked, list) else [asked]
        answers = {true_of(leaf, value) for value in self.values(leaf, listed)}
        return OPEN if len(answers) > 1 else YES if answers.pop() else NO

    def values(self, leaf: Json, listed: list) -> list:
        """Return what the attribute may still be."""
        name = leaf["attribute"]
        given = self.profile.get(name)
        special = {
            "company_size": self.sizes,
            "age_months": lambda: self.ages(listed[0]),
            "de_minimis_received_eur": lambda: points(self.de_minimis(), listed[0]),
            "prior_aid": lambda: self.aids(listed, leaf.get("granted_within_months")),
            "sectors": lambda: sets_of(given, given, listed),
            "created_on": lambda: self.days(leaf["op"], given),
            "country": lambda: [{place} for place in self.countries(listed)],
            "sites": lambda: self.places([*listed, *(leaf.get("outside") or ())]),
            "naf": lambda: ["99.00Z", *listed] if given is None else under(given, listed),
            "has_legal_entity": self.entities,
        }
        if name in special:
            return list(special[name]())
        if isinstance(listed[0], bool):
            return [True, False] if given is None else [given]
        if isinstance(listed[0], str):
            return ["another", *listed] if given is None else [given]
        return points(span(given), listed[0])

    def aids(self, listed: list[str], months: int | None) -> Iterator[set[str]]:
        """Yield each set of the listed codes that the aid obtained may stand for."""
        if self.profile.get("prior_aid") is None:
            yield from subsets(listed)
            return
        each = [self.codes_of(aid, listed, months) for aid in self.profile["prior_aid"]]
        for chosen in product(*each):
            yield set().union(*chosen)

    def codes_of(self, aid: Any, listed: list[str], months: int | None) -> list[set[str]]:
        entry = {"offer": aid} if isinstance(aid, str) else aid
        known = self.listed.get(entry["offer"], {})
        families, level = known.get("families"), known.get("level") or entry.get("level")
        if entry.get("families") is not None:
            families = [*entry["families"], *(families or ())]
        sure, doubtful = set(), []
        for code in listed:
            what, _, name = code.rpartition(":")
            fact = {"": [entry["offer"]], "family": families, "level": level and [level]}[what]
            if fact is None:
                doubtful.append(code)
            elif name in fact:
                sure.add(code)
        found = [sure | some for some in subsets(doubtful)]
        granted = entry.get("granted_on")
        if months is None or (granted and self.is_within(granted, months)):
            return found
        return [set()] if granted else [set(), *found]

    def is_within(self, granted: str, months: int) -> bool:
        end = on_month(date.fromisoformat(granted), months)
        return (self.today.year, self.today.month, self.today.day) <= end

    def sizes(self) -> Iterator[str]:
        names = ("headcount", "turnover_eur", "balance_sheet_eur")
        limits = [(10, 50, 250, 750, 5000), (2e6, 10e6, 50e6, 150e6, 1.5e9)]
        limits.append((2e6, 10e6, 43e6, 129e6, 2e9))
        tried = []
        for name, ceilings in zip(names, limits, strict=True):
            low, high = span(self.profile.get(name))
            near = [point for limit in ceilings for point in (limit - 1, limit, limit + 1)]
            for other in self.profile.get("enterprises") or ():
                part = span(other.get(name)) if other["relation"] == "linked" else (0, 0)
                low, high = low + part[0], high + part[1]
            tried.append([low, high, *(point for point in near if low <= point <= high)])
        for staff, sales, assets in product(*tried):
            yield size_class(staff, sales, assets)

    def days(self, op: str, given: str | None) -> list[Any]:
        """Return the days that are possible, for a period how many months they lie back."""
        if op != "within_months":
            return ["1900-01-01", "2999-01-01"] if given is None else [given]
        if given is None:
            return [0, FAR]
        return [next(n for n in range(10**6) if self.is_within(given, n))]

    def ages(self, limit: float) -> list[float]:
        created = self.profile.get("created_on")
        if created is None or date.fromisoformat(created) > self.today:
            return [0, limit - 1, limit, limit + 1, 10**6]
        born, months = date.fromisoformat(created), 0
        while on_month(born, months + 1) <= (self.today.year, self.today.month, self.today.day):
            months += 1
        return [months]

    def de_minimis(self) -> tuple[float, float]:
        """Return the aid of the company and of all enterprises that are linked to it."""
        others = self.profile.get("enterprises") or ()
        group = [self.profile, *(one for one in others if one["relation"] == "linked")]
        each = [self.de_minimis_of(one) for one in group]
        return sum(low for low, _ in each), sum(high for _, high in each)

    def de_minimis_of(self, one: Json) -> tuple[float, float]:
        stated, aids = one.get("de_minimis_received_eur"), one.get("prior_aid")
        if aids is None:
            return span(stated)
        low = high = 0.0
        for aid in aids:
            entry = {"offer": aid} if isinstance(aid, str) else aid
            nature, granted = entry.get("de_minimis"), entry.get("granted_on")
            if nature is False or (granted and not self.is_recent(granted)):
                continue
            least, most = span(entry.get("amount_eur"))
            high += most
            low += least if nature and granted else 0
        if stated is None:
            return low, high
        least, most = max(low, span(stated)[0]), min(high, span(stated)[1])
        return min(least, most), max(least, most)

    def is_recent(self, granted: str) -> bool:
        day = date.fromisoformat(granted)
        back = (self.today.year - 3, self.today.month, self.today.day)
        return back <= (day.year, day.month, day.day) <= (*self.today.timetuple()[:3],)

    def countries(self, listed: list[str]) -> list[str]:
        given = self.profile.get("country")
        homes = {chain_of(site)[-1] for site in self.profile.get("sites") or ()}
        if given is None and len(homes) == 1:
            given = homes.pop()
        return ["JP", *map(inside_country, listed)] if given is None else [given]

    def places(self, listed: list[str]) -> Iterator[set[str]]:
        sites = self.profile.get("sites")
        known = self.profile.get("country")
        stated = sites or ([known] if known else [])
        choices = [[place, *(t for t in listed if lies_in(t, place))] for place in stated]
        # Whoever states no site may have others, anywhere.
        extra = [()] if sites else [(), *((place,) for place in ["JP", *listed])]
        for chosen in product(*choices):
            for more in extra:
                if chosen or more:
                    yield {*chosen, *more}

    def entities(self) -> list[bool]:
        given, created = self.profile.get("has_legal_entity"), self.profile.get("created_on")
        if given is None and created is not None:
            given = date.fromisoformat(created) <= self.today
        return [True, False] if given is None else [given]


def true_of(leaf: Json, value: Any) -> bool:
    op, asked = leaf["op"], leaf["value"]
    listed = asked if isinstance(asked, list) else [asked]
    if op in {"<", "before"}:
        return value < asked
    if op in {">", "after"}:
        return value > asked
    if op in {"<=", ">=", "within_months"}:
        return value == asked or (value < asked) == (op != ">=")
    if op == "within":
        there = [place for place in value if any(lies_in(place, one) for one in listed)]
        but = leaf.get("outside") or ()
        return any(not any(lies_in(place, one) for one in but) for place in there)
    if op == "prefix":
        return any(is_under(value, prefix) for prefix in listed)
    among = any(one in value for one in listed) if isinstance(value, set) else value in listed
    return among != (op == "not_in")


def span(given: Any) -> tuple[float, float]:
    if given is None:
        return 0, FAR
    if isinstance(given, dict):
        return given.get("min") or 0, given.get("max") if given.get("max") is not None else FAR
    return given, given


def points(bounds: tuple[float, float], limit: float) -> list[float]:
    low, high = bounds
    near = (limit - 1e-6, limit, limit + 1e-6)
    return [low, high, *(point for point in near if low <= point <= high)]


def subsets(codes: list[str]) -> list[set[str]]:
    return [set(some) for some in chain([()], combinations(codes, 1), [codes])]


def sets_of(known: list[str] | None, given: Any, listed: list[str]) -> list[set[str]]:
    return subsets(listed) if given is None else [set(known or ())]


def size_class(staff: float, sales: float, assets: float) -> str:
    if staff < 10 and (sales <= 2e6 or assets <= 2e6):
        return "micro"
    if staff < 50 and (sales <= 10e6 or assets <= 10e6):
        return "small"
    if staff < 250 and (sales <= 50e6 or assets <= 43e6):
        return "medium"
    if staff < 750 and (sales <= 150e6 or assets <= 129e6):
        return "small_midcap"
    if staff < 5000 and (sales <= 1.5e9 or assets <= 2e9):
        return "midcap"
    return "large"


def on_month(born: date, months: int) -> tuple[int, int, int]:
    total = born.month - 1 + months
    return born.year + total // 12, total % 12 + 1, born.day


def verdict(offer: Json, person: Person, status: dict[str | None, str]) -> str:
    """Return the verdict for nobody's project; `status` is the intake's, by access mode."""
    details = offer["details"]
    modes = details.get("access_modes") or []
    if details["kind"] != "compute" or not modes:
        return _ranked(offer, None, person, status[None])[1]
    ways = [_ranked(offer, mode, person, status[mode["id"]]) for mode in modes]
    return min(ways, key=_hope)[1]


def _hope(way: tuple[str, str]) -> list[int]:
    """Return the rank of a way: what is closed and would refuse anyway comes last."""
    hopeless = way == ("not_eligible", "closed")
    return [hopeless, *(BEST_FIRST.index(one) for one in reversed(way))]


def _ranked(offer: Json, mode: Json | None, person: Person, status: str) -> tuple[str, str]:
    """Return what it would be if open, and what it is."""
    details, stated = offer["details"], [offer.get("eligibility") or {}]
    if mode is not None:
        stated.append(mode.get("eligibility") or {})
    places = ["/eligibility/rule"]
    if mode is not None:
        number = details["access_modes"].index(mode)
        places.append(f"/details/access_modes/{number}/eligibility/rule")
    written, asked = _asked(offer, stated, places)
    found = person.holds(asked)
    doubted = found == NO and (found := person.excused(asked)) == YES
    away = _away(offer, written, person)
    not_yet = details.get("status") in {"planned", "deploying"}
    said = any(part.get("rule") or part.get("open_to_all") for part in stated)
    words = any(part.get("conditions") for part in stated) or not said or doubted
    words = words or status == "by_recommendation" or not_yet
    words = words or details.get("status") == "quote_only" or away
    if_open = "to_confirm" if words else "eligible"
    if found != YES:
        if_open = "unknown" if found == OPEN else "not_eligible"
    return if_open, "closed" if status == "closed" or not_yet else if_open


def _asked(offer: Json, stated: list[Json], places: list[str]) -> tuple[list[Json], Json]:
    """Return the written rules and all that is asked; worked out once for an offer."""
    known = offer.setdefault("asked", {})
    if places[-1] not in known:
        written = [
            sourced(part["rule"], offer, place)
            for part, place in zip(stated, places, strict=True)
            if part.get("rule")
        ]
        rules = [*written, *implied(offer, written[:1])]
        known[places[-1]] = written, {"type": "all", "rules": rules}
    return known[places[-1]]


def _away(offer: Json, written: list[Json], person: Person) -> bool:
    """Tell whether an offer takes place where the person is not known to be."""
    asked = {name for rule in written for name in _attributes(rule)}
    where = offer.get("territories") or ["WORLD"]
    if offer["details"]["kind"] not in VISITED or asked & {"sites", "country"}:
        return False
    return "WORLD" not in where and person.holds(_cmp("sites", "within", where)) != YES


def implied(offer: Json, written: list[Json]) -> Iterator[Json]:
    """Yield what follows from the stated facts that the offer's own rule does not ask about."""
    own = offer.get("eligibility") or {}
    asked = set.intersection(*_ways(own["rule"])) if own.get("rule") else set()
    for rule in _stated(offer):
        covered = asked | ({"sites"} if "country" in asked else set())
        if rule["attribute"] not in covered:
            yield rule
    stacking = offer["details"].get("stacking") or {}
    own, once = (ground(offer, f"/details/stacking/{name}") for name in (
        "excludes", "once_per_beneficiary"))  # fmt: skip
    barred = [(slug, own) for slug in stacking.get("excludes", ())]
    barred += [(other, why) for other, why in offer.get("excluded_by", ())
               if other not in stacking.get("excludes", ())]  # fmt: skip
    if stacking.get("once_per_beneficiary"):
        barred.append((offer["slug"], once))
    for slug, why in barred:
        yield {"type": "not", "rule": _cmp("prior_aid", "overlaps", [slug], why)}


def _stated(offer: Json) -> Iterator[Json]:
    details = offer["details"]
    if (offer.get("eligibility") or {}).get("open_to_all"):
        return
    if details.get("nature") == "cloud" and details["sector"] == "private":
        return  # A shop names its market; it refuses no customer.
    if offer.get("audience"):
        types = set().union(*(AUDIENCES[name] for name in offer["audience"]))
        yield _cmp("organisation_type", "in", sorted(types), ground(offer, "/audience"))
    where = offer.get("territories") or ["WORLD"]
    if details["kind"] not in VISITED and "WORLD" not in where:
        yield _cmp("sites", "within", where, ground(offer, "/territories"))
    if details["kind"] != "funding":
        return
    for key, attribute, op in (
        ("trl_minimum", "trl", ">="), ("trl_maximum", "trl", "<="),
        ("project_cost_minimum", "project_cost_eur", ">="),
        ("project_cost_maximum", "project_cost_eur", "<="),
    ):  # fmt: skip
        limit = details.get(key)
        if limit is not None:
            value = float(limit["amount"] if "cost" in key else limit)
            yield _cmp(attribute, op, value, ground(offer, f"/details/{key}"))
    yield from _ceilings(offer, details)


def _ceilings(offer: Json, details: Json) -> Iterator[Json]:
    stacking = details.get("stacking") or {}
    floors = [float((part.get("minimum") or {"amount": 0})["amount"]) for part in
              details["components"]]  # fmt: skip
    floor = min(floors)
    for name, attribute, op, value in (
        ("needs_prior", "prior_aid", "overlaps", stacking.get("needs_prior")),
        ("capped_by_own_equity", "own_equity_eur", ">=" if floor else ">", floor),
        ("de_minimis", "de_minimis_received_eur", "<=" if floor else "<", 300_000 - floor),
    ):
        if stacking.get(name):
            yield _cmp(attribute, op, value, ground(offer, f"/details/stacking/{name}"))


def _ways(rule: Json) -> list[set[str]]:
    """Return for each way to meet a rule (a choice in every `any`) what it asks about."""
    if rule["type"] == "any":
        return [way for inner in rule["rules"] for way in _ways(inner)]
    if rule["type"] == "all":
        return [set().union(*ways) for ways in product(*map(_ways, rule["rules"]))]
    return [set(_attributes(rule))]


def _attributes(rule: Json) -> Iterator[str]:
    if rule["type"] == "cmp":
        yield rule["attribute"]
    for inner in rule.get("rules", [rule["rule"]] if "rule" in rule else []):
        yield from _attributes(inner)


def _cmp(attribute: str, op: str, value: Any, on: Json = UNSAID) -> Json:
    return {"type": "cmp", "attribute": attribute, "op": op, "value": value, **on}
