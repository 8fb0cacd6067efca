"""Every file and folder that a document names is in the checkout."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from tests.architecture.documents import CODE, DOCUMENTS, FENCE, FILES, text

# Folders of the checkout: what begins with one of them is a path from the root.
TOPS = ("services/", "libs/", "deploy/", "docs/", "tests/", "bench/", "scripts/", "data/", ".ci/")
FOLDERS = {str(parent) for name in FILES for parent in Path(name).parents}
# What tells of the past may name what is gone.
PRESENT = [name for name in DOCUMENTS if not name.startswith(("CHANGELOG", "changes/"))]


def is_path(said: str) -> bool:
    """Tell whether words in code type mean a file or a folder of the checkout."""
    if not re.fullmatch(r"[\w.*/+-]+", said) or "//" in said or said.startswith("/"):
        return False
    return said.startswith(TOPS) or said.endswith((".py", ".tpl"))


def places(said: str, near: str) -> list[str]:
    """Return where a path may lie: in a service's README it begins inside the service."""
    service = re.match(r"services/(\w+)/README", near)
    if said.startswith(TOPS):
        return [said]
    if service and "/" in said:
        return [
            f"services/{service[1]}/{said}",
            f"services/{service[1]}/src/aiff_{service[1]}/{said}",
        ]
    return [said, f"{Path(near).parent}/{said}", f"*/{said}"]


def exists(said: str, near: str) -> bool:
    """Tell whether a path leads to a file or a folder of the checkout."""
    known = FOLDERS if said.endswith("/") else {*FILES, *FOLDERS}
    return any(fnmatch(one, place) for place in places(said.rstrip("/"), near) for one in known)


@pytest.mark.parametrize("name", PRESENT)
def test_every_file_and_folder_that_is_named_exists(name):
    code = CODE.findall(FENCE.sub("", text(name)))
    named = [said.split(":")[0] for said in code]
    assert [said for said in named if is_path(said) and not exists(said, name)] == []
