"""Rewards for TRL's trainers: what a language model writes, held against a knowledge base.

Each reward is called as TRL calls it and returns one number, or None, for each completion.  With
the same rewards, sampled texts become preference pairs or examples to train on.
"""

from lambada_bc.rewards.asynchronous import Asynchronous
from lambada_bc.rewards.consistency import ConsistencyReward
from lambada_bc.rewards.preferences import (
    Scored,
    preferences,
    score_samples,
    supervised,
    write_rows,
)
from lambada_bc.rewards.scoring import Scale
from lambada_bc.rewards.self_consistency import SelfConsistencyReward
from lambada_bc.rewards.steps import StepReward

__all__ = [
    "Asynchronous",
    "ConsistencyReward",
    "Scale",
    "Scored",
    "SelfConsistencyReward",
    "StepReward",
    "preferences",
    "score_samples",
    "supervised",
    "write_rows",
]
