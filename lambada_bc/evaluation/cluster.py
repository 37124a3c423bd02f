"""Working on several items side by side on a Ray cluster (Moritz et al., OSDI 2018).

Items and results are those of :mod:`lambada_bc.evaluation.parallel`: results come in the order of
the items, and what a killed worker or node had not delivered is worked on anew.
"""

from __future__ import annotations

import logging
import socket
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from lambada_bc.errors import WorkerError
from lambada_bc.evaluation.parallel import RESTARTS

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order_on(
    address: str, function: Callable[[Item], Result], items: Sequence[Item]
) -> Iterator[Result]:
    """``function`` of each item, in order, on the Ray cluster at ``address``, one core an item.

    Raises :class:`WorkerError` when there is no cluster, or when workers die again and again over
    the same item.
    """
    ray = _connected(address)
    started = ray.put(function)
    task = ray.remote(num_cpus=1, max_retries=RESTARTS)(_call)
    try:
        cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
        ahead: deque[Any] = deque()
        for number in range(len(items)):
            while len(ahead) < 2 * cores and number + len(ahead) < len(items):
                ahead.append(task.remote(started, items[number + len(ahead)]))
            try:
                yield ray.get(ahead.popleft())
            except ray.exceptions.RayTaskError as problem:
                raise problem.cause from None
            except (ray.exceptions.WorkerCrashedError, ray.exceptions.NodeDiedError,
                    ray.exceptions.OutOfMemoryError):  # fmt: skip
                raise WorkerError(
                    f"Workers on the Ray cluster were killed {RESTARTS + 1} times at item "
                    f"{number + 1}; give them more memory. What was answered is kept."
                ) from None
    finally:
        ray.shutdown()


def _connected(address: str) -> Any:
    """Ray, connected; its workers find the package where this process found it."""
    try:
        import ray
    except ImportError:
        raise WorkerError(
            "Ray is not installed; install it with: pip install 'lambada-bc[ray]'."
        ) from None
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, ValueError, RuntimeError) as problem:
        said = str(problem).strip().splitlines()[0]
        raise WorkerError(
            f"No Ray cluster answers at {address} ({said}); start one with: ray start --head."
        ) from None
    return ray


def _knock(address: str) -> None:
    """Raise OSError if nobody listens at ``HOST:PORT``: Ray itself would try for many minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if port.isdigit():
        socket.create_connection((host, int(port)), timeout=10).close()


def _call(function: Callable[[Item], Result], item: Item) -> Result:
    """A task: one item on one core."""
    import torch

    torch.set_num_threads(1)
    return function(item)
