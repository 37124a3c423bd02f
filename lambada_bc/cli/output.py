"""What a command leaves behind: data, or one sentence on stderr, and an exit status."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, ParamSpec

import typer

from lambada_bc.errors import LambadaError
from lambada_bc.files import write_atomically

_Arguments = ParamSpec("_Arguments")


def reporting(command: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
    """Turn our errors into one sentence on stderr and exit status 2."""

    @functools.wraps(command)
    def reported(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except LambadaError as error:
            _fail(str(error), 2)
        except KeyboardInterrupt:
            _fail("Interrupted.", 130)

    return reported


def emit(text: str, out: Path | None) -> None:
    """Write to stdout, or to a file whole or not at all."""
    text = text if text.endswith("\n") else f"{text}\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_atomically(out, text)


def _fail(message: str, status: int) -> NoReturn:
    typer.echo(f"lambada-bc: {message}", err=True)
    raise typer.Exit(status) from None
