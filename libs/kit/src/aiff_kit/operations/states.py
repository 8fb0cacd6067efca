"""What a topic of states says, without its documents."""

from dataclasses import dataclass

from aiff_kit.bus import Bus


@dataclass(frozen=True, slots=True)
class KeyState:
    """The last event of a key: its sequence and type; 0 and "" where the record says neither."""

    sequence: int
    type: str


def states_of(bus: Bus, topic: str) -> dict[str, KeyState]:
    """Read the topic to its present end and return the newest state of each key."""
    newest: dict[str, KeyState] = {}
    for delivered in bus.read(topic):
        headers = delivered.record.headers
        sequence = headers.get("ce_sequence", "")
        number = int(sequence) if sequence.isascii() and sequence.isdigit() else 0
        known = newest.get(delivered.record.key)
        if known is None or known.sequence <= number:
            newest[delivered.record.key] = KeyState(number, headers.get("ce_type", ""))
    return newest
