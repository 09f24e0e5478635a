"""What the tests share: the shipped case and a small invented one, each loaded once."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.conversation import Conversation
from bot.loading import conversation_of, index_of
from bot.reply import Reply
from knowledge.case.layers import MESSAGES, OWN, SHIPPED, VOICE, Files
from knowledge.case.load import load_case
from knowledge.case.model import Case
from knowledge.case.wordings import read_wordings
from knowledge.language.english import Language
from knowledge.matching import ready, store
from knowledge.matching.index import Index
from knowledge.matching.learning import digest
from knowledge.matching.ready import Ready
from tests.shared import Own, begun, last

BOATHOUSE = Path(__file__).parent / "cases/boathouse"
FEW = 5
SHIPPED_INDEX = "shipped.index"
"""The shipped case's index in the folder where the tests keep what they learn."""


@pytest.fixture(scope="session")
def case() -> Case:
    return load_case()


@pytest.fixture(scope="session", autouse=True)
def index(case: Case, pytestconfig: pytest.Config) -> Index:
    """The shipped case's index, found or learned once, and kept where every process that a test starts finds it.

    That is a cache folder of the tests' own: what they learn of broken cases drives nobody's index out of the user's.
    """
    users = store.find(digest(case), os.environ)
    folder = pytestconfig.cache.mkdir("casebook")
    os.environ["XDG_CACHE_HOME"] = str(folder)
    os.environ[store.SETTING] = str(folder / SHIPPED_INDEX)
    found = users or index_of(case, os.environ)
    store.write(found, digest(case), folder / SHIPPED_INDEX)
    store.keep_ready(Ready.of(case), ready.digest(Files(None)), os.environ, folder / SHIPPED_INDEX)
    gc.collect()
    gc.freeze()  # what every test shares is no rubbish, and looking through it takes longer than most tests
    gc.set_threshold(1_000_000, 50, 50)
    return found


@pytest.fixture(scope="session")
def conversation(case: Case, index: Index) -> Conversation:
    return Conversation(case, index)


@pytest.fixture(scope="session")
def boathouse() -> Conversation:
    return conversation_of(BOATHOUSE)


@pytest.fixture
def ask(conversation: Conversation) -> Callable[..., Reply]:
    """Ask some messages in a row, and return the last reply."""

    return partial(last, conversation)


@pytest.fixture(scope="session")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented case with a general voice of its own, a few moves and examples of each kind, so that it is read and learned fast."""
    folder = shutil.copytree(BOATHOUSE, tmp_path_factory.mktemp("brief") / "boathouse")
    voice = folder / VOICE
    shutil.copytree(SHIPPED / VOICE, voice, ignore=shutil.ignore_patterns(OWN))
    (voice / OWN).mkdir()
    shutil.copy(SHIPPED / "knowledge/helplines.yaml", folder / "knowledge")
    for name in ("moves.txt", *(f"{messages}.txt" for messages in MESSAGES)):
        text = (SHIPPED / VOICE / name).read_text(encoding="utf-8")
        few: dict[str, list[str]] = {}
        for wording in read_wordings(name, text, []):
            few.setdefault(wording.id, []).append(wording.text)
        lines = [line for id_, texts in few.items() for line in (f"[{id_}]", *texts[:FEW])]
        (voice / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def scratch(brief: Path, tmp_path: Path) -> Path:
    """A copy of the invented case that a test may break."""
    return shutil.copytree(brief, tmp_path / "boathouse")


@pytest.fixture
def shipped_care(scratch: Path) -> Path:
    """The shipped signs of distress, in that copy, to be broken."""
    return scratch / VOICE / "care.yaml"


@pytest.fixture
def casebook(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command in this process, and return its exit code, what it printed, and what it told the operator."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture(scope="session")
def language(case: Case) -> Language:
    return Language.of(case)


@pytest.fixture
def lead(ask: Callable[..., Reply]) -> Callable[..., tuple[str, str]]:
    """Ask some messages in a row; tell how the last reply begins, and which fact it tells first."""
    return lambda *messages: begun(ask(*messages))


@pytest.fixture(scope="session")
def own(case: Case, language: Language, conversation: Conversation) -> list[Own]:
    """Each yes-or-no question among the wordings, with its fact and its answer, and how the reply to it begins."""
    return [
        Own(fact, answer, text, *begun(conversation.reply(text)[0]))
        for fact in case.facts.values()
        for answer, wordings in (("yes", fact.yes), ("no", fact.no))
        for text in dict.fromkeys(wordings)
        if language.question(language.wording(text)).polar
    ]
