"""What the tests share: the shipped case and a small invented one, each loaded once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.context import NOTHING, Context
from bot.conversation import Conversation
from bot.reply import Reply
from knowledge.load import SHIPPED, load_case
from knowledge.model import Case

BOATHOUSE = Path(__file__).parent / "cases/boathouse"
FEW = 5


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


@pytest.fixture(scope="session")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented case with moves and examples of its own, a few of each kind, so that it is read and learned fast."""
    folder = shutil.copytree(BOATHOUSE, tmp_path_factory.mktemp("brief") / "boathouse")
    voice = folder / "knowledge/voice"
    voice.mkdir()
    for name in ("moves.yaml", "examples.yaml"):
        whole = yaml.load((SHIPPED / "knowledge/voice" / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
        few = {kind: wordings[:FEW] for kind, wordings in whole.items()}
        (voice / name).write_text(yaml.safe_dump(few, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def scratch(brief: Path, tmp_path: Path) -> Path:
    """A copy of the invented case that a test may break."""
    return shutil.copytree(brief, tmp_path / "boathouse")


@pytest.fixture
def shipped_care(scratch: Path) -> Path:
    """The shipped signs of danger, in that copy, so that a test may break them too."""
    copied = shutil.copy(SHIPPED / "knowledge/voice/care.yaml", scratch / "knowledge/voice/care.yaml")
    return Path(copied)
