"""Reading and writing files so that an error names the file, and nothing is half written."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

from lambada_bc.errors import InputError


def read_text(path: Path, error: type[InputError] = InputError) -> str:
    """The text of a UTF-8 file, unpacked when its name ends in ``.gz``.

    Raises ``error``, naming the file and, for bytes that are not UTF-8, the line.
    """
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
    except FileNotFoundError:
        raise error(f"{path}: there is no such file.") from None
    except (OSError, EOFError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise error(f"{path}: cannot be read: {reason}.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise error(f"{path}:{line}: is not UTF-8 text; save the file as UTF-8.") from None


def write_atomically(path: Path, text: str) -> None:
    """Write a text file whole or not at all; an existing file is replaced only on success.

    Raises :class:`InputError` when the place cannot be written to.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(path)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written: {problem.strerror}.") from None
    finally:
        partial.unlink(missing_ok=True)
