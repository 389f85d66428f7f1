"""Texts for the read stage's tests, in words of our own: the towns and people do not exist."""

from __future__ import annotations

import pytest

BODY = (
    "Shells fell on the grain market of Tel Oreb at dawn and killed four traders, the "
    "town's council "
    "said. Two lorries burned until noon. A nurse at the field clinic counted nine "
    "wounded, three of "
    "them children, and said the road to the river was shut. The Northern Column denied that its "
    "guns had fired on the market. Its spokesman said the shells came from the hills held by the "
    "Free Brigades of Oreb, who did not answer calls.\n"
)
OTHER = (
    "A bus carrying teachers struck a mine on the coast road near Port Salwa, and six of them were "
    "injured, the Salwa Relief Committee said. The driver walked to the nearest "
    "checkpoint for help. "
    "Soldiers of the coast garrison cleared two more mines from the same stretch before "
    "dark. Nobody "
    "has said who laid them. The road had been open for eleven days after a truce between the "
    "garrison and the Salt Men, who held the pans until the winter.\n"
)


@pytest.fixture
def body() -> str:
    """A body of one article, long enough to stand by itself."""
    return BODY


@pytest.fixture
def other() -> str:
    """Another article's body."""
    return OTHER
