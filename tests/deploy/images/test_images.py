"""Each image is built, starts as its own user on a read-only root, and answers for its health."""

import re
import time
from pathlib import Path

import pytest
from tests.deploy import tools
from tests.deploy.images import built
from tests.deploy.tools import ROOT, SERVICES

from aiff_local.engines.base import EngineUnavailableError
from aiff_local.processes import free_port

pytestmark = pytest.mark.images
SECRET = "a-secret-of-the-image-tests-0123456789"
PREFIX = {name: name.upper() for name in SERVICES} | {"gateway": "AIFF_GATEWAY"}


@pytest.fixture(scope="module")
def images():
    try:
        built.make_base()
    except EngineUnavailableError as error:
        tools.unavailable(error)
    made = {}
    try:
        for service in SERVICES:
            made[service] = built.Image(built.build(service))
        yield made
    finally:
        for image in made.values():
            image.remove()


@pytest.fixture(scope="module")
def ports():
    return {service: free_port() for service in SERVICES}


@pytest.fixture(scope="module")
def running(images, ports, tmp_path_factory):
    """All four images, migrated and serving, each on its own read-only root."""
    logs = tmp_path_factory.mktemp("logs")
    settings = {"AIFF_IDENTITY_SECRET": SECRET}
    for service, port in ports.items():
        settings |= {
            f"{PREFIX[service]}_PORT": str(port),
            f"{service.upper()}_URL": f"http://127.0.0.1:{port}",
        }
    processes = {}
    try:
        for service, image in images.items():
            # The scratch folder of a pod is new at every start: migrate and serve share one here.
            line = "python -m aiff_{0} migrate && exec python -m aiff_{0} serve"
            script = line if service != "portal" else "exec python -m aiff_{0} serve"
            image.config["Entrypoint"] = ["sh", "-c", script.format(service)]
            processes[service] = image.start(settings, logs / f"{service}.log")
        yield processes, logs
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            process.wait(timeout=30)


def until(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_the_image_names_a_user_that_is_not_root_and_its_own_program(images, service):
    config = images[service].config
    assert config["User"] == "10001:10001"
    assert "AIFF_ENVIRONMENT=production" in config["Env"]
    assert config["Cmd"] == ["serve"]


@pytest.mark.parametrize("service", SERVICES)
def test_the_image_holds_only_what_the_service_needs_in_locked_versions(images, service):
    packages = next((images[service].root / "app/lib").glob("python3*/site-packages"))
    held = dict(
        re.match(r"(.+)-([^-]+)\.dist-info", path.name).groups()
        for path in packages.glob("*.dist-info")
    )
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {
        (name.replace("-", "_").lower(), version)
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE)
    }
    others = {name: version for name, version in held.items() if not name.startswith("aiff_")}
    assert {(name.lower().replace(".", "_"), version) for name, version in others.items()} <= locked
    assert not {"pip", "setuptools", "pytest", "mypy", "ruff", "hypothesis"} & set(held)
    assert {name for name in held if name.startswith("aiff_")} == {
        "aiff_contracts",
        "aiff_kit",
        f"aiff_{service}",
    }
    assert not list((images[service].root / "usr/bin").glob("gcc*"))


@pytest.mark.parametrize("service", SERVICES)
def test_the_service_answers_for_its_health(running, ports, service):
    processes, logs = running

    def alive():
        assert processes[service].poll() is None, (logs / f"{service}.log").read_text()
        return built.answer(ports[service], "/health/live")[0] == 200

    assert until(alive), (logs / f"{service}.log").read_text()
    assert until(lambda: built.answer(ports[service], "/health/ready")[0] == 200), built.answer(
        ports[service], "/health/ready"
    )


@pytest.mark.parametrize("service", SERVICES)
def test_the_process_is_its_own_user_without_any_capability(running, ports, service):
    processes, _ = running
    assert until(lambda: built.answer(ports[service], "/health/live")[0] == 200)
    status = Path(f"/proc/{processes[service].pid}/status").read_text(encoding="ascii")
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert facts["Uid"].split() == ["10001"] * 4
    assert facts["Gid"].split() == ["10001"] * 4
    assert int(facts["CapEff"], 16) == 0
    assert facts["NoNewPrivs"] == "1"


@pytest.mark.parametrize("service", SERVICES)
def test_the_root_is_read_only_and_only_tmp_can_be_written(images, service, tmp_path):
    image = images[service]
    kept, image.config["Entrypoint"] = image.config["Entrypoint"], ["python", "-c"]
    script = (
        "import errno, os, pathlib\n"
        "pathlib.Path('/tmp/file').write_text('x')\n"
        "for path in ('/app/file', '/file', '/var/file', '/etc/file'):\n"
        "    try: open(path, 'w')\n"
        "    except OSError as error: assert error.errno == errno.EROFS, error\n"
        "    else: raise SystemExit(path)\n"
    )
    try:
        process = image.start({}, tmp_path / "log", script)
        assert process.wait(timeout=30) == 0, (tmp_path / "log").read_text()
    finally:
        image.config["Entrypoint"] = kept


@pytest.mark.parametrize("service", SERVICES)
def test_without_a_secret_it_does_not_start_in_production_and_says_why(images, service, tmp_path):
    process = images[service].start({}, tmp_path / "log", "serve")
    assert process.wait(timeout=60) != 0
    assert "AIFF_IDENTITY_SECRET" in (tmp_path / "log").read_text(encoding="utf-8")
