"""Styles and scripts as pages ask for them."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from tests.portal.outline import Outline

from aiff_portal.ui.entrypoints.assets import SCRIPTS, assets_in

STATIC = Path(str(files("aiff_portal.ui.entrypoints") / "static"))


@pytest.fixture
def folder(tmp_path):
    copied = shutil.copytree(STATIC, tmp_path / "static")
    (copied / "htmx.js").write_text("first")
    return copied


def scripts_of(folder):
    return [name for name in assets_in(folder) if name.endswith(".js")]


def test_a_script_has_a_name_of_what_it_holds_and_is_kept_for_ever(folder):
    htmx, combobox = scripts_of(folder)
    assert htmx.startswith("htmx-")
    assert combobox.startswith("combobox-")
    assert assets_in(folder)[htmx].caching == "public, max-age=31536000, immutable"
    (folder / "htmx.js").write_text("second")
    assert scripts_of(folder)[0] != htmx
    assert scripts_of(folder)[1] == combobox


def test_without_htmx_there_is_no_script_at_all(folder):
    (folder / "htmx.js").unlink()
    assert scripts_of(folder) == []
    assert assets_in(folder)


@pytest.mark.parametrize("path", ["", "offers", "offers/fidle", "needs"])
async def test_a_page_asks_for_the_scripts_that_there_are_where_it_has_the_field(client, path):
    outline = Outline((await client.get(f"/fr/{path}")).text)
    has_field = any(one.get("name") == "q" for one in outline.named("input"))
    assert tuple(one["src"] for one in outline.named("script")) == SCRIPTS * has_field
    for address in SCRIPTS:
        answer = await client.get(address)
        assert answer.headers["Content-Type"].startswith("text/javascript")
