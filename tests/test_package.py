"""The package from outside: what it exports, and how quickly it is imported."""

import subprocess
import sys

import lambada_bc


def in_a_fresh_process(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def test_every_public_name_exists_and_no_other_is_promised():
    for name in lambada_bc.__all__:
        assert getattr(lambada_bc, name) is not None
    assert lambada_bc.__all__ == sorted(lambada_bc.__all__)
    assert set(lambada_bc.__all__) == set(lambada_bc._PLACE)
    assert set(lambada_bc.__all__) <= set(dir(lambada_bc))


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(lambada_bc, "unknown_name")


def test_importing_is_quick_and_loads_nothing_heavy():
    code = (
        "import sys, time; begun = time.process_time(); import lambada_bc; "
        "print(time.process_time() - begun, *sys.modules)"
    )
    seconds, *loaded = in_a_fresh_process(code)
    assert float(seconds) < 0.5
    assert not {"torch", "faiss", "networkx", "pydantic"} & set(loaded)


def test_the_search_and_the_knowledge_base_need_neither_torch_nor_faiss():
    code = (
        "import sys, lambada_bc.prover, lambada_bc.evaluation, lambada_bc.modules.gold; "
        "print(*sys.modules)"
    )
    assert not {"torch", "faiss", "transformers", "tokenizers"} & set(in_a_fresh_process(code))
