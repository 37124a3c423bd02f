"""Pack trained weights into the package: ``python -m scripts.pack_weights PART=FOLDER …``

``reader=DIR`` takes ``DIR/reader.safetensors`` and ``DIR/reader.json``; ``comparer=DIR`` takes
``DIR/comparer.safetensors`` and ``DIR/encoder.safetensors``.  Matrices become 8-bit, and each
part's description gets the SHA-256 that is checked at load.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save

from lambada_bc.modules.compact.weights import pack
from scripts.base_model import load_base

WEIGHTS = Path(__file__).parents[1] / "lambada_bc" / "modules" / "compact" / "weights"


def write(name: str, source: Path, description: dict[str, Any]) -> None:
    """Write one part and its description."""
    content = save(pack(load_file(source / f"{name}.safetensors")))
    digest = hashlib.sha256(content).hexdigest()
    (WEIGHTS / f"{name}.safetensors").write_bytes(content)
    text = json.dumps(description | {"sha256": digest}, indent=1, ensure_ascii=False)
    (WEIGHTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    print(f"{name}: {len(content) / 1e6:.1f} MB, {digest[:12]}")


def main() -> None:
    """Pack the parts that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="+", metavar="PART=FOLDER")
    WEIGHTS.mkdir(exist_ok=True)
    for part in parser.parse_args().parts:
        name, _, folder = part.partition("=")
        source = Path(folder)
        if name == "reader":
            write("reader", source, json.loads((source / "reader.json").read_text()))
            pieces = "\n".join(load_base().vocabulary)
            (WEIGHTS / "vocab.txt").write_text(f"{pieces}\n", encoding="utf-8")
        else:
            write("comparer", source, {})
            write("encoder", source, {})


if __name__ == "__main__":
    main()
