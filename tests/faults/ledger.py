"""A client that writes by the protocol and keeps book of what it was answered.

It sends Idempotency-Key and If-Match. Where the outcome of a write is unknown (no answer, or one
that says "later") it sends the very same request again, as API.md tells clients to do.
"""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import uuid4

import httpx2
from tests.faults.running import Running, eventually

_LATER = {429, 502, 503, 504}
_PATIENCE = 90


@dataclass
class Entry:
    """What the answers promised of one offer."""

    id: str
    slug: str
    title: str
    version: int
    state: str
    # The versions that readers and consumers are told of; an edit waits for its approval.
    told: list[int] = field(default_factory=list)


class Ledger:
    """The offers of one author, each text approved by a second curator."""

    def __init__(self, running: Running, author: str, approver: str) -> None:
        self.running = running
        self.entries: dict[str, Entry] = {}
        self.unknown = 0
        self.writes = 0
        self.client = _client(running, author)
        self.approver = _client(running, approver)

    def close(self) -> None:
        self.client.close()
        self.approver.close()

    def published(self) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.state == "published"]

    def publish(self) -> Entry:
        """Create an offer and publish it."""
        slug = f"faute-{uuid4().hex[:12]}"
        key = {"Idempotency-Key": uuid4().hex}
        made, _ = self._insist(self.client, "POST", "/v1/offers", key, content(slug))
        assert made.status_code == 201, made.text
        entry = Entry(made.json()["id"], slug, f"Titre {slug}", 1, "draft")
        self.entries[entry.id] = entry
        self._approve(entry)
        entry.state = "published"
        return entry

    def edit(self, entry: Entry) -> None:
        """Give an offer another title."""
        title = f"Titre {uuid4().hex[:8]} de {entry.slug}"
        self._change(self.client, entry, "PATCH", "", {"title": {"fr": title}})
        self._approve(entry)
        entry.title = title

    def archive(self, entry: Entry) -> None:
        self._change(self.client, entry, "POST", "/archive", {"reason": "Fin de l'essai."})
        entry.told.append(entry.version)
        entry.state = "archived"

    def assert_everywhere(self, seconds: float = 60) -> None:
        """Every promise is in the database, the index, the copy and the events, exactly once."""
        eventually(self._assert_projections, seconds)
        self._assert_database()
        self._assert_events()

    def _approve(self, entry: Entry) -> None:
        self._change(self.approver, entry, "POST", "/publish", None)
        entry.told.append(entry.version)

    def _change(
        self, client: httpx2.Client, entry: Entry, method: str, path: str, body: object
    ) -> None:
        matched, address = {"If-Match": f'"{entry.version}"'}, f"/v1/offers/{entry.id}{path}"
        answer, unsure = self._insist(client, method, address, matched, body)
        # Sent again after an unknown outcome, a change that had taken effect is stale.
        repeated = unsure and answer.status_code in {409, 410, 412}
        assert repeated or answer.status_code == 200, answer.text
        entry.version += 1
        if not repeated:
            assert answer.json()["version"] == entry.version

    def _insist(
        self, client: httpx2.Client, method: str, path: str, headers: dict[str, str], body: object
    ) -> tuple[httpx2.Response, bool]:
        """Send a request until it has a definite answer; tell whether one try had none."""
        deadline, unsure = time.monotonic() + _PATIENCE, False
        self.writes += 1
        while True:
            answer = _sent(client, method, path, headers, body)
            if answer is not None and not _in_flight(answer) and answer.status_code not in _LATER:
                self.unknown += unsure
                return answer, unsure
            unsure = True
            told = "no answer" if answer is None else answer.text
            assert time.monotonic() < deadline, f"{method} {path} is never answered: {told}"
            time.sleep(0.2)

    def _assert_database(self) -> None:
        rows = self.running.rows("catalog", "SELECT id, version, state FROM offer")
        stored = {row[0]: (row[1], row[2]) for row in rows}
        promised = {entry.id: (entry.version, entry.state) for entry in self.entries.values()}
        assert {key: stored.get(key) for key in promised} == promised
        ours = self.running.rows("catalog", "SELECT slug FROM offer WHERE slug LIKE 'faute-%'")
        slugs = sorted(entry.slug for entry in self.entries.values())
        assert sorted(row[0] for row in ours) == slugs

    def _assert_projections(self) -> None:
        running = self.running
        assert running.count("catalog", "outbox") == 0
        assert running.count("matching", "outbox") == 0
        documents = running.pairs("catalog", "SELECT offer_id, version FROM offer_document")
        assert running.pairs("matching", "SELECT id, version FROM offer") == documents
        indexed = self._listed()
        assert {key: item["version"] for key, item in indexed.items()} == documents
        for entry in self.published():
            assert documents[entry.id] == entry.version
            assert indexed[entry.id]["title"]["fr"] == entry.title

    def _listed(self) -> dict[str, dict]:
        """Page through the search of everything; no offer may come twice."""
        found: dict[str, dict] = {}
        address = "/v1/offers?limit=100&sort=title"
        while address:
            page = self.client.get(address)
            assert page.status_code == 200, page.text
            assert page.json()["degraded"] is False
            for item in page.json()["items"]:
                assert item["id"] not in found
                found[item["id"]] = item
            following = page.json()["next"]
            address = following and f"/v1/offers?limit=100&sort=title&cursor={following}"
        return found

    def _assert_events(self) -> None:
        """Each version left once at least, and the first time in the order of the versions."""
        first_seen: dict[str, list[int]] = defaultdict(list)
        for delivered in self.running.events():
            key = delivered.record.key
            sequence = delivered.record.headers.get("ce_sequence", "")
            # The tests themselves send records that are no events.
            readable = key in self.entries and sequence.isdigit()
            if readable and int(sequence) not in first_seen[key]:
                first_seen[key].append(int(sequence))
        for entry in self.entries.values():
            assert first_seen[entry.id] == entry.told


def _client(running: Running, token: str) -> httpx2.Client:
    return httpx2.Client(base_url=running.url, headers={"Authorization": token}, timeout=40)


def _sent(
    client: httpx2.Client, method: str, path: str, headers: dict[str, str], body: object
) -> httpx2.Response | None:
    try:
        answer = client.request(method, path, headers=headers, json=body)
    except httpx2.TransportError:
        return None
    if answer.status_code in _LATER - {504}:
        assert answer.headers["retry-after"], answer.text
    return answer


def _in_flight(answer: httpx2.Response) -> bool:
    return answer.status_code == 409 and "retry-after" in answer.headers


def content(slug: str) -> dict:
    return {
        "slug": slug,
        "title": {"fr": f"Titre {slug}", "en": f"Title {slug}"},
        "summary": {"fr": "Une journée d'atelier.", "en": "A day of workshop."},
        "organisations": [{"organisation": "genci", "role": "provider"}],
        "details": {"kind": "training", "levels": ["beginner"]},
        "sources": [{"label": "GENCI", "confidence": "stated_by_provider"}],
    }
