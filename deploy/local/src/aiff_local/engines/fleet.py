"""Engines that outlive the command that started them, remembered in a file by pid."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from aiff_local.engines.base import Engine
from aiff_local.engines.kafka import Kafka
from aiff_local.engines.opensearch import OpenSearch
from aiff_local.engines.postgres import Postgres
from aiff_local.engines.process import EngineProcess
from aiff_local.engines.redis import Redis

ENGINES: Mapping[str, type[Engine]] = {
    engine.name: engine for engine in (Kafka, Postgres, OpenSearch, Redis)
}
Say = Callable[[str], None]


class _Entry(TypedDict):
    port: int
    pid: int
    began: str


class Fleet:
    """The engines of one data folder. Ports and data stay the same from start to start."""

    def __init__(self, folder: Path, say: Say) -> None:
        """Read what an earlier command has started; `say` receives one line per step."""
        self._folder = folder
        self._say = say
        self._state = folder / "state.json"
        self.engines = {name: self._known(name) for name in ENGINES}

    def start(self, names: Sequence[str]) -> None:
        """Start the engines that do not run, remembering each as soon as its process exists."""
        for name in names:
            if not self.engines[name].alive():
                self._say(f"{name}: obtaining and starting")
                self.engines[name].launch()
                self._remember()
        for name in names:
            self.engines[name].await_ready()
            self._say(f"{name} is ready on port {self.engines[name].port}")
        self._write_settings()

    def stop(self, names: Sequence[str]) -> None:
        """Stop the engines that run, by pid."""
        for name in names:
            engine = self.engines[name]
            self._say(f"{name} stopped" if engine.alive() else f"{name} does not run")
            engine.stop()
        self._remember()
        self._write_settings()

    def settings(self) -> dict[str, str]:
        """Return the environment variables that point the services to what runs."""
        running = [engine for engine in self.engines.values() if engine.alive()]
        return {name: value for engine in running for name, value in engine.settings().items()}

    @property
    def settings_file(self) -> Path:
        """The settings as lines of `export NAME=value`."""
        return self._folder / "settings.env"

    def _known(self, name: str) -> Engine:
        entry = self._entries().get(name)
        engine = ENGINES[name](self._folder / name, entry["port"] if entry else None)
        if entry:
            engine.attach(EngineProcess(entry["pid"], entry["began"], engine.stop_signal))
        return engine

    def _entries(self) -> dict[str, _Entry]:
        try:
            entries: dict[str, _Entry] = json.loads(self._state.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return entries

    def _remember(self) -> None:
        entries = self._entries()
        for name, engine in self.engines.items():
            if engine.process is not None:
                process = engine.process
                entries[name] = {"port": engine.port, "pid": process.pid, "began": process.began}
        self._state.write_text(json.dumps(entries, indent=1), encoding="utf-8")

    def _write_settings(self) -> None:
        lines = [f"export {name}={value}\n" for name, value in self.settings().items()]
        self.settings_file.write_text("".join(lines), encoding="utf-8")
