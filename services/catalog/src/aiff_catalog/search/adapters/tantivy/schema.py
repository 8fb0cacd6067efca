"""The fields of the search index, and an entry as the engine's document."""

from datetime import datetime
from uuid import UUID

from tantivy import Document, Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from aiff_catalog.search.adapters.language.suggestions import stored
from aiff_catalog.search.domain.queries import FILTERS, IndexEntry
from aiff_kit.text import Texts

# The words are made by `aiff_kit.text`, for all engines alike: here they only stand apart.
_SPACED = "spaced"
_KEY_BITS = 2**63 - 1
_SPELLED_AS = "|"
# The bounds that are numbers; the others are instants.
NUMBERS = ("gpu_memory", "amount")
# Sorts after every known deadline (seconds since 1970).
NO_DEADLINE = 2**53


def schema() -> Schema:
    """Return the schema: stems, names and spellings, filter values, what is shown."""
    builder = SchemaBuilder()
    builder.add_text_field("id", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("key", indexed=True, fast=True)
    for name in ("words", "titles", "names"):
        builder.add_text_field(name, tokenizer_name=_SPACED, index_option="freq")
    builder.add_text_field("spellings", tokenizer_name="raw", index_option="basic")
    for name in FILTERS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("inside", "gpu_name"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("called", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("unstated", tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        builder.add_float_field(name, indexed=True, fast=True)
    builder.add_text_field("title_order", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("updated_at", fast=True)
    for name in ("deadline", "published_at"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("schedule", stored=True)
    return builder.build()


def with_analyzers(index: Index) -> Index:
    """Return the index with this project's analyser registered, as each opening needs."""
    index.register_tokenizer(_SPACED, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def key_of(offer_id: str) -> int:
    """Return a number that stands for an offer: one is read faster from the index than its id."""
    return UUID(offer_id).int & _KEY_BITS


def spelling_of(term: str) -> tuple[str, str]:
    """Return a word and how it is written from the term that the index has for both."""
    word, _, written = term.partition(_SPELLED_AS)
    return word, written


def document_of(entry: IndexEntry) -> Document:
    """Return the engine's form of an entry."""
    document = Document()
    document.add_text("id", str(entry.offer_id))
    document.add_integer("key", key_of(str(entry.offer_id)))
    _add_texts(document, entry.texts)
    for term, values in entry.terms.items():
        for value in values:
            document.add_text(term, value)
    _add_values(document, entry)
    document.add_text("title_order", entry.title_order)
    document.add_integer("published_at", int(entry.published_at.timestamp()))
    document.add_integer("updated_at", _microseconds(entry.updated_at))
    document.add_integer("deadline", _deadline(entry.deadline))
    document.add_bytes("card", entry.summary)
    document.add_bytes("schedule", entry.schedule)
    return document


def _add_texts(document: Document, texts: Texts) -> None:
    document.add_text(
        "words", " ".join(f"{term} " * count for term, count in texts.terms().items())
    )
    document.add_text("titles", " ".join(texts.titled()))
    document.add_text("names", " ".join(texts.called()))
    for word, written in texts.spellings():
        document.add_text("spellings", f"{word}{_SPELLED_AS}{written}")


def _add_values(document: Document, entry: IndexEntry) -> None:
    called = tuple(stored(name) for name in entry.called)
    values = {"inside": entry.inside, "gpu_name": entry.gpu_names, "unstated": entry.unstated}
    for name, texts in {**values, "called": called}.items():
        for text in texts:
            document.add_text(name, text)
    for name in NUMBERS:
        if (number := getattr(entry, name)) is not None:
            document.add_float(name, number)


def _microseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1_000_000)


def _deadline(instant: datetime | None) -> int:
    return NO_DEADLINE if instant is None else int(instant.timestamp())
