"""Full dumps of the catalogue: streamed from the stored documents, whatever their number."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiff_catalog.exchange.application.ports import ExchangeReads, ExportWriter
from aiff_contracts.codec import dump_json

# Documents of one statement and of one piece of the answer: some hundred kilobytes.
_AT_ONCE = 100


Stream = Callable[[ExchangeReads], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A dump that everybody can read: its file name, its media type and what it is for."""

    name: str
    media_type: str
    title_fr: str
    title_en: str
    stream: Stream
    conforms_to: str | None = None


Exports = Mapping[str, Export]


def written_by(opened: Callable[[], ExportWriter]) -> Stream:
    """Return a stream of the published offers, in the order of their ids, in a writer's format."""

    async def stream(reads: ExchangeReads) -> AsyncIterator[bytes]:
        writer = opened()
        yield writer.begin()
        async for batch in _batches(reads.documents):
            yield await asyncio.to_thread(writer.add, [body for _, body in batch])
        pieces = iter(await asyncio.to_thread(writer.end))
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece

    return stream


async def catalogue_lines(reads: ExchangeReads) -> AsyncIterator[bytes]:
    """Yield the catalogue as JSON lines that `load` takes: the organisations, then the offers.

    What belongs to the place and not to the text (versions, states, dates) is left out; the ids
    are there, so that addresses stay right in another place.
    """
    after = ""
    while organisations := await reads.organisations(after, _AT_ONCE):
        lines = (
            _record(b"", dump_json(organisation.organisation), b"organisation")
            for organisation in organisations
        )
        yield b"".join(lines)
        after = organisations[-1].slug
    async for batch in _batches(reads.texts):
        yield b"".join(
            _record(b'"id":"%b",' % offer_id.encode(), text, b"offer") for offer_id, text in batch
        )


def _record(identity: bytes, content: bytes, kind: bytes) -> bytes:
    return b'{"record":"%b",%b%b\n' % (kind, identity, content[1:])


async def _batches(
    read: Callable[[str, int], Awaitable[Sequence[tuple[str, bytes]]]],
) -> AsyncIterator[Sequence[tuple[str, bytes]]]:
    after = ""
    while batch := await read(after, _AT_ONCE):
        yield batch
        after = batch[-1][0]
