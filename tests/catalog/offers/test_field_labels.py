import dataclasses
import typing

from aiff_catalog.offers.domain.field_labels import LABELS, label_of
from aiff_contracts.offer import OfferContent


def fields_within(kind, seen):
    """Yield the name of every field of the published language, however deep."""
    if dataclasses.is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        hints = typing.get_type_hints(kind)
        for field in dataclasses.fields(kind):
            yield field.name
            yield from fields_within(hints[field.name], seen)
    for inner in typing.get_args(kind):
        yield from fields_within(inner, seen)


def test_every_field_of_an_offer_has_a_name_in_both_languages():
    assert set(fields_within(OfferContent, set())) <= set(LABELS)
    assert all(label["fr"] and label["en"] for label in LABELS.values())


def test_a_place_is_told_in_words_and_items_are_counted_from_one():
    pointer = "/details/components/0/maximum"
    assert label_of(pointer, "fr") == "composantes / 1 / maximum"
    assert label_of("/contact/email", "en") == "contact / e-mail"
    assert label_of("", "fr") == "texte entier"
