"""What tests of several parts share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of committed samples of data sets."""
    return Path(__file__).parent / "data"
