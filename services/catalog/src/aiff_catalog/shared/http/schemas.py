"""What all lists and writes accept alike."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from aiff_contracts.offer.common import checked_slug


def without_nul(value: str) -> str:
    """Refuse the one character that databases do not store."""
    if "\x00" in value:
        message = "the text holds the NUL character; remove it"
        raise ValueError(message)
    return value


ProviderSlug = Annotated[str, StringConstraints(max_length=80), AfterValidator(checked_slug)]


class Strict(BaseModel):
    """Input in which an unknown name is a fault."""

    model_config = ConfigDict(extra="forbid")


class PageParameters(Strict):
    """A place in a plain list."""

    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=500)
