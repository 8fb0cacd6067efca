"""The fields of the search index, and an entry as the engine's document."""

from datetime import datetime

from tantivy import Document, Index, Schema, SchemaBuilder

from aiff_catalog.search.adapters.language.suggestions import stored
from aiff_catalog.search.adapters.language.words import analyzers, indexed
from aiff_catalog.search.domain.queries import FILTERS, IndexEntry

LANGUAGES = ("fr", "en")
TEXT_FIELDS = ("title", "summary", "description")
# Sorts after every known deadline (seconds since 1970).
NO_DEADLINE = 2**53


def schema() -> Schema:
    """Return the schema: analysed texts, names as they stand, filter values, what is shown."""
    builder = SchemaBuilder()
    builder.add_text_field("id", fast=True, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        for language in LANGUAGES:
            builder.add_text_field(
                f"{name}_{language}", tokenizer_name=language, index_option="freq"
            )
    for name in ("names", "similar"):
        builder.add_text_field(name, tokenizer_name="plain", index_option="freq")
    for name in FILTERS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("inside", "gpu_name"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("called", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_float_field("gpu_memory", indexed=True, fast=True)
    builder.add_text_field("title_order", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("updated_at", fast=True)
    builder.add_integer_field("deadline", fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("schedule", stored=True)
    return builder.build()


def with_analyzers(index: Index) -> Index:
    """Return the index with this project's analysers registered, as each opening needs."""
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    return index


def document_of(entry: IndexEntry) -> Document:
    """Return the engine's form of an entry."""
    document = Document()
    document.add_text("id", str(entry.offer_id))
    _add_texts(document, entry)
    for term, values in entry.terms.items():
        for value in values:
            document.add_text(term, value)
    for value in entry.inside:
        document.add_text("inside", value)
    for value in entry.gpu_names:
        document.add_text("gpu_name", value)
    for name in entry.called:
        document.add_text("called", stored(name))
    if entry.gpu_memory is not None:
        document.add_float("gpu_memory", entry.gpu_memory)
    document.add_text("title_order", entry.title_order)
    document.add_integer("updated_at", _microseconds(entry.updated_at))
    document.add_integer("deadline", _deadline(entry.deadline))
    document.add_bytes("card", entry.summary)
    document.add_bytes("schedule", entry.schedule)
    return document


def _add_texts(document: Document, entry: IndexEntry) -> None:
    texts = {key: indexed(text) for key, text in entry.texts.items()}
    for (name, language), text in texts.items():
        document.add_text(f"{name}_{language}", text)
    document.add_text("names", indexed(entry.names))
    document.add_text("similar", " ".join(texts.values()))


def _microseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1_000_000)


def _deadline(instant: datetime | None) -> int:
    return NO_DEADLINE if instant is None else int(instant.timestamp())
