"""OpenSearch with its k-NN plugin, from the published distribution."""

import os
import shutil
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiff_local.engines.account import give_to_plain_user, plain_user_command
from aiff_local.engines.base import Engine, run
from aiff_local.engines.downloads import cache_folder, java_home, kept, maven_file
from aiff_local.processes import LOOPBACK, free_port

_VERSION = "3.5.0"
_DISTRIBUTION = f"org.opensearch.distribution.integ-test-zip:opensearch:{_VERSION}:zip"
_PLUGIN = f"org.opensearch.plugin:opensearch-knn:{_VERSION}.0:zip"
_MINIMUM_JAVA = 21
_VECTORS = "jdk.incubator.vector"
_CONFIGURATION = """cluster.name: aiff
discovery.type: single-node
network.host: {host}
http.port: {port}
transport.port: {transport}
path.data: {data}
path.logs: {logs}
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


class OpenSearch(Engine):
    """One node on loopback."""

    name = "opensearch"
    ready_seconds = 120.0

    def obtain(self) -> None:
        """Fetch the distribution and the plugin through Maven and put them together."""
        kept(_CACHED, _assemble)

    def settings(self) -> dict[str, str]:
        """Return where the index is."""
        return {"OPENSEARCH_URL": self.url}

    @property
    def url(self) -> str:
        """Where the node answers."""
        return f"http://{LOOPBACK}:{self.port}"

    def _prepare(self) -> None:
        """Copy the programs: the system user cannot look into another user's cache."""
        if not self._home.exists():
            shutil.copytree(cache_folder() / _CACHED, self._home, symlinks=True)
        text = _CONFIGURATION.format(
            host=LOOPBACK,
            port=self.port,
            transport=free_port(),
            data=self.folder / "data",
            logs=self.folder / "logs",
        )
        (self._home / "config" / "opensearch.yml").write_text(text, encoding="utf-8")
        self._leave_out_missing_vectors()
        give_to_plain_user(self.folder)

    def _command(self) -> Sequence[str]:
        return plain_user_command((str(self._home / "bin" / "opensearch"),))

    def _environment(self) -> Mapping[str, str]:
        java = str(self._java())
        options = "-Xms512m -Xmx512m"
        return {**os.environ, "OPENSEARCH_JAVA_HOME": java, "OPENSEARCH_JAVA_OPTS": options}

    def _is_ready(self) -> bool:
        question = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            with urllib.request.urlopen(question, timeout=2):  # noqa: S310  Loopback only.
                return True
        except OSError:
            return False

    def _leave_out_missing_vectors(self) -> None:
        """Do without Java's vector module, a speed-up, where the Java at hand does not have it."""
        release = (self._java() / "release").read_text(encoding="utf-8")
        if _VECTORS not in release:
            options = self._home / "config" / "jvm.options"
            lines = options.read_text(encoding="utf-8").splitlines(keepends=True)
            kept_lines = [line for line in lines if _VECTORS not in line]
            options.write_text("".join(kept_lines), encoding="utf-8")

    @property
    def _home(self) -> Path:
        return self.folder / "programs"

    def _java(self) -> Path:
        """Return a Java that the system user can reach."""
        home = java_home(_MINIMUM_JAVA)
        if not home.is_relative_to(cache_folder()):
            return home
        own = self.folder / "java"
        if not own.exists():
            shutil.copytree(home, own, symlinks=True)
            give_to_plain_user(own)
        return own


_CACHED = f"opensearch-{_VERSION}"


def _assemble(folder: Path) -> None:
    """Unpack the distribution and install the plugin into it."""
    archive = maven_file(folder.parent, _DISTRIBUTION)
    plugin = maven_file(folder.parent, _PLUGIN)
    shutil.unpack_archive(archive, folder.parent)
    for program in (folder / "bin").iterdir():
        program.chmod(0o755)
    environment = {**os.environ, "OPENSEARCH_JAVA_HOME": str(java_home(_MINIMUM_JAVA))}
    command = (str(folder / "bin" / "opensearch-plugin"), "install", "-b", plugin.as_uri())
    run(command, "the k-NN plugin could not be installed", environment)
