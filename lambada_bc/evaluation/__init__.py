"""Running the prover over data sets, and reading accuracy, proof validity and cost from it."""

from lambada_bc.evaluation.runner import evaluate

__all__ = ["evaluate"]
