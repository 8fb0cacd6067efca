"""Images built for real with buildah, and their processes on a read-only root, without root.

No registry of images is needed: the base is Debian's smallest system with Python, made by
debootstrap from the package source that this machine uses.
"""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.deploy.tools import DOCKERFILE, ROOT

from aiff_local.engines.base import EngineUnavailableError, run
from aiff_local.engines.downloads import kept

BASE = "localhost/aiff-test-base"
RELEASE = "bookworm"
PACKAGES = "python3,python3-venv,ca-certificates"
RUNNER = Path(__file__).with_name("run_read_only.sh")
SETTINGS = {**os.environ, "STORAGE_DRIVER": "vfs", "BUILDAH_ISOLATION": "chroot"}
_CONTAINERFILE = """FROM scratch
COPY base /
COPY certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt
"""


def buildah(*arguments: str) -> str:
    """Run buildah and return what it printed."""
    return run(("buildah", *arguments), f"buildah {arguments[0]} failed", SETTINGS).strip()


def make_base() -> None:
    """Make the base image, from the cache where it was made before."""
    if os.geteuid() != 0 or sys.platform != "linux":
        raise EngineUnavailableError("building images without a container engine needs root")
    missing = [name for name in ("buildah", "debootstrap", "unshare") if not shutil.which(name)]
    if missing:
        raise EngineUnavailableError(f"{', '.join(missing)} is not installed")
    buildah("bud", "--quiet", "--tag", BASE, str(kept(f"image-base-{RELEASE}", _bootstrap)))


def build(service: str) -> str:
    """Build a service's image and return the image's name."""
    name = f"localhost/aiff-{service}"
    buildah(
        *("bud", "--quiet", "--layers", "--force-rm", "--build-arg", f"BASE_IMAGE={BASE}"),
        *("--build-arg", f"SERVICE={service}"),
        *("--file", str(DOCKERFILE), "--tag", name, str(ROOT)),
    )
    return name


def _bootstrap(folder: Path) -> None:
    """Fill a build context: the system's tree and the certificates that this machine trusts."""
    folder.mkdir()
    options = ("--variant=minbase", f"--include={PACKAGES}")
    command = ("debootstrap", *options, RELEASE, str(folder / "base"), _package_source())
    run(command, "debootstrap failed")
    (folder / "base/etc/resolv.conf").unlink(missing_ok=True)
    trusted = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    shutil.copy(trusted or "/etc/ssl/certs/ca-certificates.crt", folder / "certificates.crt")
    (folder / "Containerfile").write_text(_CONTAINERFILE, encoding="ascii")


def _package_source() -> str:
    """Return the machine's own Debian source, so that none is written here."""
    listed = run(("apt-get", "indextargets", "--format", "$(REPO_URI)"), "no package source")
    found = re.search(r"^\S+/debian/?$", listed, re.MULTILINE)
    if found is None:
        raise EngineUnavailableError("this machine has no Debian package source")
    return found.group()


class Image:
    """A built image, with its file tree at hand."""

    def __init__(self, name: str) -> None:
        """Make a working container of the image and mount its tree."""
        self.container = buildah("from", name)
        self.root = Path(buildah("mount", self.container))
        found = json.loads(buildah("inspect", "--type", "image", name))
        self.config: dict[str, Any] = found["OCIv1"]["config"]

    def remove(self) -> None:
        """Forget the working container."""
        buildah("umount", self.container)
        buildah("rm", self.container)

    def command(self, *arguments: str) -> list[str]:
        """Return the command line that runs the image's program on a read-only root."""
        runner = ("unshare", "--mount", "sh", str(RUNNER), str(self.root), self.config["User"])
        return [*runner, *self.config["Entrypoint"], *arguments]

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        """Return the image's own environment and the given settings, and nothing of this process.

        The host's commands (unshare, chroot) are found on the path as well.
        """
        own = dict(entry.split("=", 1) for entry in self.config["Env"])
        own["PATH"] = f"{own['PATH']}:{os.environ['PATH']}"
        return {**own, **settings}

    def start(
        self, settings: Mapping[str, str], log: Path, *arguments: str
    ) -> subprocess.Popen[bytes]:
        """Start the image's program; the caller ends it by its pid."""
        with log.open("ab") as out:
            return subprocess.Popen(
                self.command(*arguments),
                env=self.environment(settings),
                stdout=out,
                stderr=subprocess.STDOUT,
            )


def answer(port: int, path: str) -> tuple[int, dict[str, Any]]:
    """Ask a service on this machine; status 0 when nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as found:
            return found.status, json.load(found)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}
