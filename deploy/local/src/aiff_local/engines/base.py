"""What every engine has in common: start, wait until ready, settings, stop by pid, faults."""

import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from aiff_local.engines.process import EngineProcess
from aiff_local.processes import free_port

_LOOK_SECONDS = 0.1


class EngineUnavailableError(Exception):
    """The engine cannot be had or started; the message is one line that says why."""


class Engine(ABC):
    """One engine with its scratch folder and its loopback port.

    `start` can be called again after `stop` or `kill`: data, port and settings stay the same.
    """

    name: ClassVar[str]
    ready_seconds: ClassVar[float] = 90.0
    stop_signal: ClassVar[int] = signal.SIGTERM

    def __init__(self, folder: Path, port: int | None = None) -> None:
        """Choose the folder and the port (a free one when not given); nothing runs yet."""
        self.folder = folder.resolve()
        self.port = port if port is not None else free_port()
        self.process: EngineProcess | None = None

    @abstractmethod
    def obtain(self) -> None:
        """Fetch the programs where they are missing; EngineUnavailableError when not to be had."""

    @abstractmethod
    def settings(self) -> dict[str, str]:
        """Return the environment variables that point the services here."""

    @abstractmethod
    def _prepare(self) -> None:
        """Write the configuration and make empty data where there is none."""

    @abstractmethod
    def _command(self) -> Sequence[str]:
        """Return the command line of the server."""

    @abstractmethod
    def _is_ready(self) -> bool:
        """Ask the server itself whether it serves."""

    def start(self) -> None:
        """Start the server and return once it serves."""
        self.launch()
        self.await_ready()

    def launch(self) -> None:
        """Start the server without waiting for it."""
        self.obtain()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._prepare()
        self.process = EngineProcess.spawn(
            self._command(), self._environment(), self.folder, self.log, self.stop_signal
        )

    def await_ready(self) -> None:
        """Return once the server serves; EngineUnavailableError when it ends or takes too long."""
        deadline = time.monotonic() + self.ready_seconds
        while not self._is_ready():
            if not self.alive():
                raise EngineUnavailableError(self._with_last_line("ended at its start"))
            if time.monotonic() > deadline:
                self.stop()
                raise EngineUnavailableError(self._with_last_line("did not become ready"))
            time.sleep(_LOOK_SECONDS)
        self._when_ready()

    def attach(self, process: EngineProcess) -> None:
        """Take over a server that an earlier command started on this folder and port."""
        self.process = process

    def alive(self) -> bool:
        """Tell whether the server's process is there."""
        return self.process is not None and self.process.alive()

    def stop(self) -> None:
        """Ask the server to end, by its pid, and end it when it does not."""
        if self.process is not None:
            self.process.stop()
            self.process = None

    def kill(self) -> None:
        """End the server as a power cut would (SIGKILL)."""
        if self.process is not None:
            self.process.kill()
            self.process = None

    def pause(self) -> None:
        """Freeze the server (SIGSTOP): connections stay open and nothing answers."""
        if self.process is not None:
            self.process.pause()

    def resume(self) -> None:
        """Let a frozen server go on (SIGCONT)."""
        if self.process is not None:
            self.process.resume()

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.folder / f"{self.name}.log"

    def _when_ready(self) -> None:  # noqa: B027  Most engines need nothing here.
        """Do what can be done only once the server serves."""

    def _environment(self) -> Mapping[str, str] | None:
        """Return the server's whole environment; None leaves it as it is."""
        return None

    def _with_last_line(self, what: str) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return f"{self.name} {what}: {lines[-1] if lines else 'it printed nothing'}"


def run(command: Sequence[str], what: str, environment: Mapping[str, str] | None = None) -> str:
    """Run a command to its end and return what it printed; a failure is one line."""
    try:
        done = subprocess.run(  # noqa: S603  The commands are written in this package.
            command, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise EngineUnavailableError(f"{what}: {error.strerror}: {command[0]}") from error
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines()
        told = next((line for line in lines if "ERROR" in line), lines[-1] if lines else "")
        raise EngineUnavailableError(f"{what}: {told or f'exit code {done.returncode}'}")
    return done.stdout
