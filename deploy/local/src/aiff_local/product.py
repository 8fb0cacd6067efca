"""Starting, watching and stopping the product's processes."""

import fcntl
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from aiff_local.arrival import await_arrival
from aiff_local.processes import LOOPBACK, ProcessPlan, ProductPlan, plan

_READY_SECONDS = 90.0
_STOP_SECONDS = 10.0
_RESTART_SECONDS = 1.0

Say = Callable[[str], None]


class CannotStartError(Exception):
    """The product cannot start; the message is one line that says what to change."""


class Product:
    """The product on one machine: `with Product(...) as product:` runs it inside the block.

    Processes are started and stopped by pid. One that ends by itself is started again, as an
    orchestrator would do in production.
    """

    def __init__(
        self,
        data_dir: Path,
        gateway_port: int,
        catalogue: Path,
        say: Say,
        **settings: str,
    ) -> None:
        """Plan the product; nothing runs yet.

        `say` receives one line per step; `settings` are environment variables that the
        product's processes get beyond those of this process.
        """
        self.data_dir = data_dir.resolve()
        self.url = f"http://{LOOPBACK}:{gateway_port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._port = gateway_port
        self._catalogue = catalogue
        self._say = say
        self._settings = settings
        self._lock: IO[str] | None = None
        self._plan: ProductPlan | None = None

    def __enter__(self) -> Self:
        """Start everything; on a fault stop what was started."""
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop everything."""
        self.stop()

    def start(self) -> None:
        """Prepare the data folder, load the catalogue, start the processes, wait until ready."""
        self._take_folder()
        self._check_port()
        self._plan = plan(self.data_dir, self._port, self._catalogue, self._settings)
        self._say("preparing the databases")
        with ThreadPoolExecutor() as together:
            # Each has a database of its own; the first fault in their order is told.
            list(together.map(self._finish, self._plan.migrations))
        self._say(f"loading the catalogue from {self._catalogue}")
        self._finish(self._plan.load)
        self._say("starting the services")
        self._write_operations()
        for process in self._plan.processes:
            self._spawn(process)
        self._await_ready()
        if not await_arrival(self.url):
            self._say("the catalogue is still arriving in search and matching")

    def watch(self) -> None:
        """Start again whatever has ended by itself; returns when the caller is interrupted."""
        while True:
            time.sleep(_RESTART_SECONDS)
            self.revive()

    def revive(self) -> None:
        """Start again the processes that have ended."""
        for process in self._planned().processes:
            ended = self.running[process.name].poll()
            if ended is not None:
                self._say(f"{process.name} ended with code {ended}; starting it again")
                self._spawn(process)

    def stop(self) -> None:
        """Ask every process to end, the public one first, and end those that do not."""
        for process in reversed(list(self.running.values())):
            process.terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        for process in self.running.values():
            _end(process, max(0.1, deadline - time.monotonic()))
        self.running.clear()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def operations(self) -> dict[str, str]:
        """Return the operations address (metrics, health) of each process by its name."""
        return {
            process.name: f"http://{LOOPBACK}:{process.operations_port}"
            for process in self._planned().processes
        }

    def environment(self) -> dict[str, str]:
        """Return the environment that the processes share, for further commands."""
        return dict(self._planned().environment)

    def _planned(self) -> ProductPlan:
        if self._plan is None:
            raise CannotStartError("the product was not started")
        return self._plan

    def _take_folder(self) -> None:
        """Make the data folder and hold it, so that two products never share one."""
        try:
            (self.data_dir / "logs").mkdir(parents=True, exist_ok=True)
            self._lock = (self.data_dir / "run.lock").open("w", encoding="ascii")
        except OSError as error:
            line = f"AIFF_DATA_DIR {self.data_dir} is not usable: {error.strerror}"
            raise CannotStartError(line) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            line = f"AIFF_DATA_DIR {self.data_dir} is in use by another running product"
            raise CannotStartError(line) from error

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, self._port))
            except OSError as error:
                line = f"port {self._port} is taken: set AIFF_GATEWAY_PORT to another one"
                raise CannotStartError(line) from error

    def _finish(self, step: ProcessPlan) -> None:
        """Run a preparing command to its end; its last line explains a failure."""
        environment = dict(self._planned().environment)
        done = subprocess.run(  # noqa: S603  The command is ours.
            step.command, env=environment, capture_output=True, text=True, check=False
        )
        lines = (done.stdout + done.stderr).strip().splitlines()
        if done.returncode != 0:
            self._write_log(step.name, lines)
            reason = lines[-1] if lines else f"exit code {done.returncode}"
            where = self.data_dir / "logs" / f"{step.name}.log"
            raise CannotStartError(f"{step.name} failed: {reason} (see {where})")
        if lines:
            self._say(f"  {lines[-1]}")

    def _write_operations(self) -> None:
        """Say where each process shows its metrics; the ports are others at each start."""
        path = self.data_dir / "operations.json"
        path.write_text(json.dumps(self.operations, indent=2) + "\n", encoding="ascii")

    def _write_log(self, name: str, lines: list[str]) -> None:
        path = self.data_dir / "logs" / f"{name}.log"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _spawn(self, process: ProcessPlan) -> None:
        path = self.data_dir / "logs" / f"{process.name}.log"
        with path.open("ab") as log:
            self.running[process.name] = subprocess.Popen(  # noqa: S603  The command is ours.
                process.command,
                env={**self._planned().environment, **process.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
                # An interrupt in the terminal reaches only this process, which stops the others.
                start_new_session=True,
            )

    def _await_ready(self) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        servers = [entry for entry in self._planned().processes if entry.port is not None]
        for server in servers:
            while not _is_ready(server.port):
                self._check_alive(server.name)
                if time.monotonic() > deadline:
                    raise CannotStartError(self._where_to_look(server.name, "is not ready"))
                time.sleep(0.1)

    def _check_alive(self, name: str) -> None:
        ended = self.running[name].poll()
        if ended is not None:
            raise CannotStartError(self._where_to_look(name, f"ended with code {ended}"))

    def _where_to_look(self, name: str, what: str) -> str:
        path = self.data_dir / "logs" / f"{name}.log"
        lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        last = f": {lines[-1]}" if lines else ""
        return f"{name} {what}{last} (see {path})"


def _is_ready(port: int | None) -> bool:
    address = f"http://{LOOPBACK}:{port}/health/ready"
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False


def _end(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
