"""The settings that a given environment says, whatever that of this process is."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TypeVar, get_type_hints

from pydantic_settings import BaseSettings

from aiff_kit.service import ServiceSettings

S = TypeVar("S", bound=BaseSettings)
A = TypeVar("A", bound=ServiceSettings)


def part_from(kind: type[S], environment: Mapping[str, object]) -> S:
    """Return one class of settings; what the environment says of other classes is passed over."""
    known = {str(field.validation_alias) for field in kind.model_fields.values()}
    return kind.model_validate({name: environment[name] for name in known & set(environment)})


def settings_from(kind: type[A], environment: Mapping[str, object]) -> A:
    """Return a service's settings."""
    hints = get_type_hints(kind)
    parts = {field.name: part_from(hints[field.name], environment) for field in fields(kind)}
    return kind(**parts)
