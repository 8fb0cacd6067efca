"""Start-ups, providers and curators who meet over an offer, for the tests of introductions."""

from collections.abc import Callable
from typing import Any

import httpx2
import orjson
from sqlalchemy import select
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP, cmp, grant, published

from aiff_contracts.events import Event
from aiff_kit.auth import Principal, Scope
from aiff_kit.bus import Record, event_of
from aiff_matching.introductions.domain.consent import WORDING
from aiff_matching.main.matching import Matching
from aiff_matching.shared.tables import outbox

FOUNDER = Principal(
    "alice",
    "acme",
    frozenset({Scope.STARTUPS_READ, Scope.STARTUPS_WRITE, Scope.INTRODUCTIONS_REQUEST}),
)
RIVAL = Principal("bob", "other", FOUNDER.scopes)
PROVIDER = Principal("agent", "genci", frozenset({Scope.INTRODUCTIONS_ANSWER}))
OTHER_PROVIDER = Principal("agent2", "inria", frozenset({Scope.INTRODUCTIONS_ANSWER}))
CURATOR = Principal("curie", "cap-digital", frozenset({Scope.INTRODUCTIONS_CURATE}))

SMALL = cmp("headcount", "<", 10, "moins de 10 personnes")
FIELDS = ["profile.headcount", "need.title", "contact"]
Answer = httpx2.Response


def catalogue(matching: Matching) -> None:
    """Publish an offer that is asked for, others that could help, and two nobody can ask for."""
    for document in (
        grant("aide", SMALL, title="Aide"),
        grant("autre-aide", SMALL, provider="inria"),
        grant("troisieme-aide", SMALL, provider="bpifrance"),
        grant("sur-avis", intake={"shape": "recommendation_only"}),
        grant(
            "bientot",
            intake={"shape": "window", "window": {"opens": {"on": "2027-06-01"}}},
        ),
    ):
        matching.offers.projection.handle(published(document))


class Meeting:
    """One start-up with a need, before the clients of all who act."""

    def __init__(self, matching: Matching, client_of: Callable[[Principal], TestClient]) -> None:
        catalogue(matching)
        self.matching = matching
        self.founder, self.rival = client_of(FOUNDER), client_of(RIVAL)
        self.provider, self.other = client_of(PROVIDER), client_of(OTHER_PROVIDER)
        self.curator = client_of(CURATOR)
        self.need_id = self.new_need()

    def new_need(self) -> str:
        made = self.founder.post("/v1/startups", json=STARTUP | {"name": "Secret SAS"})
        assert made.status_code == 201, made.text
        need = {"title": "Une aide", "description": "très secret", "kinds": ["funding"]}
        stored = self.founder.post(f"{made.headers['location']}/needs", json=need)
        assert stored.status_code == 201, stored.text
        return str(stored.json()["id"])

    def draft(self, **changes: Any) -> dict[str, Any]:
        return {
            "need_id": self.need_id,
            "offer": "aide",
            "message": "Bonjour, pouvez-vous nous aider ?",
            "contact": "alice@acme.example",
            "fields": FIELDS,
        } | changes

    def ask(self, **changes: Any) -> Answer:
        body = self.draft(wording=WORDING.version) | changes
        return self.founder.post("/v1/introductions", json=body)

    def asked(self, **changes: Any) -> str:
        answer = self.ask(**changes)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def own(self, made: str) -> dict[str, Any]:
        return self.founder.get(f"/v1/introductions/{made}").json()

    def seen_by(self, client: TestClient, made: str) -> dict[str, Any]:
        return client.get(f"/v1/received-introductions/{made}").json()

    def act(self, made: str, verb: str, client: TestClient | None = None, **body: Any) -> Answer:
        path = f"/v1/received-introductions/{made}/{verb}"
        headers = {"If-Match": "*"}
        return (client or self.provider).post(path, json=body or None, headers=headers)

    def change(self, made: str, method: str, what: str, body: Any = None) -> Answer:
        path = f"/v1/introductions/{made}/{what}"
        return self.founder.request(method, path, json=body, headers={"If-Match": "*"})

    def events(self) -> list[Event]:
        return outbox_events(self.matching)


def outbox_events(matching: Matching) -> list[Event]:
    """Return what waits in the outbox, in order."""
    with matching.engine.connect() as connection:
        rows = list(connection.execute(select(outbox).order_by(outbox.c.position)))
    return [
        event_of(Record(row.topic, row.key, row.value, orjson.loads(row.headers))) for row in rows
    ]
