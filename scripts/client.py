"""Write what `aiff_client` has from the API document: its data classes and its operations.

The data classes are made by datamodel-code-generator, the operations here: each becomes one method
with the document's own parameters. Neither is committed, since the document changes with the API.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.operations import operations_module

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs/api/openapi.json"
TARGET = ROOT / "clients/python/src/aiff_client/generated"
# The server judges values. A client that judged them too would refuse what a later server takes.
JUDGED_BY_SERVER = {
    *("minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minProperties", "maxProperties", "examples", "example"),
}


def main() -> None:
    """Write both modules."""
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    TARGET.mkdir(exist_ok=True)
    (TARGET / "__init__.py").write_text('"""What the API document says, as code."""\n')
    write_models(document["components"]["schemas"])
    operations = TARGET / "operations.py"
    operations.write_text(operations_module(document), encoding="utf-8")
    run(sys.executable, "-m", "ruff", "format", "--quiet", "--isolated", str(operations))


def write_models(schemas: Mapping[str, Any]) -> None:
    """Write one class for each named schema."""
    plain = {name: dict(shapes(schema)) for name, schema in schemas.items()}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as given:
        head = {"openapi": "3.1.0", "info": {"title": "AI Factory France", "version": "1"}}
        json.dump({**head, "paths": {}, "components": {"schemas": plain}}, given)
        given.flush()
        run(
            *(sys.executable, "-m", "datamodel_code_generator"),
            *("--input", given.name, "--input-file-type", "openapi"),
            *("--output", str(TARGET / "models.py"), "--disable-timestamp"),
            *("--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11"),
            *("--use-standard-collections", "--use-union-operator", "--strict-nullable"),
            *("--enum-field-as-literal", "all", "--use-schema-description"),
            *("--collapse-root-models", "--formatters", "ruff-format"),
            *("--custom-file-header", '"""The data of the API, one class for each schema."""'),
        )


def shapes(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the members of a schema that say how data look, not which values are taken."""
    for key, value in schema.items():
        if key in JUDGED_BY_SERVER or (key == "title" and "properties" not in schema):
            continue
        if key in {"properties", "$defs", "patternProperties"}:
            yield key, {name: dict(shapes(inner)) for name, inner in value.items()}
        elif isinstance(value, dict) and key not in {"default", "discriminator"}:
            yield key, dict(shapes(value))
        elif isinstance(value, list) and key in {"anyOf", "oneOf", "allOf", "prefixItems"}:
            yield key, [dict(shapes(one)) for one in value]
        else:
            yield key, value


def run(*command: str) -> None:
    """Run a tool; what it says of a failure is the last word."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"cannot make the client: {done.stderr.strip() or done.stdout.strip()}")


if __name__ == "__main__":
    main()
