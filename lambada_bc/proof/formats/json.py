"""The stored form of a proof: canonical JSON, versioned, read back exactly."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from lambada_bc.errors import ProofFileError
from lambada_bc.proof.proof import FORMAT_VERSION, Proof


def to_json(proof: Proof) -> str:
    """The proof as JSON with sorted keys."""
    data = proof.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def from_json(text: str, source: str = "<text>") -> Proof:
    """The proof that :func:`to_json` wrote; :class:`ProofFileError` for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ProofFileError(f"{source}: is not JSON; write a proof with --format json.") from None
    if not isinstance(data, dict) or data.get("version") != FORMAT_VERSION:
        raise ProofFileError(
            f"{source}: is not a proof of format version {FORMAT_VERSION}; write it anew."
        )
    try:
        return Proof.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ProofFileError(
            f"{source}: is a broken proof, {place}: {first['msg']}; write it anew."
        ) from None


def read_proof(path: str | Path) -> Proof:
    """The proof stored in a file; :class:`ProofFileError` names the file if there is none."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise ProofFileError(f"{path}: cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ProofFileError(f"{path}: is not UTF-8 text, so it is no proof.") from None
    return from_json(text, str(path))
