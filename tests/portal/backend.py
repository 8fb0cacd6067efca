"""What stands behind the portal in its tests: the real catalogue, as the gateway shows it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from starlette.types import ASGIApp
from tests.catalog.support import BY_CURATOR, BY_SECOND, NOW, offer_json, organisation, target

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferContent
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner
from aiff_kit.bus import EmbeddedBus
from aiff_kit.db import sqlite_url, upgrade
from aiff_kit.service import read_settings
from aiff_kit.testing import SettableClock

SECRET = "a secret that only this test knows, long enough"
CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
MARKDOWN = (
    f"{ATTACK}\n\n# Titre\n\n**gras** [piège](javascript:alert(1)) [site](https://example.org)"
    " ![image](https://example.org/a.png)"
)


def both(text: str) -> dict[str, str]:
    return {"fr": text, "en": text}


HOSTILE = offer_json(
    "hostile",
    title=both(f"Titre {ATTACK}"),
    summary=both(f"Résumé {ATTACK}"),
    description=both(MARKDOWN),
    organisations=[{"organisation": "hostile", "role": "provider"}],
    contact={"note": both(ATTACK), "phone": '"><b>1'},
    eligibility={"conditions": [both(ATTACK)]},
    pricing={"basis": "conditional", "note": both(ATTACK)},
    sources=[{"label": ATTACK, "confidence": "disputed", "fields": ["/audience"]}],
    claims=[{"field": "/details/decision_delay", "value": ATTACK, "source": ATTACK}],
)


def open_catalogue(folder: Path) -> Catalog:
    """Return the real catalogue with two listings more, loaded and indexed."""
    upgrade(sqlite_url(folder / "catalog.db"), MIGRATIONS)
    catalog = Catalog(read_settings(Settings), SettableClock(NOW))
    catalog.loader.load(read_folder(CATALOGUE))
    catalog.offers.organisations.put(organisation("hostile", ATTACK), None, BY_CURATOR)
    for content in (HOSTILE, offer_json("gone", organisations=HOSTILE["organisations"])):
        drafted = catalog.offers.commands.create(parse(OfferContent, content), BY_CURATOR)
        catalog.reviews.commands.publish(target(drafted, BY_SECOND))
    catalog.reviews.commands.hide(target("gone", BY_SECOND), "archive", "programme terminé")
    steps = catalog.worker_steps(EmbeddedBus(folder / "events.db"))
    while steps["relay"]():
        steps["index"]()
    return catalog


@dataclass
class Backend(httpx2.AsyncBaseTransport):
    """A service of the public API in this process, with a gateway's signature.

    What is asked is kept, and a test may answer itself.
    """

    app: ASGIApp
    service: str
    asked: list[httpx2.Request] = field(default_factory=list)
    shown: list[str | None] = field(default_factory=list)
    instead: Callable[[httpx2.Request], httpx2.Response | None] | None = None

    def __post_init__(self) -> None:
        self._signer = IdentitySigner(SECRET)
        self._inner = httpx2.ASGITransport(self.app)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        self.shown.append(request.headers.get(IDENTITY_HEADER))
        answered = self.instead(request) if self.instead is not None else None
        if answered is not None:
            return answered
        # Anew for each call: a signature ends sooner than a story on a busy machine.
        request.headers[IDENTITY_HEADER] = self._signer.sign(ANONYMOUS, self.service)
        return await self._inner.handle_async_request(request)
