"""Backward chaining over English: ``prove(goal, kb)`` answers with a checked proof graph.

Names are imported when they are first used, so ``import lambada_bc`` is quick and loads
neither torch nor faiss.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambada_bc.errors import (
        DatasetError,
        GoalError,
        InputError,
        KnowledgeBaseError,
        LambadaError,
        ModuleError,
        ProofFileError,
        WeightsError,
    )
    from lambada_bc.evaluation import evaluate
    from lambada_bc.knowledge_base import KnowledgeBase
    from lambada_bc.modules.gold import gold_modules
    from lambada_bc.modules.interface import Modules
    from lambada_bc.modules.loading import load
    from lambada_bc.proof import Proof
    from lambada_bc.proof.explain import explain
    from lambada_bc.prover import check, prove, prove_many
    from lambada_bc.search import Budget
    from lambada_bc.statement_checking import CheckedText, check_statements, check_texts
    from lambada_bc.statements import Clause, Kind, Literal, Sentence, Statement, Verdict, World

__version__ = "0.1.0"

_PLACES = {
    "errors": (
        "DatasetError",
        "GoalError",
        "InputError",
        "KnowledgeBaseError",
        "LambadaError",
        "ModuleError",
        "ProofFileError",
        "WeightsError",
    ),
    "evaluation": ("evaluate",),
    "knowledge_base": ("KnowledgeBase",),
    "modules.gold": ("gold_modules",),
    "modules.interface": ("Modules",),
    "modules.loading": ("load",),
    "proof": ("Proof",),
    "proof.explain": ("explain",),
    "prover": ("check", "prove", "prove_many"),
    "search": ("Budget",),
    "statement_checking": ("CheckedText", "check_statements", "check_texts"),
    "statements": ("Clause", "Kind", "Literal", "Sentence", "Statement", "Verdict", "World"),
}
_PLACE = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [
    "Budget",
    "CheckedText",
    "Clause",
    "DatasetError",
    "GoalError",
    "InputError",
    "Kind",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "LambadaError",
    "Literal",
    "ModuleError",
    "Modules",
    "Proof",
    "ProofFileError",
    "Sentence",
    "Statement",
    "Verdict",
    "WeightsError",
    "World",
    "check",
    "check_statements",
    "check_texts",
    "evaluate",
    "explain",
    "gold_modules",
    "load",
    "prove",
    "prove_many",
]


def __getattr__(name: str) -> object:
    if name not in _PLACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
