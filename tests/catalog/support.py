"""A catalogue in a folder, and the offers that its tests are about."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.offers.application.changing import OfferTarget
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.search.adapters.opensearch.client import OpenSearchServer, writing_client
from aiff_catalog.search.adapters.tantivy.folder import IndexFolder
from aiff_catalog.shared.authorship import Authorship
from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferContent, Organisation
from aiff_kit.auth import IDENTITY_HEADER, IdentitySigner, Principal, Scope
from aiff_kit.testing import SettableClock

# A contract suite says `pytestmark = on_both_families`: embedded engines, then real ones.
on_both_families = pytest.mark.parametrize(
    "family", ["embedded", pytest.param("real", marks=pytest.mark.engines)]
)
# The real catalogue.
CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = "a secret of the tests, longer than thirty-two characters"
CURATOR = Principal(
    "curator-1",
    "cap-digital",
    frozenset(
        (
            Scope.OFFERS_HISTORY,
            Scope.OFFERS_PUBLISH,
            Scope.OFFERS_REVIEW,
            Scope.OFFERS_WITHDRAW,
            Scope.OFFERS_WRITE,
            Scope.ORGANISATIONS_WRITE,
            Scope.VOCABULARIES_EDIT,
        )
    ),
)
SECOND = replace(CURATOR, subject="curator-2")
PARTNER = Principal("partner-1", "genci", frozenset((Scope.OFFERS_HISTORY, Scope.OFFERS_WRITE)))
BY_CURATOR = Authorship(author="curator-1")
BY_SECOND = Authorship(author="curator-2")

DETAILS: dict[str, dict[str, Any]] = {
    "compute": {"kind": "compute", "nature": "machine", "sector": "public", "status": "unknown"},
    "training": {"kind": "training"},
    "funding": {
        "kind": "funding",
        "components": [{"instrument": "grant", "dilution": "none"}],
    },
    "incubation": {"kind": "incubation"},
    "expertise": {"kind": "expertise", "service": "support"},
    "resource": {"kind": "resource", "resource": "guide"},
    "network": {"kind": "network", "network": "cluster"},
}


def both(text: str) -> dict[str, str]:
    return {"fr": text, "en": text}


def offer_json(slug: str = "bourse", kind: str = "funding", **changes: Any) -> dict[str, Any]:
    """Return an offer's content in JSON form; `details` given here are added to the kind's."""
    details = {**DETAILS[kind], **changes.pop("details", {})}
    return {
        "slug": slug,
        "title": both(slug),
        "summary": both("une offre"),
        "organisations": [{"organisation": "genci", "role": "provider"}],
        "details": details,
        "sources": [{"label": "site du fournisseur", "confidence": "sourced"}],
        **changes,
    }


def content(slug: str = "bourse", kind: str = "funding", **changes: Any) -> OfferContent:
    return parse(OfferContent, offer_json(slug, kind, **changes))


def organisation_json(slug: str, name: str | None = None) -> dict[str, Any]:
    return {"slug": slug, "name": name or slug.upper(), "type": "company", "country": "FR"}


def organisation(slug: str, name: str | None = None) -> Organisation:
    return parse(Organisation, organisation_json(slug, name))


def target(offer: Offer | str, by: Authorship = BY_CURATOR) -> OfferTarget:
    """Return an offer as what somebody changes, whatever its version."""
    return OfferTarget(reference=offer if isinstance(offer, str) else str(offer.id), by=by)


@dataclass
class Place:
    """A migrated catalogue with its clock, its web client and its background work."""

    catalog: Catalog
    settings: Settings
    clock: SettableClock
    client: TestClient
    relay: Callable[[], int]
    index: Callable[[], int]
    signer: IdentitySigner = field(default_factory=lambda: IdentitySigner(SECRET))

    def as_(self, principal: Principal, **headers: str) -> dict[str, str]:
        """Return the headers of a caller, as the gateway sends them."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {IDENTITY_HEADER: self.signer.sign(principal, "catalog"), **named}

    def publish(self, slug: str = "bourse", kind: str = "funding", **changes: Any) -> Offer:
        """Store an offer, approved by a second curator: its version is 2."""
        drafted = self.catalog.offers.commands.create(content(slug, kind, **changes), BY_CURATOR)
        return self.approve(drafted)

    def edit(self, offer: Offer, edited: OfferContent) -> Offer:
        """Give an offer a pending revision."""
        return self.catalog.offers.commands.revise(target(offer), edited)

    def approve(self, offer: Offer) -> Offer:
        """Publish what is pending, by a curator who did not write it."""
        return self.catalog.reviews.commands.publish(target(offer, BY_SECOND))

    def revise(self, offer: Offer, revised: OfferContent) -> Offer:
        """Give an offer new content and publish it: two versions."""
        edited = self.edit(offer, revised)
        return edited if edited.pending is None else self.approve(edited)

    def archive(self, offer: Offer, reason: str = "le programme est terminé") -> Offer:
        """Take an offer out of the catalogue."""
        return self.catalog.reviews.commands.hide(target(offer), "archive", reason)

    def drain(self) -> None:
        """Let all events leave and be indexed."""
        while self.relay():
            self.index()

    def learn(self) -> None:
        """Let all events be indexed, then every vector be computed and indexed."""
        self.drain()
        while self.catalog.indexing.embeddings.step():
            self.index()

    def look_for_duplicates(self, **later: float) -> None:
        """Learn, and have every listing looked at that is due some seconds later."""
        self.learn()
        self.clock.advance(**(later or {"seconds": 6}))
        while self.catalog.quality.duplicate_job.step():
            pass

    def search(self, **parameters: Any) -> dict[str, Any]:
        """Return the answer of a search by a reader."""
        answer = self.client.get("/v1/offers", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def found(self, **parameters: Any) -> list[str]:
        """Return the slugs that a search finds, in order, without what is close only."""
        items = self.search(**parameters)["items"]
        return [item["slug"] for item in items if not item["close"]]

    def close(self, **parameters: Any) -> list[str]:
        """Return the slugs of what is close to a search only, in order."""
        items = self.search(**parameters)["items"]
        return [item["slug"] for item in items if item["close"]]


def lose_index(place):
    """Take the index away as a lost disk would."""
    settings = place.settings
    if settings.search.opensearch_url:
        client = writing_client(OpenSearchServer(url=settings.search.opensearch_url))
        client.indices.delete(index=f"{settings.search.opensearch_index}-*")
        client.close()
    else:
        for path in IndexFolder(settings.search.index_dir).current().iterdir():
            path.unlink()


def gpu(model: str, **more: Any) -> dict[str, Any]:
    return {"gpu": {"model": model, **more}}


def component(instrument: str = "grant", **amounts: str) -> dict[str, Any]:
    """Return a component of funding with its bounds in euros, or in dollars as `12 USD`."""
    money = {
        end: dict(zip(("amount", "currency"), f"{text} EUR".split(), strict=False))
        for end, text in amounts.items()
    }
    return {"instrument": instrument, "dilution": "none", **money}


BOUNDED = ["centmille", "demain", "dollars", "finie", "h100", "inconnu", "jour", "minuit", "muette"]
BOUNDED += ["permanente", "plancher", "sans-carte"]
# What each bound finds among the offers of `publish_bounded`, and those that do not tell.
FOUND_BY_BOUND: list[tuple[dict[str, Any], list[str], list[str]]] = [
    ({"deadline_after": "2026-12-10"}, ["demain", "jour", "permanente"], ["muette"]),
    ({"deadline_after": "2026-12-11"}, ["demain", "permanente"], ["muette"]),
    ({"deadline_before": "2026-12-10"}, ["jour", "minuit"], ["muette"]),
    ({"deadline_before": "2026-12-09"}, ["minuit"], ["muette"]),
    ({"deadline_after": "2026-12-10", "deadline_before": "2026-12-10"}, ["jour"], ["muette"]),
    ({"amount_min": 100_000}, ["centmille", "plancher"], ["dollars", "inconnu"]),
    ({"amount_min": 100_001}, [], ["dollars", "inconnu", "plancher"]),
    ({"amount_min": 0}, ["centmille", "inconnu", "plancher"], ["dollars"]),
    ({"amount_min": 1, "deadline_after": "2026-12-01"}, [], []),
    ({"published_since": "2026-11-24"}, BOUNDED, []),
    ({"published_since": "2026-11-25"}, [], []),
    ({"gpu_memory_min": 80}, ["h100"], ["sans-carte"]),
]


def check_bounds(place: Place, bounds: dict[str, Any], slugs: list[str], silent: list[str]) -> None:
    """Hold a bounded search, without and with what does not tell, and its counts."""
    strict = place.search(**bounds, count=True)
    assert [item["slug"] for item in strict["items"]] == slugs
    assert (strict["count"], strict["unknown_count"]) == (len(slugs), len(silent))
    lenient = place.search(**bounds, count=True, include_unknown=True)
    assert [item["slug"] for item in lenient["items"]] == sorted([*slugs, *silent])
    assert (lenient["count"], lenient["unknown_count"]) == (len(slugs + silent), len(silent))


def publish_bounded(place: Place) -> None:
    """Publish offers around each bound, on each side of it and silent about it."""
    closing: dict[str, dict[str, Any]] = {
        "minuit": {"on": "2026-12-10", "at": "00:00:00"},
        "jour": {"on": "2026-12-10"},
        "demain": {"on": "2026-12-11", "at": "00:00:01"},
    }
    for slug, moment in closing.items():
        dated = {"shape": "window", "window": {"closes": moment}}
        place.publish(slug, "training", intake=dated)
    place.publish("permanente", "training", intake={"shape": "permanent"})
    place.publish("muette", "training")
    place.publish("finie", "training", intake={"shape": "closed"})
    amounts = {
        "centmille": [component(maximum="100000"), component(maximum="5")],
        "plancher": [component(minimum="100000")],
        "dollars": [component(maximum="900000 USD")],
        "inconnu": [component(maximum="10"), component("loan")],
    }
    for slug, components in amounts.items():
        place.publish(slug, details={"components": components}, intake={"shape": "closed"})
    place.publish(
        "h100",
        "compute",
        details=gpu("H100", vendor="nvidia", memory_gb=80),
        intake={"shape": "closed"},
    )
    place.publish("sans-carte", "compute", intake={"shape": "closed"})


# What each filter finds among the offers of `publish_one_of_each`.
FOUND_BY_FILTER: list[tuple[dict[str, Any], list[str]]] = [
    ({"kind": "compute"}, ["amd", "cloud", "jean-zay"]),
    ({"kind": ["compute", "training"], "language": "fr"}, ["cours"]),
    ({"audience": "startup"}, ["cours"]),
    ({"stage": "seed"}, ["capital"]),
    ({"instrument": "equity"}, ["capital"]),
    ({"dilution": "none"}, ["aide", "capital"]),
    ({"dilution": ["direct", "conditional"]}, ["capital"]),
    ({"provider": "inria"}, ["cours"]),
    ({"gpu_model": "h100"}, ["cloud", "jean-zay"]),
    ({"gpu_model": "H100-SXM"}, ["jean-zay"]),
    ({"gpu_memory_min": 80}, ["cloud", "jean-zay"]),
    ({"gpu_memory_min": 64}, ["amd", "cloud", "jean-zay"]),
    ({"gpu_memory_min": 81}, []),
    ({"stack": "rocm"}, ["amd"]),
    ({"price_basis": "free"}, ["cours"]),
    ({"status": "open"}, ["cours"]),
]


def publish_one_of_each(place: Place) -> None:
    """Publish offers that differ in all that can be filtered."""
    place.publish("aide")
    place.publish(
        "capital",
        stages=["seed"],
        details={
            "components": [
                {"instrument": "equity", "dilution": "direct"},
                {"instrument": "grant", "dilution": "none"},
            ]
        },
    )
    place.publish(
        "cours",
        "training",
        audience=["startup", "sme"],
        languages=["fr"],
        organisations=[{"organisation": "inria", "role": "provider"}],
        pricing={"basis": "free"},
        intake={"shape": "permanent"},
    )
    h100 = gpu("H100-SXM", vendor="nvidia", stack="cuda", memory_gb=80, device_memory_gb=80)
    place.publish("jean-zay", "compute", languages=["en"], details=h100)
    place.publish("cloud", "compute", details=gpu("H100-PCIe", vendor="nvidia", memory_gb=80))
    amd = gpu("MI250X", vendor="amd", stack="rocm", memory_gb=128, devices_per_gpu=2)
    place.publish("amd", "compute", details=amd)
