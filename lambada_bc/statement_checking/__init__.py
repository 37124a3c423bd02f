"""Free text against a knowledge base: its statements, each with verdict and proof."""

from lambada_bc.statement_checking.checking import (
    CheckedStatement,
    CheckedText,
    Contradiction,
    check_statements,
    check_texts,
)

__all__ = [
    "CheckedStatement",
    "CheckedText",
    "Contradiction",
    "check_statements",
    "check_texts",
]
