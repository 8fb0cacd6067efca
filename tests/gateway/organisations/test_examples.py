"""What the API document shows as a body is one."""

from typing import Any

import pytest

from aiff_contracts.codec import parse
from aiff_gateway.credentials.entrypoints.http import key_examples
from aiff_gateway.credentials.entrypoints.http.key_schemas import CreateKeyBody, RotateKeyBody
from aiff_gateway.credentials.entrypoints.http.schemas import ActForBody
from aiff_gateway.organisations.entrypoints.http import examples
from aiff_gateway.organisations.entrypoints.http.invitation_schemas import (
    AcceptBody,
    AdviserScopesBody,
    InviteAdviserBody,
    InviteBody,
)
from aiff_gateway.organisations.entrypoints.http.request_schemas import AskBody, DecisionBody
from aiff_gateway.organisations.entrypoints.http.schemas import FoundBody, RoleBody

SHOWN: list[tuple[type, dict[str, Any]]] = [
    (ActForBody, key_examples.ACT_FOR),
    (CreateKeyBody, key_examples.CREATE),
    (RotateKeyBody, key_examples.ROTATE | key_examples.ROTATE_LEAKED),
    (FoundBody, examples.FOUND),
    (RoleBody, examples.ROLE),
    (InviteBody, examples.INVITE),
    (InviteAdviserBody, examples.INVITE_ADVISER),
    (AdviserScopesBody, examples.ADVISER_SCOPES),
    (AcceptBody, examples.ACCEPT),
    (AskBody, examples.ASK),
    (DecisionBody, examples.DECISION),
]


@pytest.mark.parametrize(("body", "shown"), SHOWN, ids=lambda one: getattr(one, "__name__", ""))
def test_an_example_is_what_the_route_takes(body, shown):
    assert [parse(body, one["value"]) for one in shown.values()]
