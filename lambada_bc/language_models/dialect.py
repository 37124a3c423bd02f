"""What servers of OpenAI's chat protocol take and send: the JSON of requests and of replies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from lambada_bc.language_models.interface import Form, Prompt, Request

JSON_TOKENS = 24
"""What quotes and braces may take beside an answer."""

PROBE = Request(
    Prompt("Answer with one word.", (), "What colour is the sky on a clear day?"),
    Form(("violet", "scarlet")),
    max_tokens=32,
)
"""A constraint that no model keeps by chance."""


@dataclass(frozen=True)
class Dialect:
    """What a server takes: where the schema goes, and how the length of a reply is limited."""

    constraint: str
    length: str = "max_tokens"
    temperature: bool = True

    def body(self, model: str, request: Request) -> dict[str, Any]:
        """The JSON of a request.

        A reasoning that leads to its last line is left free: a list in JSON invites an empty one.
        """
        if request.last and self.constraint != "none":
            return replace(self, constraint="none").body(model, request)
        schema = request.form.schema()
        reminder = "" if request.last or self.constraint != "none" else _reminder(request.form)
        asked: dict[str, Any] = {
            "model": model,
            "messages": request.prompt.messages(reminder),
            self.length: request.max_tokens if self.constraint == "none" else _as_json(request),
        }
        if self.temperature:
            asked["temperature"] = 0
        if self.constraint == "json_schema":
            named = {"name": "answer", "schema": schema, "strict": True}
            asked["response_format"] = {"type": "json_schema", "json_schema": named}
        elif self.constraint == "json_object":
            asked["response_format"] = {"type": "json_object", "schema": schema}
        return asked


DIALECTS = (Dialect("json_schema"), Dialect("json_object"), Dialect("none"))


def content_of(told: Any) -> tuple[str, str]:
    """The text of the first choice and why it ended; thoughts are not an answer."""
    try:
        choice = told["choices"][0]
        return choice["message"].get("content") or "", choice.get("finish_reason") or ""
    except (KeyError, IndexError, TypeError, AttributeError):
        return "", ""


def _as_json(request: Request) -> int:
    """The tokens that an answer may take as JSON: quotes and braces need some, too."""
    return 2 * request.max_tokens + JSON_TOKENS


def _reminder(form: Form) -> str:
    if form.options and not form.many:
        return f"\nAnswer with one of these words and nothing else: {', '.join(form.options)}."
    if form.many:
        return "\nAnswer with one item a line, or with the word none."
    return "\nAnswer with one line."
