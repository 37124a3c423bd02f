"""The compact modules: small networks that this package ships, for a CPU, offline."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from lambada_bc.calibration import Calibration
from lambada_bc.modules.compact.comparer import load_comparer
from lambada_bc.modules.compact.encoder import load_encoder
from lambada_bc.modules.compact.judgements import Judgements
from lambada_bc.modules.compact.reader import load_reader
from lambada_bc.modules.compact.whole_sentences import WholeSentences
from lambada_bc.modules.interface import Modules


def load_calibration() -> Calibration:
    """How probable verdicts are, as fitted for the weights that this package ships."""
    file = files("lambada_bc.modules.compact") / "weights" / "calibration.json"
    return Calibration.model_validate_json(file.read_text(encoding="utf-8"))


UNSURE = {True: 0.1, False: 0.15}
"""The least probabilities of a paraphrase that is worth asking a language model about."""


@lru_cache(maxsize=1)
def load() -> Modules:
    """The compact modules, loaded once a process; :class:`WeightsError` on wrong weights."""
    comparer = load_comparer()
    judgements = Judgements(comparer, whole=WholeSentences(comparer))
    return Modules(
        name="compact",
        reader=load_reader(),
        fact_check=judgements.check_facts,
        rule_selection=judgements.select_rules,
        goal_decomposition=judgements.decompose_goals,
        sign_agreement=judgements.compare_signs,
        encoder=load_encoder(),
        calibration=load_calibration(),
    )


@lru_cache(maxsize=1)
def load_unsure() -> Modules:
    """The compact modules, showing also what they would not stand by, with its probability."""
    comparer = load_comparer()
    judgements = Judgements(comparer, UNSURE, WholeSentences(comparer))
    return replace(
        load(),
        fact_check=judgements.check_facts,
        rule_selection=judgements.select_rules,
        goal_decomposition=judgements.decompose_goals,
        sign_agreement=judgements.compare_signs,
    )
