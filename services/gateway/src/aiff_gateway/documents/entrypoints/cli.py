"""The API document on the command line."""

import sys
from collections.abc import Callable
from typing import Any

import orjson
import typer


def add_document_command(app: typer.Typer, read: Callable[[], dict[str, Any]]) -> None:
    """Add the command; `read` asks the running services."""

    @app.command("openapi", help="Print the OpenAPI document of the running services as JSON.")
    def openapi() -> None:
        document = read()
        options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
        sys.stdout.write(orjson.dumps(document, option=options).decode())
        if "x-missing" in document:
            sys.exit(f"not complete: {', '.join(document['x-missing'])} did not answer")
