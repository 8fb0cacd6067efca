"""A vocabulary that curators keep: the edition that holds, and the draft of the next one.

An edition never changes. A draft becomes the next edition when a curator who did not write on it
publishes it; an older edition is restored by making it the draft.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from aiff_catalog.shared.errors import NoDraftError, OwnTextError, StaleVersionError
from aiff_contracts.vocabulary import OpenVocabulary, VocabularyEntry

Entries = tuple[VocabularyEntry, ...]
# Lists whose codes the software depends on: their words are the curators', the codes are not.
WordList = Literal[
    "audiences",
    "certifications",
    "instruments",
    "kinds",
    "sectors",
    "stages",
    "territories",
]
KeptVocabulary = OpenVocabulary | WordList
OPEN: tuple[OpenVocabulary, ...] = get_args(OpenVocabulary)
WORD_LISTS: tuple[WordList, ...] = get_args(WordList)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUse:
    """How many published offers use a code, and the slugs of the first of them."""

    code: str
    offers: int
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One state of a vocabulary; the first comes with the package and has no author."""

    number: int
    entries: Entries
    author: str | None
    approver: str | None
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the next edition is to be; `authors` are all who wrote on it, the last one last."""

    entries: Entries
    authors: tuple[str, ...]
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The aggregate; `version` counts every change, of the draft too."""

    name: KeptVocabulary
    version: int
    live: Edition
    draft: Draft | None = None

    @property
    def waiting(self) -> Draft:
        """The draft; NoDraftError where there is none."""
        if self.draft is None:
            raise NoDraftError(self.name)
        return self.draft


def require_version(vocabulary: Vocabulary, version: int | None) -> None:
    """Raise StaleVersionError unless the change was made against the newest version."""
    if version is not None and version != vocabulary.version:
        raise StaleVersionError(version, vocabulary.version)


def revise(vocabulary: Vocabulary, entries: Entries, told: Draft) -> Vocabulary:
    """Return the vocabulary with these entries as its draft; `told` says who, when and why.

    Entries that hold already are no draft.
    """
    if entries == vocabulary.live.entries:
        return vocabulary if vocabulary.draft is None else discard(vocabulary)
    before = vocabulary.draft.authors if vocabulary.draft else ()
    authors = (*(one for one in before if one not in told.authors), *told.authors)
    draft = replace(told, entries=entries, authors=authors)
    return replace(vocabulary, version=vocabulary.version + 1, draft=draft)


def discard(vocabulary: Vocabulary) -> Vocabulary:
    """Return the vocabulary without its draft; NoDraftError where there is none."""
    if vocabulary.draft is None:
        raise NoDraftError(vocabulary.name)
    return replace(vocabulary, version=vocabulary.version + 1, draft=None)


def publish(
    vocabulary: Vocabulary, approver: str, at: datetime, *, four_eyes: bool = True
) -> Vocabulary:
    """Return the vocabulary with its draft as the edition that holds.

    Raises NoDraftError, and OwnTextError where the approver wrote on the draft.
    """
    draft = vocabulary.waiting
    if four_eyes and approver in draft.authors:
        raise OwnTextError(vocabulary.name)
    live = Edition(
        number=vocabulary.live.number + 1,
        entries=draft.entries,
        author=draft.authors[-1],
        approver=approver,
        at=at,
        reason=draft.reason,
    )
    return replace(vocabulary, version=vocabulary.version + 1, live=live, draft=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChanges:
    """What one edition has that another one lacks; `changed` holds both sides of an entry."""

    added: Entries
    removed: Entries
    changed: tuple[tuple[VocabularyEntry, VocabularyEntry], ...]


def changes_between(before: Entries, after: Entries) -> EditionChanges:
    """Return in what two editions differ, by code."""
    old, new = ({one.code: one for one in side} for side in (before, after))
    return EditionChanges(
        added=tuple(one for code, one in new.items() if code not in old),
        removed=tuple(one for code, one in old.items() if code not in new),
        changed=tuple(
            (old[code], one) for code, one in new.items() if code in old and old[code] != one
        ),
    )
