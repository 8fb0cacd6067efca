"""A form is read whole or not at all, and no form makes a page wait or fall."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from aiff_portal.ui.domain.refusals import RefusedError
from aiff_portal.ui.entrypoints.forms import LARGEST_FORM, posted

FORM = "application/x-www-form-urlencoded"


async def read(body, content_type=FORM):
    pieces = iter([body[: len(body) // 2], body[len(body) // 2 :]])

    async def receive():
        piece = next(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    headers = [(b"content-type", content_type.encode())]
    return await posted(Request({"type": "http", "method": "POST", "headers": headers}, receive))


async def test_fields_come_in_their_order_with_all_their_values():
    fields = await read(b"kinds=compute&kinds=funding&words=%C3%A9nergie+solaire&empty=")
    assert list(fields) == [
        ("kinds", "compute"),
        ("kinds", "funding"),
        ("words", "énergie solaire"),
        ("empty", ""),
    ]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"a=1", "multipart/form-data; boundary=x", 422),
        (b"{}", "application/json", 422),
        (b"a=%FF", FORM, 422),
        ("a=é".encode(), FORM, 422),
        (b"&".join(b"a=1" for _ in range(501)), FORM, 422),
        (b"a=" + b"x" * LARGEST_FORM, FORM, 413),
    ],
)
async def test_what_no_page_sends_is_refused_as_such(body, content_type, status):
    with pytest.raises(RefusedError) as refused:
        await read(body, content_type)
    assert refused.value.refusal.status == status


@given(st.binary(max_size=60))
async def test_no_body_breaks_the_reading(body):
    fields = []
    with suppress(RefusedError):
        fields = await read(body)
    assert all(isinstance(text, str) for pair in fields for text in pair)
