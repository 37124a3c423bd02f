"""Rewards for TRL's trainers: what a language model writes, held against a knowledge base.

Each reward is called as TRL calls it and returns one number, or None, for each completion.
"""

from lambada_bc.rewards.asynchronous import Asynchronous
from lambada_bc.rewards.consistency import ConsistencyReward
from lambada_bc.rewards.scoring import Scale
from lambada_bc.rewards.self_consistency import SelfConsistencyReward
from lambada_bc.rewards.steps import StepReward

__all__ = ["Asynchronous", "ConsistencyReward", "Scale", "SelfConsistencyReward", "StepReward"]
