"""A language model from its settings: local weights or a server, with a cache or without."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from lambada_bc.errors import LanguageModelError, ReplyCacheError
from lambada_bc.language_models.interface import LanguageModel
from lambada_bc.language_models.reply_cache import CachedModel


class LanguageModelSettings(BaseModel):
    """Where a language model is.

    ``path`` is a folder of weights or a GGUF file, ``url`` and ``model`` a server's; with
    neither, only the replies of ``cache`` are there.  Keys come from the environment variable
    ``key_variable`` and are written nowhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path | None = None
    url: str | None = None
    model: str | None = None
    key_variable: str = "OPENAI_API_KEY"
    concurrency: int = 8
    timeout: float = 60.0
    cache: Path | None = None

    @model_validator(mode="after")
    def _is_one(self) -> LanguageModelSettings:
        if (self.url is None) != (self.model is None):
            raise ValueError("a server needs both url and model")
        if self.path and self.url:
            raise ValueError("name a path or a url, not both")
        if not (self.path or self.url or self.cache):
            raise ValueError("name a path, a url or a cache")
        return self


def settings_of(place: str | None, kept: Path | None = None) -> LanguageModelSettings | None:
    """Settings from a command line: a path, or ``URL#MODEL``; None if nothing is named.

    Raises :class:`LanguageModelError` for a URL without a model.
    """
    if place is None:
        return LanguageModelSettings(cache=kept) if kept else None
    if not place.startswith(("http://", "https://")):
        return LanguageModelSettings(path=Path(place), cache=kept)
    url, _, model = place.partition("#")
    if not model:
        raise LanguageModelError(f"{place}: which model? Write {url}#MODEL.")
    return LanguageModelSettings(url=url, model=model, cache=kept)


@cache
def open_model(settings: LanguageModelSettings) -> LanguageModel:
    """The model that the settings name, opened once a process.

    Raises :class:`LanguageModelError` when there is none, :class:`ReplyCacheError` for a cache
    that cannot be used.
    """
    if settings.path:
        return _cached(_local(settings.path), settings.cache)
    if settings.url and settings.model:
        return _cached(_server(settings, settings.url, settings.model), settings.cache)
    if settings.cache is None:
        raise LanguageModelError("No language model is named; name a path or a server.")
    return CachedModel(settings.cache, None, fingerprint=_only_model(settings.cache))


def _cached(model: LanguageModel, file: Path | None) -> LanguageModel:
    return model if file is None else CachedModel(file, model)


def _local(path: Path) -> LanguageModel:
    from lambada_bc.language_models.local import LocalModel

    return LocalModel(path)


def _server(settings: LanguageModelSettings, url: str, model: str) -> LanguageModel:
    from lambada_bc.language_models.endpoint import Endpoint, EndpointModel

    return EndpointModel(
        Endpoint(
            url,
            model,
            key_variable=settings.key_variable,
            concurrency=settings.concurrency,
            timeout=settings.timeout,
        )
    )


def _only_model(file: Path) -> str:
    """The fingerprint of the model whose replies a cache holds."""
    if not file.exists():
        raise ReplyCacheError(f"There is no reply cache {file}; name a model, or another file.")
    try:
        with closing(sqlite3.connect(file)) as opened:
            names = [name for (name,) in opened.execute("SELECT name FROM models")]
    except sqlite3.Error as error:
        raise ReplyCacheError(f"{file} is not a reply cache ({error}); name another.") from None
    if len(names) != 1:
        held = ", ".join(names) or "none"
        raise ReplyCacheError(f"{file} is of several models or none ({held}); name one.")
    return str(names[0])
