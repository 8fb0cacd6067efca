"""The page of all components, and the frame of every page."""

import pytest
from tests.portal.outline import Outline

from aiff_portal.ui.entrypoints.assets import SCRIPTS


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_component_stands_on_one_page_in_all_states(client, language):
    page = await client.get(f"/{language}/ui")
    outline = Outline(page.text)
    outline.check()
    faulty = [found for found in outline.named("input") if found.get("aria-invalid") == "true"]
    assert [found["aria-describedby"] for found in faulty] == ["email-hint email-fault"]
    assert any(name == "disabled" for _, attributes in outline.tags for name in attributes)


async def test_style_and_mark_are_kept_for_long_and_come_from_here(client):
    page = await client.get("/fr/ui")
    outline = Outline(page.text)
    own = [link for link in outline.links() if link.startswith("/static/")]
    assert len(own) == 3
    for address in own:
        file = await client.get(address)
        assert file.status_code == 200
        assert file.headers["Cache-Control"] == "public, max-age=3600"


async def test_the_policy_lets_nothing_run_and_nothing_come_that_is_not_from_here(client):
    policy = (await client.get("/fr/ui")).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    allowed = [one for one in policy.split("; ") if one.startswith(("script-src", "connect-src"))]
    assert allowed == (["script-src 'self'", "connect-src 'self'"] if SCRIPTS else [])
