"""The same work on a Ray cluster of two nodes on this machine."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest
import ray
from ray.cluster_utils import Cluster

from lambada_bc.errors import WorkerError
from lambada_bc.evaluation import evaluate
from lambada_bc.evaluation.cluster import in_order_on


@pytest.fixture(scope="module")
def cluster():
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    nodes.add_node(num_cpus=1)
    yield nodes
    nodes.shutdown()


def where(number: int) -> tuple[int, str]:
    return number * number, ray.get_runtime_context().get_node_id()


def die_once(folder: Path, number: int) -> int:
    mark = folder / str(number)
    if number == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail(number: int) -> int:
    raise KeyError(number)


def test_results_come_in_order_from_both_nodes(cluster):
    found = list(in_order_on(cluster.address, where, range(12)))
    assert [square for square, _ in found] == [n * n for n in range(12)]
    assert len({node for _, node in found}) == 2


def test_what_a_killed_worker_had_is_done_again(cluster, tmp_path):
    found = in_order_on(cluster.address, partial(die_once, tmp_path), range(6))
    assert list(found) == list(range(6))
    assert (tmp_path / "2").exists()


def test_an_item_that_kills_every_worker_is_named(cluster):
    results = in_order_on(cluster.address, die, range(6))
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(WorkerError, match="at item 3; give them more memory"):
        next(results)


def test_an_error_of_the_work_is_that_error(cluster):
    with pytest.raises(KeyError):
        list(in_order_on(cluster.address, fail, [1]))


def test_no_cluster_at_the_address():
    with pytest.raises(WorkerError, match=r"No Ray cluster answers at 127\.0\.0\.1:1 "):
        list(in_order_on("127.0.0.1:1", where, [1]))


def test_an_evaluation_gives_the_same_records(cluster, samples, tmp_path):
    data = samples / "proofwriter.jsonl"
    options = {"limit": 12, "modules": "gold"}
    here = evaluate(data, tmp_path / "here", **options)
    there = evaluate(data, tmp_path / "there", ray=cluster.address, **options)

    assert without_times(here) == without_times(there)


def without_times(summary):
    return {name: one for name, one in summary.items() if "second" not in name}
