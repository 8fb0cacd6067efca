"""What an operator sees of the running product, and whom it must not show: persons.

What they would try: follow one write through all processes; ask each process for its metrics;
tell a worker that moves from one that is stuck; look for a founder's data in the logs.
"""

import os
import re
import signal
import time
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote, unquote
from uuid import uuid4

import httpx2
import pytest
import yaml
from tests.system.catalogue.test_catalogue import publish
from tests.system.conftest import PASSWORD, drain

CHART = Path(__file__).resolve().parents[3] / "deploy/helm/aiff"
WORKERS = ("catalog-worker", "matching-worker")
# What the guide names as well and is no metric.
MODULES = {"aiff_gateway", "aiff_catalog", "aiff_matching"}
SERVERS = ("catalog", "matching", "portal", "gateway")
MIND = "Zéphyrine Quincampoix"
MARKS = ("quincampoix", "zephyrine", "zéphyrine", PASSWORD)


def page(product, process, path):
    return httpx2.get(f"{product.operations[process]}{path}", timeout=10)


def test_one_write_is_one_trace_through_every_process(curator, second_curator, spans):
    trace_id, caller = token_hex(16), token_hex(8)
    for person in (curator, second_curator):
        person.headers["traceparent"] = f"00-{trace_id}-{caller}-01"
    try:
        publish(curator, second_curator, "atelier-suivi")
    finally:
        for person in (curator, second_curator):
            del person.headers["traceparent"]
    spans.await_spans(
        trace_id,
        {
            ("aiff-gateway", "POST /v1/offers"),
            ("aiff-catalog", "POST /v1/offers/{reference}/publish"),
            ("aiff-catalog-worker", "send events"),
            ("aiff-catalog-worker", "process catalog-index"),
            ("aiff-matching-worker", "process matching-projection"),
        },
    )
    found = spans.of_trace(trace_id)
    created = [span for span in found if span.name == "POST /v1/offers"]
    assert caller in {span.parent_id for span in created if span.service == "aiff-gateway"}
    known = {span.span_id for span in found} | {caller}
    assert {span.parent_id for span in found} <= known


def test_a_request_without_a_trace_begins_one_in_the_gateway(anonymous, spans):
    answer = anonymous.get("/v1/vocabularies", headers={"Range": "bytes=0-"})
    assert answer.status_code == 200
    wanted = {("aiff-gateway", "GET /v1/vocabularies"), ("aiff-catalog", "GET /v1/vocabularies")}
    spans.await_trace("GET /v1/vocabularies", wanted)


@pytest.mark.parametrize("process", [*SERVERS, *WORKERS])
def test_every_process_shows_its_metrics_on_its_operations_port_only(product, anonymous, process):
    answer = page(product, process, "/metrics")
    assert answer.status_code == 200
    assert "process_resident_memory_bytes" in answer.text
    assert anonymous.get("/metrics").status_code == 404
    own_port = product.environment().get(f"{process.upper()}_PORT")
    if own_port:
        assert httpx2.get(f"http://127.0.0.1:{own_port}/metrics").status_code != 200


def test_every_metric_that_an_alert_or_the_guide_names_is_shown_by_a_running_process(
    product, anonymous, curator, second_curator
):
    anonymous.get("/v1/offers?q=gpu")
    publish(curator, second_curator, "atelier-mesure")
    drain(product)
    time.sleep(11)
    shown = set()
    for process in product.operations:
        shown |= set(re.findall(r"(?m)^(\w+)[{ ]", page(product, process, "/metrics").text))
    rules = (CHART / "files/alerts.yaml").read_text(encoding="utf-8")
    named = {
        name
        for rule in yaml.safe_load(rules)["rules"]
        for name in re.findall(r"\baiff_\w+", rule["expr"])
    }
    guide = (CHART.parents[2] / "docs/guide/operator.md").read_text(encoding="utf-8")
    # A histogram is named without the endings of its series.
    shown |= {name.removesuffix("_count") for name in shown}
    named |= set(re.findall(r"(?<![\w.])aiff_\w+(?=`)", guide)) - MODULES
    assert len(named) >= 15
    assert named - shown == set()


@pytest.mark.parametrize("process", WORKERS)
def test_a_worker_says_that_it_moves_and_that_its_steps_succeed(product, process):
    assert page(product, process, "/health/live").json() == {
        "status": "alive",
        "checks": {"loops": "ok"},
    }
    ready = page(product, process, "/health/ready")
    assert (ready.status_code, ready.json()["checks"]) == (200, {"database": "ok", "steps": "ok"})


def test_a_worker_that_is_frozen_answers_no_probe_and_goes_on_when_it_is_thawed(product):
    pid = product.running["matching-worker"].pid
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(httpx2.TimeoutException):
            httpx2.get(f"{product.operations['matching-worker']}/health/live", timeout=1)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert page(product, "matching-worker", "/health/live").status_code == 200


def every_route(anonymous):
    """Each operation of the API with a person's name in every place of its address."""
    for path, operations in anonymous.get("/openapi.json").json()["paths"].items():
        address = re.sub(r"\{[^}]*\}", quote(MIND), path)
        with_id = re.sub(r"\{[^}]*\}", str(uuid4()), path)
        for verb in {"get", "post", "put", "patch", "delete"} & set(operations):
            yield verb, address
            yield verb, with_id


def ask_everything(caller, anonymous, email):
    """Send a person's data wherever a request has room for it; return the statuses."""
    bodies = ({"name": MIND, "email": email, "slug": MIND}, [MIND], MIND)
    headers = {"If-Match": '"1"', "Idempotency-Key": email, "Accept-Language": MIND.encode()}
    statuses = set()
    for number, (verb, address) in enumerate(every_route(anonymous)):
        sent = {} if verb in {"get", "delete"} else {"json": bodies[number % 3]}
        for query in ("", f"?q={quote(MIND)}", f"?token={quote(email)}"):
            answer = caller.request(verb, address + query, headers=headers, **sent)
            statuses.add(answer.status_code)
    return statuses


def told(product, spans):
    """Everything that the processes told anybody but the caller, by where it was told."""
    logs = {path.name: path.read_text("utf-8") for path in product.data_dir.glob("logs/*.log")}
    metrics = {name: page(product, name, "/metrics").text for name in product.operations}
    assert (len(logs) >= len(product.operations), len(spans.raw) > 0) == (True, True)
    return {**logs, **metrics, "traces": b"".join(spans.raw).decode(errors="replace")}


def test_no_log_metric_or_trace_holds_what_a_person_wrote(product, people, spans):
    email = f"zephyrine.quincampoix.{token_hex(4)}@example.org"
    person = people.sign_in(email, "startup")
    token = person.headers["Authorization"].removeprefix("Bearer ")
    statuses = set()
    for caller in (people.anonymous, person):
        statuses |= ask_everything(caller, people.anonymous, email)
    people.anonymous.post("/v1/sessions", json={"email": email, "password": MIND})
    assert {200, 400, 401, 404, 422} <= statuses
    assert 500 not in statuses
    forbidden = (*MARKS, email, token.lower())
    for where, text in told(product, spans).items():
        readable = unquote(text).lower()
        assert [mark for mark in forbidden if mark in readable] == [], where
