"""What a language model is asked and what it answers.

A :class:`Prompt` is an instruction, worked examples and a query; a :class:`Form` says what an
answer looks like.  Models turn both into whatever they are good at: messages and a JSON schema,
or plain text whose candidate answers are scored.  A reply that does not have the form is no
reply: nobody sees it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from lambada_bc.errors import ReplyError


@dataclass(frozen=True)
class Prompt:
    """An instruction, examples as (query, answer), and the query to be answered."""

    instruction: str
    examples: tuple[tuple[str, str], ...]
    query: str

    def text(self) -> str:
        """The prompt for a model that goes on with a text."""
        shown = [f"{query}\n{answer}" for query, answer in self.examples]
        return "\n\n".join([self.instruction, *shown, f"{self.query}\n"])

    def messages(self, reminder: str = "") -> list[dict[str, str]]:
        """The prompt for a model that chats; ``reminder`` ends the instruction."""
        turns = [{"role": "system", "content": f"{self.instruction}{reminder}"}]
        for query, answer in self.examples:
            turns.append({"role": "user", "content": query})
            turns.append({"role": "assistant", "content": answer})
        return [*turns, {"role": "user", "content": self.query}]


@dataclass(frozen=True)
class Form:
    """The form of an answer: one of ``options`` if there are any, or several lines if ``many``.

    ``Form(("yes", "no"))`` is a choice, ``Form(many=True)`` a list, ``Form()`` one line of text,
    ``Form(("1", "2"), many=True)`` any of the options, perhaps none.
    """

    options: tuple[str, ...] = ()
    many: bool = False

    def schema(self) -> dict[str, Any]:
        """The JSON schema of an object with the answer in it."""
        one: dict[str, Any] = {"type": "string"}
        if self.options:
            one["enum"] = list(self.options)
        answer = {"type": "array", "items": one} if self.many else one
        return {
            "type": "object",
            "properties": {"answer": answer},
            "required": ["answer"],
            "additionalProperties": False,
        }

    def told(self, answers: Sequence[str]) -> str:
        """An answer as a model is to write it in plain text."""
        return "\n".join(answers) if answers else "none"

    def parse(self, text: str) -> tuple[str, ...]:
        """The answers in a reply, JSON or plain text; :class:`ReplyError` if it has another form.

        ``Form(("yes", "no")).parse("Yes.") -> ("yes",)``
        """
        found = self._from_json(text) if text.lstrip().startswith("{") else self._from_text(text)
        if self.options:
            found = tuple(self._option(answer) for answer in found)
        if not self.many and len(found) != 1:
            raise ReplyError(f"The reply “{text[:60]}” is not one answer.")
        return tuple(dict.fromkeys(found))

    def _from_json(self, text: str) -> tuple[str, ...]:
        try:
            answer = json.loads(text)["answer"]
        except (json.JSONDecodeError, KeyError, TypeError):
            raise ReplyError(f"The reply “{text[:60]}” is not the JSON asked for.") from None
        answers = answer if isinstance(answer, list) else [answer]
        if not all(isinstance(one, str) for one in answers):
            raise ReplyError(f"The reply “{text[:60]}” holds something else than text.")
        return tuple(one.strip() for one in answers if one.strip())

    def _from_text(self, text: str) -> tuple[str, ...]:
        lines = [line.strip().lstrip("-*• ").strip() for line in text.strip().splitlines()]
        lines = [line for line in lines if line]
        if not self.many:
            return tuple(lines[:1])
        if len(lines) == 1 and self.options:
            lines = [part.strip() for part in lines[0].split(",")]
        return () if [line.lower().strip(".") for line in lines] == ["none"] else tuple(lines)

    def _option(self, answer: str) -> str:
        for option in self.options:
            if answer.lower().strip(" .!\"'") == option.lower():
                return option
        raise ReplyError(f"The reply “{answer[:60]}” is none of: {', '.join(self.options)}.")


@dataclass(frozen=True)
class Request:
    """A prompt and the form of its answer, of at most ``max_tokens`` tokens.

    The line that begins with ``last`` is the answer's last one, where the form has many.
    """

    prompt: Prompt
    form: Form
    max_tokens: int = 128
    last: str = ""

    def is_complete(self, text: str) -> bool:
        """Whether a text that is being written can stop: what follows is no part of the answer."""
        lines = text.lstrip("\n").split("\n")
        if not self.form.many:
            return len(lines) > 1
        return any(
            not line.strip() or (self.last and line.startswith(self.last)) for line in lines[:-1]
        )

    def cut(self, text: str) -> str:
        """The text up to the line that begins with ``last``; what follows is no part of it."""
        lines = text.strip().split("\n")
        ends = (at for at, line in enumerate(lines) if self.last and line.startswith(self.last))
        return "\n".join(lines[: next(ends, len(lines) - 1) + 1])

    def as_json(self) -> dict[str, Any]:
        """Everything about the request, for keys and records."""
        return asdict(self)


@dataclass(frozen=True)
class Reply:
    """A validated answer; ``probability`` is None where the model cannot say.

    The tokens are those of all attempts that it took.
    """

    answers: tuple[str, ...]
    probability: float | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass
class Usage:
    """What a model has been asked so far, and what came of it.

    Requests and tokens are those that the answers needed, also where a cache had them, so that a
    run costs the same on paper whoever repeats it; ``cached`` says how many were not asked.
    """

    requests: int = 0
    cached: int = 0
    retries: int = 0
    invalid: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0

    def counts(self) -> dict[str, int]:
        """All but the seconds, by name."""
        return {name: value for name, value in asdict(self).items() if name != "seconds"}

    @property
    def tokens(self) -> int:
        """Of prompts and replies together."""
        return self.prompt_tokens + self.completion_tokens


class LanguageModel(Protocol):
    """Answers requests in batches."""

    usage: Usage

    @property
    def fingerprint(self) -> str:
        """Names the model and everything that its replies depend on besides the request."""
        ...

    def answer(self, requests: Sequence[Request]) -> list[Reply | None]:
        """A reply to each request, in order; None where the model found no valid one.

        Raises :class:`~lambada_bc.errors.LanguageModelError` when there is no use in going on.
        """
        ...
