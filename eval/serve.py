"""A llama.cpp server on this machine: ``python eval/serve.py WEIGHTS.gguf [PORT]``.

Needs ``pip install xllamacpp==2026.10.11549``.  It answers at ``http://127.0.0.1:PORT/v1`` until
it is stopped, two requests at a time.
"""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Serve until a signal comes."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.port = int(sys.argv[2]) if len(sys.argv) > 2 else 8080
    parameters.n_ctx, parameters.n_parallel = 16384, 2
    server = xllamacpp.Server(parameters)
    print(f"{server.listening_address}/v1", flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
