"""Average checkpoints: ``python -m scripts.average_weights PART FOLDER:SHARE … --out FOLDER``.

What several trainings of one network found, weighted by shares, is often better than the best of
them (Wortsman et al., *Model soups*, ICML 2022).  A comparer's temperature is averaged with it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from safetensors.torch import load_file, save_file


def main() -> None:
    """Average and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", choices=("reader", "comparer"))
    parser.add_argument("checkpoints", nargs="+", metavar="FOLDER:SHARE")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    named = [one.rpartition(":") for one in arguments.checkpoints]
    folders = [Path(folder) for folder, _, _ in named]
    total = sum(float(share) for _, _, share in named)
    shares = [float(share) / total for _, _, share in named]
    states = [load_file(folder / f"{arguments.part}.safetensors") for folder in folders]
    descriptions = [
        json.loads((folder / f"{arguments.part}.json").read_text(encoding="utf-8"))
        for folder in folders
    ]
    found = descriptions[0]
    if "temperature" in found:
        found["temperature"] = round(
            sum(
                share * one["temperature"] for share, one in zip(shares, descriptions, strict=True)
            ),
            3,
        )
    arguments.out.mkdir(parents=True, exist_ok=True)
    averaged = {
        name: sum(share * one[name] for share, one in zip(shares, states, strict=True))
        for name in states[0]
    }
    save_file(averaged, arguments.out / f"{arguments.part}.safetensors")
    text = json.dumps(found, indent=1, ensure_ascii=False)
    (arguments.out / f"{arguments.part}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
