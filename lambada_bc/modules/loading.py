"""Modules by name."""

from __future__ import annotations

from functools import cache

from lambada_bc.errors import ModuleError
from lambada_bc.modules.interface import Modules

NAMES = ("compact",)
"""The modules that need nothing but the package; gold modules come from an annotated item."""


@cache
def load(name: str) -> Modules:
    """The modules of this name, loaded once a process.

    Raises :class:`ModuleError` for an unknown name, :class:`WeightsError` for unusable weights.
    """
    if name == "compact":
        from lambada_bc.modules import compact

        return compact.load()
    if name == "gold":
        raise ModuleError("The gold modules answer only from the annotation of a data set.")
    raise ModuleError(f"There are no modules “{name}”; choose from: {', '.join(NAMES)}.")
