"""Any reward as an async one, which TRL runs beside others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lambada_bc.rewards.calling import Rewards


@dataclass
class Asynchronous:
    """``Asynchronous(ConsistencyReward(kb))`` works in a thread of its own while others wait."""

    reward: Callable[..., Rewards]

    def __post_init__(self) -> None:
        self.__name__ = self.reward.__name__

    async def __call__(self, **columns: Any) -> Rewards:
        """What the reward returns."""
        return await asyncio.to_thread(self.reward, **columns)
