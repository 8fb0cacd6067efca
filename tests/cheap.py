"""What makes a run of many small applications cheap, and changes nothing that a test sees."""

import fastapi._compat.v2 as fastapi_fields
import pytest
import structlog
from pydantic import TypeAdapter


def log_plainly() -> None:
    """Print an unexpected error as it is: drawn with its values, it takes seconds."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def share_validators(patch: pytest.MonkeyPatch) -> None:
    """Let all applications of a process use one validator for a class.

    The framework makes a new one for every field of every route when an application gets its
    first request, which costs more than all that an ordinary test does.
    """
    made: dict[object, TypeAdapter] = {}

    def shared(annotation, *, config=None):
        try:
            key = (_told(annotation), repr(config))
            hash(key)
        except TypeError:
            return TypeAdapter(annotation, config=config)
        if key not in made:
            made[key] = TypeAdapter(annotation, config=config)
        return made[key]

    patch.setattr(fastapi_fields, "TypeAdapter", shared)


def _told(annotation) -> object:
    """Tell fields apart: unions in another order are equal and are not the same field."""
    field = annotation.__metadata__[-1]
    others = annotation.__metadata__[:-1]
    return annotation.__origin__, repr(annotation.__origin__), others, repr(others), repr(field)
