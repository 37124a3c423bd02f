"""A loopback server that speaks OpenAI's chat protocol, well or badly, as scripted."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass
class Script:
    """What the server does: ``answer`` gives the text, ``fault`` what goes wrong this time.

    ``honours``: which constraint is kept (``json_schema``, ``json_object`` or none), ``refuses``:
    which parameters are answered with status 400.
    """

    answer: Callable[[Body], str] = lambda body: "yes"
    fault: Callable[[int], str] = lambda number: ""
    honours: str = ""
    refuses: tuple[str, ...] = ()
    key: str = ""
    bodies: list[Body] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def constrained(body: Body, kind: str) -> dict[str, Any] | None:
    """The schema of a request, where this kind of server looks for it."""
    wanted = body.get("response_format", {})
    if wanted.get("type") != kind or not kind:
        return None
    return wanted["json_schema"]["schema"] if kind == "json_schema" else wanted.get("schema")


def _text(script: Script, body: Body) -> str:
    schema = constrained(body, script.honours)
    text = script.answer(body)
    if schema is None:
        return text
    answer = schema["properties"]["answer"]
    options = answer.get("enum")
    return json.dumps({"answer": text if not options or text in options else options[0]})


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """The address of a server that runs while the block does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def _send(self, status: int, told: object, **headers: str) -> None:
            data = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(data)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with script.lock:
                script.bodies.append(body)
                fault = script.fault(len(script.bodies))
                if fault:
                    script.faults.append(fault)
            if not self.path.endswith("/v1/chat/completions"):
                return self._send(404, {"error": "no such path"})
            if fault == "401":
                return self._send(401, {"error": "revoked"})
            if script.key and self.headers.get("Authorization") != f"Bearer {script.key}":
                return self._send(401, {"error": "bad key"})
            for name in script.refuses:
                if name in body or name == body.get("response_format", {}).get("type"):
                    return self._send(400, {"error": f"{name} is not supported"})
            return self._answer(body, fault)

        def _answer(self, body: Body, fault: str) -> None:
            if fault == "slow":
                time.sleep(1.5)
            if fault in ("429", "500", "503"):
                return self._send(int(fault), {"error": "try later"}, Retry_After="0")
            if fault == "html":
                return self._send(200, b"<html>gateway</html>")
            if fault == "cut":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b'{"choices": [')
                self.close_connection = True
                return None
            message = {"role": "assistant", "content": _text(script, body)}
            if fault == "thoughts":
                message = {"role": "assistant", "content": "", "reasoning_content": "Well, yes."}
            if fault in ("nonsense", "long"):
                message["content"] = "As a language model, I"
            usage = {"prompt_tokens": 10, "completion_tokens": 2}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            if fault == "long":
                choice["finish_reason"] = "length"
            return self._send(200, {"choices": [choice], "usage": usage})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
