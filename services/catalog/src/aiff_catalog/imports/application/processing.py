"""The worker goes through the rows of imports, some at a time, and notes each one's result.

What rows do and their results are stored together, so an import that was cut off goes on where
it was: no row is done twice, none is lost.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

from aiff_catalog.imports.application.ports import (
    ImportFile,
    ImportFolder,
    ImportRow,
    KeptRow,
    OpenImports,
)
from aiff_catalog.imports.application.rows import OfferImport, RowResult
from aiff_catalog.imports.domain import imports as importing
from aiff_catalog.imports.domain.imports import (
    Counts,
    Import,
    ImportState,
    Refusal,
    RowOutcome,
)
from aiff_catalog.shared.errors import FileRefusedError, StaleVersionError
from aiff_contracts.codec import Faults
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id

# Rows are done in short turns: meanwhile nobody else writes on a database of one file.
_AT_ONCE: dict[ImportState, int] = {"previewing": 50, "applying": 20}
_HELD_FOR = timedelta(seconds=30)
# A preview that nobody acted on, and the record of what was done.
_LIES_FOR, _KEPT_FOR = timedelta(days=30), timedelta(days=365)
_TIDIED_EVERY = timedelta(hours=1)
_LONGEST_IDENTIFIER = 120
_MOST_FAILURES = 3


@dataclass(slots=True)
class _Open:
    """An import whose file is open; `results` goes on after the rows that are stored."""

    job: Import
    renewed_at: datetime
    files: ExitStack = field(default_factory=ExitStack)
    results: Iterator[RowResult] = iter(())


class ImportJob:
    """A worker's step."""

    def __init__(
        self,
        open_uow: OpenImports,
        imports: OfferImport,
        folder: ImportFolder,
        together: Callable[[], AbstractContextManager[object]],
        clock: Clock,
        passing: tuple[type[Exception], ...],
    ) -> None:
        """Keep what it works with; what is done inside `together` takes effect at once.

        `passing` are faults of the surroundings, after which a row is tried again for ever.
        """
        self._open_uow = open_uow
        self._imports = imports
        self._folder = folder
        self._together = together
        self._clock = clock
        self._passing = passing
        self._failures: Counter[tuple[UUID, int]] = Counter()
        self._holder = new_id()
        self._current: _Open | None = None
        self._tidied_next = datetime.min.replace(tzinfo=UTC)

    def step(self, moving: Callable[[], None] = lambda: None) -> int:
        """Go through some rows; `moving` is called while a file is read, which may take long."""
        try:
            opened = self._current or self._next(moving)
            return self._tidy() if opened is None else self._advance(opened)
        except StaleVersionError:
            # Cancelled meanwhile, or another worker was faster: what is stored tells.
            self.close()
            return 1
        except self._passing:
            self.close()
            raise
        except Exception:
            self._count_failure()
            self.close()
            raise

    def close(self) -> None:
        """Give the open file back; the rows that are stored are where it goes on."""
        if self._current is not None:
            self._current.files.close()
        self._current = None

    def _next(self, moving: Callable[[], None]) -> _Open | None:
        now = self._clock()
        with self._open_uow() as uow:
            job = uow.imports.take(self._holder, now, now + _HELD_FOR)
            uow.commit()
        if job is None:
            return None
        self._current = _Open(job=job, renewed_at=now)
        try:
            self._read(self._current, moving)
        except (FileRefusedError, Faults) as error:
            self._refuse(self._current.job, error)
            self.close()
        return self._current

    def _read(self, opened: _Open, moving: Callable[[], None]) -> None:
        """Open the file and read it once; its rows are looked at later."""
        job = opened.job
        with self._open_uow() as uow:
            pieces = uow.imports.content(job.id)
            file = opened.files.enter_context(self._folder.open(job.file, pieces))

        def on_row() -> None:
            moving()
            self._keep(opened)

        watched = _Watched(file, on_row)
        work = self._imports.apply if job.state == "applying" else self._imports.preview
        opened.results = work(job.file.partner, watched, job.by, job.done)
        if job.rows is None:
            opened.job = self._save(importing.read_once(job, watched.counted, file.columns))

    def _advance(self, opened: _Open) -> int:
        """Do some rows and note their results at once, or end the import after its last row."""
        self._keep(opened)
        with self._together():
            results = list(islice(opened.results, _AT_ONCE[opened.job.state]))
            job = self._noted(opened.job, results)
        opened.job = job
        if not results:
            self.close()
        return max(len(results), 1)

    def _noted(self, job: Import, results: Sequence[RowResult]) -> Import:
        with self._open_uow() as uow:
            if results:
                uow.imports.put_rows(job.id, [_kept(job, result) for result in results])
                changed = importing.advanced(job, _counted(results))
            else:
                changed = importing.read_through(job, self._clock())
            if changed.state == "applied":
                uow.imports.drop_content(job.id)
            uow.imports.save(changed)
            uow.commit()
        return changed

    def _refuse(self, job: Import, error: FileRefusedError | Faults) -> None:
        line = error.line if isinstance(error, FileRefusedError) else 1
        detail = str(error).removeprefix(f"line {line}: ")
        changed = importing.refused(job, Refusal(line=line, detail=detail), self._clock())
        with self._open_uow() as uow:
            uow.imports.drop_content(job.id)
            uow.imports.save(changed)
            uow.commit()

    def _count_failure(self) -> None:
        """Give up an import that fails at the same row again and again: others wait behind it."""
        if self._current is None:
            return
        job = self._current.job
        self._failures[job.id, job.done] += 1
        if self._failures[job.id, job.done] >= _MOST_FAILURES:
            detail = (
                f"after {job.done} rows, one cannot be processed; that is a fault of the "
                "catalogue, not of the file. What was done so far stays"
            )
            self._refuse(job, FileRefusedError(1, detail))

    def _save(self, job: Import) -> Import:
        with self._open_uow() as uow:
            uow.imports.save(job)
            uow.commit()
        return job

    def _keep(self, opened: _Open) -> None:
        """Go on holding the import, so that no other worker begins it too."""
        now = self._clock()
        if now - opened.renewed_at < _HELD_FOR / 3:
            return
        with self._open_uow() as uow:
            uow.imports.hold(opened.job.id, self._holder, now + _HELD_FOR)
            uow.commit()
        opened.renewed_at = now

    def _tidy(self) -> int:
        """Forget what was left lying, now and then."""
        now = self._clock()
        if now < self._tidied_next:
            return 0
        with self._open_uow() as uow:
            forgotten = uow.imports.forget(now - _LIES_FOR, now - _KEPT_FOR)
            uow.commit()
        if not forgotten:
            self._tidied_next = now + _TIDIED_EVERY
        return forgotten


class _Watched:
    """A file that tells of each row that is read, and counts those of the first reading."""

    def __init__(self, file: ImportFile, on_row: Callable[[], None]) -> None:
        self._file = file
        self._on_row = on_row
        self.columns = file.columns
        self.counted = 0
        self._readings = 0

    def rows(self) -> Iterator[ImportRow]:
        self._readings += 1
        first = self._readings == 1
        for row in self._file.rows():
            self._on_row()
            self.counted += first
            yield row

    def column_of(self, pointer: str) -> str | None:
        return self._file.column_of(pointer)


def _kept(job: Import, result: RowResult) -> KeptRow:
    word = _word(result)
    done = job.state == "applying"
    return KeptRow(
        line=result.row.line,
        external_id=result.row.external_id[:_LONGEST_IDENTIFIER],
        foreseen=None if done else word,
        outcome=word if done else None,
        result=word,
        faults=result.faults,
        cells=result.row.cells if result.faults else None,
    )


def _word(result: RowResult) -> RowOutcome:
    return result.outcome or "refused"


def _counted(results: Sequence[RowResult]) -> Counts:
    counted: Counter[str] = Counter(map(_word, results))
    return Counts(**counted)
