"""Write docs/api/openapi.json: the merged document that the running product serves."""

import json
import sys
import tempfile
import urllib.request
from pathlib import Path

from aiff_local.processes import free_port
from aiff_local.product import Product

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs/api/openapi.json"


def main() -> None:
    """Start the product for a moment and keep what it says of its API."""
    with (
        tempfile.TemporaryDirectory(prefix="aiff-openapi-") as folder,
        Product(Path(folder), free_port(), ROOT / "data/catalogue", print) as product,
        urllib.request.urlopen(f"{product.url}/openapi.json", timeout=30) as answer,  # noqa: S310
    ):
        document = json.loads(answer.read())
    if "x-missing" in document:
        sys.exit(f"not complete: {', '.join(document['x-missing'])} did not answer")
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False)
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
