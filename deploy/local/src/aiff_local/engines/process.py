"""A server's process, known by its pid: also one that an earlier command started."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

_STOP_SECONDS = 30.0
_LOOK_SECONDS = 0.05
# Fields of the kernel's process status, counted after the program's name.
_STATE, _PARENT, _BEGAN = 0, 1, 19
# Stopped, stopped for a debugger, ended and not yet gone.
_STILL = frozenset("TtZX")


class EngineProcess:
    """Signals to one process, and to no other that was given the same pid later."""

    def __init__(self, pid: int, began: str, stop_signal: int = signal.SIGTERM) -> None:
        """Keep the pid and the kernel's note of when the process began."""
        self.pid = pid
        self.began = began
        self._stop_signal = stop_signal
        self._child: subprocess.Popen[bytes] | None = None

    @classmethod
    def spawn(
        cls,
        command: Sequence[str],
        environment: Mapping[str, str] | None,
        folder: Path,
        log: Path,
        stop_signal: int,
    ) -> Self:
        """Start a process that outlives this one and does not hear this terminal's Ctrl-C."""
        with log.open("ab") as out:
            child = subprocess.Popen(  # noqa: S603  The commands are written in this package.
                command,
                env=environment,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        status = _status(child.pid)
        made = cls(child.pid, status[_BEGAN] if status else "", stop_signal)
        made._child = child
        return made

    def alive(self) -> bool:
        """Tell whether the process is there; one that ended and waits for its parent is not."""
        if self._child is not None:
            return self._child.poll() is None
        return _runs(self.pid, self.began)

    def stop(self) -> None:
        """Ask it to end; after half a minute end it."""
        self.resume()
        self._signal(self._stop_signal)
        if not _within(_STOP_SECONDS, lambda: not self.alive()):
            self.kill()

    def kill(self) -> None:
        """End it and its children at once, and see all of them gone.

        A child of PostgreSQL that is left over holds the memory that the next server needs.
        """
        frozen = self._freeze()
        family = [(pid, status[_BEGAN]) for pid in frozen if (status := _status(pid))]
        for pid, _ in family:
            _send(pid, signal.SIGKILL)
        _within(_STOP_SECONDS, lambda: not self.alive() and not any(_runs(*one) for one in family))

    def pause(self) -> None:
        """Freeze it and its children, and see every thread of them stopped: nothing answers."""
        self._freeze()

    def resume(self) -> None:
        """Let it and its children go on."""
        for pid in self._family():
            _send(pid, signal.SIGCONT)

    def _freeze(self) -> list[int]:
        """Stop the family and return it; itself first, so that no child is born meanwhile."""
        self._signal(signal.SIGSTOP)
        _within(_STOP_SECONDS, lambda: _is_frozen(self.pid))
        family = self._family()
        for pid in family:
            _send(pid, signal.SIGSTOP)
        _within(_STOP_SECONDS, lambda: all(map(_is_frozen, family)))
        return family

    def _signal(self, number: int) -> None:
        if self.alive():
            _send(self.pid, number)

    def _family(self) -> list[int]:
        """Return the process, first, and its children: PostgreSQL has one per connection."""
        if not self.alive():
            return []
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        statuses = ((pid, _status(pid)) for pid in pids)
        children = [pid for pid, status in statuses if status and status[_PARENT] == str(self.pid)]
        return [self.pid, *children]


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_SECONDS)
    return True


def _runs(pid: int, began: str) -> bool:
    """Tell whether the process is there; one that ended and waits for its parent is not."""
    status = _status(pid)
    return status is not None and status[_BEGAN] == began and status[_STATE] != "Z"


def _is_frozen(pid: int) -> bool:
    """Tell whether no thread of the process runs; a signal reaches them one after the other."""
    threads = Path(f"/proc/{pid}/task")
    try:
        statuses = [_status(f"{pid}/task/{thread.name}") for thread in threads.iterdir()]
    except OSError:
        return True
    return all(status is None or status[_STATE] in _STILL for status in statuses)


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        # It ended between the look and the signal, which is what a signal could at most do.
        return


def _status(task: int | str) -> list[str] | None:
    """Return the fields after the name; a thread is named by `pid/task/thread`."""
    try:
        text = Path(f"/proc/{task}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return text.rpartition(")")[2].split()
