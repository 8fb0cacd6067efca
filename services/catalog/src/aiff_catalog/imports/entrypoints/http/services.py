"""What the routes of imports work with."""

from dataclasses import dataclass
from typing import Annotated

from aiff_catalog.imports.application.commands import ImportCommands
from aiff_catalog.shared.http.services import provided
from aiff_kit.http import CursorSigner, IdempotencyStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportServices:
    """The use cases behind imports and their mappings."""

    commands: ImportCommands
    cursors: CursorSigner
    idempotency: IdempotencyStore


Imports = Annotated[ImportServices, provided(ImportServices)]
