"""The base that every published data class shares."""

from typing import Any, ClassVar


class Strict:
    """A frozen data class that refuses a field it does not know.

    The configuration is a plain dictionary that the codec's validator reads, so the data
    classes themselves import no framework and can be used by every service's domain.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "allow_inf_nan": False,
    }
