"""What the tests share: the shipped case and a small invented one, each loaded once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.context import NOTHING, Context
from bot.conversation import Conversation
from bot.reply import Reply
from knowledge.load import load_case
from knowledge.model import Case

BOATHOUSE = Path(__file__).parent / "cases/boathouse"


@pytest.fixture(scope="session")
def case() -> Case:
    return load_case()


@pytest.fixture(scope="session")
def conversation(case: Case) -> Conversation:
    return Conversation(case)


@pytest.fixture(scope="session")
def boathouse() -> Conversation:
    return Conversation(load_case(BOATHOUSE))


@pytest.fixture
def ask(conversation: Conversation) -> Callable[..., Reply]:
    """Ask some messages in a row, and return the last reply."""

    def asked(*messages: str, context: Context = NOTHING) -> Reply:
        reply = None
        for message in messages:
            reply, context = conversation.reply(message, context)
        assert reply is not None
        return reply

    return asked


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the invented case that a test may break."""
    folder = tmp_path / "boathouse"
    shutil.copytree(BOATHOUSE, folder)
    return folder
