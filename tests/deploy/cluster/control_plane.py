"""A real kube-apiserver with its etcd: admission, defaulting and validation, without any node."""

import json
import re
import shutil
import ssl
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.deploy.tools import go

from aiff_local.engines.base import Engine, EngineUnavailableError, run
from aiff_local.engines.downloads import kept
from aiff_local.processes import LOOPBACK, free_port

VERSION = "1.34.2"
# The packages that Kubernetes publishes on their own carry version 0.x of the release 1.x.
STAGED = f"v{VERSION.replace('1.', '0.', 1)}"
TOKEN = "token-of-this-test-only"


def _build(folder: Path) -> None:
    """Build the server from its Go modules: minutes, once per machine."""
    what = f"kube-apiserver {VERSION} cannot be had"
    folder.mkdir()
    told = go(what, "mod", "download", "-json", f"k8s.io/kubernetes@v{VERSION}")
    requirements = Path(json.loads(told)["GoMod"]).read_text(encoding="utf-8")
    # Its own go.mod points these to folders beside it; here they are modules of the same release.
    staged = sorted(set(re.findall(r"(k8s\.io/[\w-]+) v0\.0\.0\s", requirements)))
    replaced = "".join(f"replace {name} => {name} {STAGED}\n" for name in staged)
    module = f"module cluster\n\nrequire k8s.io/kubernetes v{VERSION}\n\n{replaced}"
    (folder / "go.mod").write_text(module, encoding="ascii")
    major, minor, _ = VERSION.split(".")
    facts = {"gitVersion": f"v{VERSION}", "gitMajor": major, "gitMinor": minor}
    stamped = (f"-X k8s.io/component-base/version.{name}={value}" for name, value in facts.items())
    flags = f"-ldflags=-s -w {' '.join(stamped)}"
    command = "k8s.io/kubernetes/cmd/kube-apiserver"
    go(what, "-C", str(folder), "build", "-trimpath", flags, "-o", "kube-apiserver", command)


def crds(module: str, folder: str) -> list[Path]:
    """Return the files of custom resource definitions that a Go module carries."""
    told = go(f"{module} cannot be had", "mod", "download", "-json", module)
    return sorted((Path(json.loads(told)["Dir"]) / folder).glob("*.yaml"))


class Etcd(Engine):
    """The store behind the server."""

    name = "etcd"
    ready_seconds = 30.0

    def obtain(self) -> None:
        """Look for the installed program."""
        if shutil.which("etcd") is None:
            raise EngineUnavailableError("etcd is not installed (Debian: etcd-server)")

    def settings(self) -> dict[str, str]:
        """Return nothing: no service of the product knows it."""
        return {}

    @property
    def url(self) -> str:
        """The address of the store."""
        return f"http://{LOOPBACK}:{self.port}"

    def _prepare(self) -> None:
        pass

    def _command(self) -> Sequence[str]:
        peer = f"http://{LOOPBACK}:{free_port()}"
        return (
            *("etcd", "--data-dir", str(self.folder / "data")),
            *("--listen-client-urls", self.url, "--advertise-client-urls", self.url),
            *("--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer),
            *("--initial-cluster", f"default={peer}"),
        )

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as found:
                return bool(json.load(found)["health"] == "true")
        except OSError:
            return False


@dataclass(frozen=True)
class Answer:
    """What the server said to a request."""

    status: int
    body: dict[str, Any]
    warnings: list[str] = field(default_factory=list)

    @property
    def message(self) -> str:
        """The server's own words about a refusal."""
        return str(self.body.get("message", ""))


class ApiServer(Engine):
    """The server, with one administrator."""

    name = "kube-apiserver"
    ready_seconds = 90.0

    def __init__(self, folder: Path, etcd: Etcd) -> None:
        """Keep where its store is."""
        super().__init__(folder)
        self._etcd = etcd
        self._program = Path()

    def obtain(self) -> None:
        """Build the program where it was not built before."""
        self._program = kept(f"kube-apiserver-{VERSION}", _build) / "kube-apiserver"

    def settings(self) -> dict[str, str]:
        """Return nothing: no service of the product knows it."""
        return {}

    def _prepare(self) -> None:
        (self.folder / "tokens.csv").write_text(f"{TOKEN},admin,admin,system:masters\n")
        key, public = str(self.folder / "account.key"), str(self.folder / "account.pub")
        run(("openssl", "genrsa", "-out", key, "2048"), "no key for service accounts")
        run(("openssl", "rsa", "-in", key, "-pubout", "-out", public), "no public key")

    def _command(self) -> Sequence[str]:
        return (
            *(str(self._program), "--etcd-servers", self._etcd.url),
            *("--bind-address", LOOPBACK, "--advertise-address", LOOPBACK),
            *("--secure-port", str(self.port), "--cert-dir", str(self.folder / "certificates")),
            *("--token-auth-file", str(self.folder / "tokens.csv")),
            *("--authorization-mode", "RBAC", "--disable-admission-plugins", "ServiceAccount"),
            *("--service-account-issuer", "https://cluster.test"),
            *("--service-account-key-file", str(self.folder / "account.pub")),
            *("--service-account-signing-key-file", str(self.folder / "account.key")),
            *("--service-cluster-ip-range", "10.96.0.0/16"),
            # There is no endpoint to keep, and its loopback address would be refused.
            *("--endpoint-reconciler-type", "none"),
        )

    def _is_ready(self) -> bool:
        try:
            return self.ask("GET", "/readyz").status == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        """Send a request as the administrator."""
        request = urllib.request.Request(
            f"https://{LOOPBACK}:{self.port}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        # The server signs its own certificate, on loopback, for this test.
        context = ssl._create_unverified_context()
        try:
            with urllib.request.urlopen(request, timeout=30, context=context) as found:
                return _answer(found.status, found.read(), found.headers)
        except urllib.error.HTTPError as error:
            return _answer(error.code, error.read(), error.headers)

    def kinds(self) -> dict[tuple[str, str], str]:
        """Return for each served (version, kind) the path of its collection, `{}` a namespace."""
        groups = self.ask("GET", "/apis").body["groups"]
        versions = [found["groupVersion"] for group in groups for found in group["versions"]]
        found = {}
        for version, root in [("v1", "/api/v1"), *((name, f"/apis/{name}") for name in versions)]:
            for entry in self.ask("GET", root).body.get("resources", ()):
                inside = "/namespaces/{}" if entry["namespaced"] else ""
                if "/" not in entry["name"]:
                    found[version, entry["kind"]] = f"{root}{inside}/{entry['name']}"
        return found


def _answer(status: int, body: bytes, headers: Any) -> Answer:
    try:
        found = json.loads(body)
    except ValueError:
        found = {"message": body.decode(errors="replace")}
    return Answer(status, found, headers.get_all("Warning") or [])
