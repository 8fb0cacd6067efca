"""Questions over HTTP to a matching service that holds as many offers as asked for."""

import json
import secrets
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert

from aiff_contracts.codec import dump_json
from aiff_contracts.offer import OfferDocument
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner
from aiff_kit.db import open_engine, sqlite_url, upgrade
from aiff_kit.encoder import sentence_encoder
from aiff_local.processes import LOOPBACK, free_port
from aiff_matching.offers.domain.relevance import Vector
from aiff_matching.shared import tables
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.revisions import count_revision
from bench.harness.edits import Asker, edits
from bench.harness.load import measure, request_bytes
from bench.harness.product import server

Row = tuple[str, str, str]
_LONGEST_START_SECONDS = 600
_SECONDS = 10.0
_ROWS_A_STATEMENT = 1_000


def rows(
    offers: list[OfferDocument],
    vectors: Mapping[UUID, Vector],
    questions: Mapping[str, Iterator[bytes]],
) -> Iterator[Row]:
    """Yield the latency of each sort of questions, asked by one client one after the other.

    The questions of a sort have no end and are asked once each.
    """
    with tempfile.TemporaryDirectory(prefix="aiff-bench-") as folder:
        _fill(sqlite_url(Path(folder) / "matching.db"), offers, vectors)
        port, secret = free_port(), secrets.token_hex(32)
        settings = {
            "AIFF_DATA_DIR": folder,
            "MATCHING_PORT": str(port),
            "AIFF_IDENTITY_SECRET": secret,
        }
        with server(["aiff_matching", "serve"], port, settings, _LONGEST_START_SECONDS):
            asker = Asker(port, secret)
            for name, bodies in questions.items():
                _ask(port, _signed(secret), next(bodies))
                # Each is signed when it is sent: the answers before may take longer than an
                # identity holds.
                asked = (request_bytes("/v1/matches", _signed(secret), body) for body in bodies)
                found = measure(port, asked, clients=1, seconds=_SECONDS)
                title = f"POST /v1/matches at {len(offers):,} offers, {name}, p50 / p99"
                yield title, f"{found.p50_ms:.0f} / {found.p99_ms:.0f} ms", "p50 <= 120 ms"
            url = sqlite_url(Path(folder) / "matching.db")
            yield from edits(url, offers, asker, next(iter(questions.values())))


def _signed(secret: str) -> dict[str, str]:
    return {IDENTITY_HEADER: IdentitySigner(secret).sign(ANONYMOUS, "matching")}


def _ask(port: int, headers: Mapping[str, str], body: bytes) -> None:
    """Ask once, which makes the service read and compile all offers."""
    named = {**headers, "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://{LOOPBACK}:{port}/v1/matches", body, named)
    with urllib.request.urlopen(request, timeout=_LONGEST_START_SECONDS) as answer:
        json.loads(answer.read())


def _fill(url: str, offers: list[OfferDocument], vectors: Mapping[UUID, Vector]) -> None:
    upgrade(url, MIGRATIONS)
    model = sentence_encoder().model
    engine = open_engine(url)
    with engine.begin() as connection:
        for start in range(0, len(offers), _ROWS_A_STATEMENT):
            part = offers[start : start + _ROWS_A_STATEMENT]
            connection.execute(insert(tables.offer), [_row(one, vectors, model) for one in part])
        count_revision(connection)
    engine.dispose()


def _row(offer: OfferDocument, vectors: Mapping[UUID, Vector], model: str) -> dict[str, object]:
    return {
        "id": offer.id,
        "slug": offer.slug,
        "version": offer.version,
        "document": dump_json(offer),
        "vector": vectors[offer.id].tobytes(),
        "vector_model": model,
        "vector_due": False,
    }
