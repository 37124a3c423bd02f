"""Pack trained weights into the package: ``python -m scripts.pack_weights PART=FOLDER …``

``reader=DIR`` takes ``DIR/reader.safetensors`` and ``DIR/reader.json``, ``comparer=DIR`` the same
of the comparer; ``encoder`` alone takes the upper layers of the pre-trained model.  Matrices become
8-bit, and each part's description gets the SHA-256 that is checked at load.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save
from torch import Tensor

from lambada_bc.modules.compact.network import ReaderConfig
from lambada_bc.modules.compact.weights import pack
from scripts.base_model import load_base
from scripts.train_reader import FROZEN_LAYERS

WEIGHTS = Path(__file__).parents[1] / "lambada_bc" / "modules" / "compact" / "weights"


def write(name: str, state: dict[str, Tensor], description: dict[str, Any]) -> None:
    """Write one part and its description."""
    content = save(pack(state))
    digest = hashlib.sha256(content).hexdigest()
    (WEIGHTS / f"{name}.safetensors").write_bytes(content)
    text = json.dumps(description | {"sha256": digest}, indent=1, ensure_ascii=False)
    (WEIGHTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    print(f"{name}: {len(content) / 1e6:.1f} MB, {digest[:12]}")


def is_upper(name: str) -> bool:
    """Whether a weight belongs to a layer that is not shared."""
    return name.startswith("layers.") and int(name.split(".")[1]) >= FROZEN_LAYERS


def main() -> None:
    """Pack the parts that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="+", metavar="PART=FOLDER")
    WEIGHTS.mkdir(exist_ok=True)
    for part in parser.parse_args().parts:
        name, _, folder = part.partition("=")
        if name == "encoder":
            state = load_base().encoder_state(ReaderConfig(closed=1))
            upper = {n: t for n, t in state.items() if is_upper(n)}
            write(name, {n.removeprefix("layers."): t for n, t in upper.items()}, {})
            continue
        source = Path(folder)
        description = json.loads((source / f"{name}.json").read_text(encoding="utf-8"))
        write(name, load_file(source / f"{name}.safetensors"), description)
        pieces = "\n".join(load_base().vocabulary)
        (WEIGHTS / "vocab.txt").write_text(f"{pieces}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
