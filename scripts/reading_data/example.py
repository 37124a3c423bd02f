"""A training example: a text and what it says."""

from __future__ import annotations

from dataclasses import dataclass

Triple = tuple[str, str, str]
"""Subject, predicate, sign (``+`` or ``-``)."""


@dataclass(frozen=True)
class Said:
    """One clause: ``antecedents`` imply ``consequent``."""

    antecedents: tuple[Triple, ...]
    consequent: Triple


@dataclass(frozen=True)
class Example:
    """A text, its clauses, and the name of its phrasing."""

    text: str
    clauses: tuple[Said, ...]
    frame: str

    def row(self) -> dict[str, object]:
        """The example as JSON."""
        clauses = [{"if": list(c.antecedents), "then": c.consequent} for c in self.clauses]
        return {"text": self.text, "clauses": clauses, "frame": self.frame}


def triple(subject: str, predicate: str, positive: bool) -> Triple:
    """A literal as JSON holds it."""
    return (subject, predicate, "+" if positive else "-")


def flip(literal: Triple) -> Triple:
    """The literal with the other sign."""
    return (literal[0], literal[1], "-" if literal[2] == "+" else "+")


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    text = " ".join(text.split()).replace(" ,", ",")
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!")) else f"{text}."


def listed(parts: list[str], word: str = "and") -> str:
    """``["a", "b", "c"] -> "a, b and c"``"""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"
