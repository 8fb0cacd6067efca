"""What GPUs are worth comes by an event and holds from the next question on."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP, compute, mode, published

from aiff_contracts.events import VOCABULARY_PUBLISHED, Event, VocabularyPublished, topics_beside
from aiff_contracts.packaged import GPU_TABLE_VERSION, packaged_entries
from aiff_contracts.vocabulary import VocabularyEntry
from aiff_kit.bus import EmbeddedBus, record_of
from aiff_kit.ids import new_id
from aiff_kit.observability import Heartbeat
from aiff_matching.compute.adapters.gpu_table import SqlLiveGpus
from aiff_matching.main.matching import Matching
from aiff_matching.shared.tables import dead_letter, due

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)


def edition(number: int, entries: tuple[VocabularyEntry, ...]) -> Event:
    data = VocabularyPublished(name="gpu_models", edition=number, published_at=AT, entries=entries)
    return Event(
        id=new_id(),
        type=VOCABULARY_PUBLISHED.name,
        source="/services/catalog",
        key="gpu_models",
        sequence=number,
        time=AT,
        data=data,
    )


def with_peak(code: str, tflops: float) -> tuple[VocabularyEntry, ...]:
    """Return the packaged models with another throughput for one of them."""
    return tuple(
        replace(one, gpu=replace(one.gpu, tflops_bf16=tflops)) if one.code == code else one
        for one in packaged_entries("gpu_models")
        if one.gpu
    )


def peak(matching: Matching, code: str = "A100-80") -> float:
    row = SqlLiveGpus(matching.engine).at(1).find(code)
    assert row is not None
    return row.tflops_bf16


def test_the_packaged_models_hold_until_an_edition_arrives(matching: Matching) -> None:
    assert SqlLiveGpus(matching.engine).at(1).version == GPU_TABLE_VERSION


def test_an_edition_holds_from_the_next_question_on_in_every_process(matching: Matching) -> None:
    live = SqlLiveGpus(matching.engine)
    before = matching.offers.catalogue.current().revision
    assert live.at(before).version == GPU_TABLE_VERSION
    matching.compute.vocabularies.handle(edition(2, with_peak("A100-80", 624)))
    after = matching.offers.catalogue.current().revision
    assert after > before
    assert live.at(after).version == "2026-11-25.2"
    assert peak(matching) == 624


def test_an_older_edition_that_comes_late_changes_nothing(matching: Matching) -> None:
    matching.compute.vocabularies.handle(edition(3, with_peak("A100-80", 600)))
    matching.compute.vocabularies.handle(edition(2, with_peak("A100-80", 500)))
    assert peak(matching) == 600


def test_a_new_edition_makes_every_stored_need_due(owner: TestClient, matching: Matching) -> None:
    startup = owner.post("/v1/startups", json=STARTUP).headers["location"]
    need = owner.post(f"{startup}/needs", json={"title": "une bourse"}).headers["location"]
    while matching.watching.watch.step():
        pass
    matching.compute.vocabularies.handle(edition(2, with_peak("A100-80", 624)))
    with matching.engine.connect() as connection:
        noted = connection.execute(select(due.c.id).where(due.c.subject == "need")).scalars().all()
    assert [f"/v1/needs/{one}" for one in noted] == [need]


def test_who_comes_new_reads_the_last_edition_from_the_topic_of_states(
    matching: Matching, tmp_path: Path
) -> None:
    bus = EmbeddedBus(tmp_path / "events.db")
    bus.ensure_topics(topics_beside(VOCABULARY_PUBLISHED.topic))
    record = record_of(edition(2, with_peak("A100-80", 624)))
    bus.producer().send([replace(record, topic=f"{record.topic}.state")])
    steps = matching.worker_steps(bus, Heartbeat())
    assert steps["vocabularies"]() == 1
    assert peak(matching) == 624
    with matching.engine.connect() as connection:
        assert connection.execute(select(dead_letter)).all() == []
    bus.close()


def clouds(matching: Matching) -> None:
    """Publish two clouds at one price an hour, one on H100 and one on A100."""
    for slug, model in (("cloud-h100", "H100-SXM"), ("cloud-a100", "A100-80")):
        gpu = {"model": model, "vendor": "nvidia", "memory_gb": 80, "per_node": 8}
        details = {"nature": "cloud", "sector": "private", "status": "on_sale", "gpu": gpu}
        price = {"basis": "priced", "rows": [{"amount": "3.00", "period": "gpu_hour"}]}
        ways = [mode("on-demand", "eur", unbounded=True)]
        offer = compute(slug, ways, details=details, pricing=price, provider=slug)
        matching.offers.projection.handle(published(offer))


def test_a_model_that_became_faster_comes_first_among_clouds_of_one_price(
    anonymous: TestClient, matching: Matching
) -> None:
    clouds(matching)
    asked = {"need": {"compute": {"gpu_hours": 1000, "gpu_model": "H100-SXM"}}}

    def first() -> tuple[str, str]:
        plan = anonymous.post("/v1/compute/plan", json=asked).json()
        return plan["gpu_table_version"], plan["options"][0]["key"]

    assert first() == (GPU_TABLE_VERSION, "cloud-h100/on-demand")
    matching.compute.vocabularies.handle(edition(2, with_peak("A100-80", 3120)))
    assert first() == ("2026-11-25.2", "cloud-a100/on-demand")
