"""What a finished search hands over: the proof, its check, its explanation, its formats."""

from lambada_bc.proof.check import check
from lambada_bc.proof.explain import explain
from lambada_bc.proof.formats import FORMATS, read_proof, to_json
from lambada_bc.proof.proof import Proof

__all__ = ["FORMATS", "Proof", "check", "explain", "read_proof", "to_json"]
