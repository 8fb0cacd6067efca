"""Vocabularies and their editions, in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import IntegrityError

from aiff_catalog.shared.errors import StaleVersionError
from aiff_catalog.shared.tables import offer, offer_document, vocabulary, vocabulary_edition
from aiff_catalog.vocabularies.domain.labels import completed, first_entries
from aiff_catalog.vocabularies.domain.vocabulary import (
    CodeUse,
    Draft,
    Edition,
    KeptVocabulary,
    Vocabulary,
    WordList,
)
from aiff_contracts.codec import adapter, dump_json, parse_json
from aiff_contracts.vocabulary import VocabularyEntry
from aiff_kit.db import says

# By which filter the codes of a list are found; certificates are in the documents alone.
_FILTERS: dict[WordList, str | None] = {
    "audiences": "audience",
    "certifications": None,
    "instruments": "instrument",
    "kinds": "kind",
    "sectors": "sector",
    "stages": "stage",
    "territories": "region",
}
_ENTRIES = adapter(tuple[VocabularyEntry, ...])
# When the first editions were made.
_BEGINNING = datetime(2026, 11, 24, tzinfo=UTC)


class SqlVocabularies:
    """Reads and writes vocabularies inside a transaction.

    A vocabulary that nobody changed has no row: its first edition comes with the package. The
    first change stores that edition too, so that it stays what it was.
    """

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def get(self, name: KeptVocabulary) -> Vocabulary:
        """Return a vocabulary with its draft, with the codes that came after they were written."""
        statement = select(vocabulary).where(vocabulary.c.name == name)
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            return Vocabulary(name=name, version=1, live=_first(name))
        draft = None if row.draft is None else parse_json(Draft, row.draft)
        if draft is not None:
            draft = replace(draft, entries=completed(name, draft.entries))
        live = next(edition for edition in self.editions(name) if edition.number == row.edition)
        live = replace(live, entries=completed(name, live.entries))
        return Vocabulary(name=name, version=row.version, live=live, draft=draft)

    def edition_number(self, name: KeptVocabulary) -> int:
        """Return the number of the edition that holds."""
        statement = select(vocabulary.c.edition).where(vocabulary.c.name == name)
        return self._connection.execute(statement).scalar_one_or_none() or 1

    def edition_numbers(self) -> tuple[int, ...]:
        """Return the numbers of all changed vocabularies, in the order of their names."""
        statement = select(vocabulary.c.edition).order_by(vocabulary.c.name)
        return tuple(self._connection.execute(statement).scalars())

    def editions(self, name: KeptVocabulary) -> tuple[Edition, ...]:
        """Return all editions, newest first."""
        table = vocabulary_edition
        statement = select(table).where(table.c.name == name).order_by(table.c.number.desc())
        stored = tuple(_edition(row) for row in self._connection.execute(statement))
        return stored or (_first(name),)

    def save(self, before: Vocabulary, after: Vocabulary) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""
        values = {
            "version": after.version,
            "edition": after.live.number,
            "draft": None if after.draft is None else dump_json(after.draft),
        }
        if before.version == 1:
            self._begin(before, values)
        else:
            table = vocabulary
            is_previous = (table.c.name == after.name) & (table.c.version == before.version)
            stored = self._connection.execute(table.update().where(is_previous).values(values))
            if stored.rowcount == 0:
                raise StaleVersionError(before.version, self.get(after.name).version)
        if after.live.number != before.live.number:
            self._add(after.name, after.live)

    def users(self, name: KeptVocabulary) -> Mapping[str, Sequence[str]]:
        """Return the codes that published offers use, each with their slugs."""
        if name != "gpu_models":
            return {}
        documents = offer_document.join(offer, offer.c.id == offer_document.c.offer_id)
        columns = select(offer_document.c.slug, offer_document.c.summary).select_from(documents)
        rows = self._connection.execute(
            columns.where(offer.c.kind == "compute").order_by(offer_document.c.slug)
        )
        users: dict[str, list[str]] = {}
        for row in rows:
            gpu = orjson.loads(row.summary)["highlights"].get("gpu")
            if gpu:
                users.setdefault(gpu["model"], []).append(row.slug)
        return users

    def uses(self, name: WordList, codes: Sequence[str], most: int) -> Sequence[CodeUse]:
        """Return which of the codes published offers use: how many do, and the first of them."""
        return [use for code in codes if (use := self._use(_FILTERS[name], code, most)) is not None]

    def _use(self, filter_name: str | None, code: str, most: int) -> CodeUse | None:
        table = offer_document
        if filter_name is None:
            used = says(self._connection, table.c.body, f'"scheme":"{code}"')
        else:
            used = table.c.terms.contains(f" {filter_name}:{code} ", autoescape=True)
        counted = select(func.count()).select_from(table).where(used)
        count = self._connection.execute(counted).scalar() or 0
        if not count:
            return None
        first = select(table.c.slug).where(used).order_by(table.c.slug).limit(most)
        slugs = self._connection.execute(first).scalars()
        return CodeUse(code=code, offers=count, slugs=tuple(slugs))

    def _begin(self, before: Vocabulary, values: Mapping[str, Any]) -> None:
        try:
            self._connection.execute(vocabulary.insert().values(name=before.name, **values))
        except IntegrityError as error:
            raise StaleVersionError(before.version, before.version + 1) from error
        self._add(before.name, before.live)

    def _add(self, name: KeptVocabulary, edition: Edition) -> None:
        row = {
            "name": name,
            "number": edition.number,
            "entries": _ENTRIES.dump_json(edition.entries),
            "author": edition.author,
            "approver": edition.approver,
            "at": edition.at,
            "reason": edition.reason,
        }
        self._connection.execute(vocabulary_edition.insert().values(row))


def _first(name: KeptVocabulary) -> Edition:
    return Edition(
        number=1,
        entries=first_entries(name),
        author=None,
        approver=None,
        at=_BEGINNING,
        reason=None,
    )


def _edition(row: Row[Any]) -> Edition:
    return Edition(
        number=row.number,
        entries=parse_json(tuple[VocabularyEntry, ...], row.entries),
        author=row.author,
        approver=row.approver,
        at=row.at,
        reason=row.reason,
    )
