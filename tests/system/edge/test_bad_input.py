"""Whatever is sent, the answer is a clear problem, and nothing is half-written."""

import pytest

JSON = {"Content-Type": "application/json"}


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == status
    assert document["request_id"] == answer.headers["x-request-id"]
    return document


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"need": {}, "need": {}}',
        b'{"limit": NaN}',
        rb'{"need": {"title": "\ud800"}}',
        rb'{"need": {"title": "\u0000"}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_malformed_body_is_400_or_422(anonymous, raw):
    answer = anonymous.post("/v1/matches", content=raw, headers=JSON)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"colour": "blue"}, "/colour"),
        ({"profile": {"headcount": -1}}, "/profile/headcount"),
        ({"profile": {"headcount": "12"}}, "/profile/headcount"),
        ({"profile": {"has_legal_entity": "yes"}}, "/profile/has_legal_entity"),
        ({"need": {"compute": {"gpu_hours": {"min": "9"}}}}, "/need/compute/gpu_hours/min"),
        ({"limit": True}, "/limit"),
        (
            {"profile": {"identifiers": [{"scheme": "siren", "value": "123456789"}]}},
            "/profile/identifiers/0",
        ),
        ({"profile": {"sites": ["MARS"]}}, "/profile"),
        ({"need": {"compute": {"task": "magic"}}}, "/need/compute/task"),
        ({"need": {"compute": {"gpu_hours": {"min": 9, "max": 3}}}}, "/need/compute/gpu_hours"),
        ({"weights": {"text": 1e9}}, "/weights/text"),
        ({"limit": 0}, "/limit"),
    ],
)
def test_a_wrong_field_is_422_with_its_pointer(anonymous, body, pointer):
    document = problem(anonymous.post("/v1/matches", json=body), 422)
    assert pointer in [fault["pointer"] for fault in document["errors"]]


@pytest.mark.parametrize(
    "query",
    [
        "colour=blue",
        "kind=castle",
        "region=MARS",
        "limit=0",
        "limit=101",
        "limit=many",
        "sort=price",
        "cursor=abc",
        "status=maybe",
        "gpu_memory_min=big",
        "facets=colour",
    ],
)
def test_an_unknown_filter_value_or_cursor_is_400(anonymous, query):
    problem(anonymous.get(f"/v1/offers?{query}"), 400)


def test_a_cursor_belongs_to_its_filters(anonymous):
    page = anonymous.get("/v1/offers?kind=compute&limit=5").json()
    document = problem(anonymous.get(f"/v1/offers?kind=funding&limit=5&cursor={page['next']}"), 400)
    assert document["type"].endswith("/cursor-mismatch")


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1 --",
        '"AND) OR (title_fr:*',
        "*",
        "%",
        "\\",
        "kind:compute",
        "a" * 300,
        "<script>alert(1)</script>",
        "🚀",
        "-+!(){}[]^~?:/",
    ],
)
def test_what_a_reader_types_is_text_and_never_syntax(anonymous, text):
    answer = anonymous.get("/v1/offers", params={"q": text})
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert isinstance(answer.json()["items"], list)


def test_unknown_paths_and_methods_are_problems(anonymous):
    problem(anonymous.get("/v1/nowhere"), 404)
    problem(anonymous.get("/nowhere"), 404)
    problem(anonymous.get("/v1/offers/no-such-offer"), 404)
    refused = anonymous.request("DELETE", "/v1/offers/jean-zay-h100")
    problem(refused, 405)
    assert refused.headers["allow"] == "GET, HEAD, PATCH, PUT"


def test_another_media_type_is_415_and_a_large_body_413(anonymous):
    problem(
        anonymous.post("/v1/matches", content=b"a=1", headers={"Content-Type": "text/plain"}), 415
    )
    problem(anonymous.post("/v1/matches", content=b" " * 3_000_000, headers=JSON), 413)


def test_large_headers_are_431(anonymous):
    problem(anonymous.get("/v1/offers", headers={"X-Large": "a" * 20_000}), 431)


def test_every_problem_type_has_a_page_that_explains_it(anonymous):
    document = problem(anonymous.get("/v1/offers?colour=blue"), 400)
    page = anonymous.get(document["type"], headers={"Accept": "application/json"})
    assert page.status_code == 200


def test_problems_speak_the_readers_language(anonymous):
    french = anonymous.get("/v1/offers?colour=blue", headers={"Accept-Language": "fr"}).json()
    english = anonymous.get("/v1/offers?colour=blue", headers={"Accept-Language": "en"}).json()
    assert french["title"] != english["title"]


def test_a_refused_edit_leaves_nothing_behind(curator, anonymous):
    before = curator.get("/v1/offers/fidle")
    headers = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}
    wrong = curator.patch(
        "/v1/offers/fidle", json={"title": {"fr": "x"}, "languages": ["français"]}, headers=headers
    )
    problem(wrong, 422)
    naming = [{"organisation": "no-such-organisation", "role": "provider"}]
    problem(curator.patch("/v1/offers/fidle", json={"organisations": naming}, headers=headers), 422)
    assert curator.get("/v1/offers/fidle").json()["version"] == before.json()["version"]


def test_a_write_names_the_version_it_changes(curator):
    headers = {"Content-Type": "application/merge-patch+json"}
    change = {"keywords": ["deep learning"]}
    problem(curator.patch("/v1/offers/fidle", json=change, headers=headers), 428)
    stale = {**headers, "If-Match": '"1"'}
    problem(curator.patch("/v1/offers/fidle", json=change, headers=stale), 412)
