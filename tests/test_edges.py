"""The faces at their edges: odd encodings, closed streams, replies that fail. One chat's trouble never ends the others."""

import fcntl
import io
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios

import pytest

from bot.__main__ import main
from bot.conversation import Conversation
from bot.faces import pipe, terminal
from bot.reply import NOTHING
from tests.telegram.people import Person
from tests.telegram.session import answering, together
from tests.telegram.stand_in import StandIn

BOT = f"{sys.executable} -m bot"
SORRY = "Something went wrong on my side. Please ask again. In danger now, call 999."
PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def shell(command: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the bot in a shell, so that its streams can be closed, in an environment that says nothing of encodings."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        input=given,
        capture_output=True,
        env={**bare, "LANG": "C.UTF-8", **environment},
        check=False,
    )


def test_the_pipe_takes_any_field_of_any_line():
    """Half a character as chat or text, and truth for a chat: each line has its answer, in order, and no chat another's."""
    lines = [
        '{"chat": "\\ud800", "text": "who was the driver"}',
        '{"chat": 1, "text": "who killed her \\ud83d"}',
        '{"chat": true, "text": "how old was he"}',
        '{"chat": "\\ud800", "text": "how old was he", "\\udfff": "\\udfff"}',
        '{"chat": false, "text": "hello"}',
    ]
    ran = shell(f"{BOT} pipe", "\n".join(lines).encode())
    replies = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert [reply.get("chat") for reply in replies] == ["\ud800", 1, None, "\ud800", None]
    assert replies[3]["facts"] == ["age-driver"]
    assert all(reply["error"].startswith(f"line {number}: ") for number, reply in ((3, replies[2]), (5, replies[4])))


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", **PLAIN}]
)
def test_what_an_encoding_lacks_is_written_plainly(environment):
    """Curly quotation marks become straight ones in words, and escapes in JSON; a letter that was misread ends nothing."""
    ran = shell(
        f"{BOT}; {BOT} ask --json potrzebuję pomocy; {BOT} ask $'caf\\xe9'", b"caf\xe9\nwhat car\n", **environment
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    words, _, rest = ran.stdout.partition(b'\n{"kind"')
    assert b'"the driver ran him over' in words
    assert "“".encode() not in words
    fields = b'{"kind"' + rest.splitlines()[0]
    assert "Jeśli" in json.loads(fields.decode(environment.get("PYTHONIOENCODING", "ascii")))["text"]


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("{} <&-", 2, b"casebook: standard input is closed\n"),
        ("{} pipe <&-", 2, b"casebook: standard input is closed\n"),
        ("{} ask what car >&-", 2, b"casebook: standard output is closed\n"),
        ("{} ask what car > /dev/full", 1, b"casebook: standard input or output failed: No space left on device\n"),
        ("{} ask what car >&- 2>&-", 2, b""),
        ('yes \'{{"chat": 1, "text": "who was she"}}\' | head -n 500 | {} pipe | head -n 1', 1, b""),
    ],
)
def test_a_closed_or_full_stream_is_one_line_and_no_traceback(command, code, said):
    """The exit code tells that nothing came of it; somebody who reads no further needs no word of it."""
    ran = shell(command.format(BOT))
    assert ran.stderr == said
    assert ran.returncode == code


def test_a_question_needs_no_quotes_and_a_case_may_be_named_last(capsys):
    """`casebook ask what car was it --case FOLDER`."""
    assert main(["ask", "what", "car", "was", "it", "--case", "."]) == 0
    assert "blue Renault" in capsys.readouterr().out
    assert main(["ask", "what car was it", "--case", "nowhere"]) == main(["--case", "nowhere", "ask", "what"]) == 1
    assert "the file is missing" in capsys.readouterr().err


class Fragile(Conversation):
    """Fails at a certain word."""

    def reply(self, message, context=NOTHING):
        if "sesame" in message:
            raise LookupError(message)
        return super().reply(message, context)


def test_a_reply_that_fails_ends_no_pipe(case, index, capsys):
    """Its chat is told to ask again or call 999, others are answered, and the operator sees nobody's words."""
    asked = [(1, "who was the driver"), (2, "open sesame"), (1, "open sesame"), (1, "how old was he")]
    lines = [json.dumps({"chat": chat, "text": text}).encode() for chat, text in asked]
    replies = [json.loads(line) for line in pipe.run(Fragile(case, index), lines)]
    assert [reply["text"] for reply in replies[1:3]] == [SORRY, SORRY]
    assert replies[3]["facts"] == ["age-driver"]
    told = capsys.readouterr().err
    assert told.count("casebook: LookupError at ") == 2
    assert "sesame" not in told


def test_a_reply_that_fails_ends_no_chat_in_a_terminal(case, index, capsys):
    """The line stands where the answer would, and the next message is answered."""
    out = io.StringIO()
    assert terminal.run(Fragile(case, index), io.StringIO("open sesame\nwhat car was it\n"), out) == 0
    assert SORRY in " ".join(out.getvalue().split())
    assert "blue Renault" in out.getvalue()
    assert "sesame" not in capsys.readouterr().err


def test_one_question_that_fails_is_answered_and_exits_with_1(monkeypatch, capsys):
    """`casebook ask` says the same."""
    monkeypatch.setattr(Conversation, "reply", Fragile.reply)
    assert main(["ask", "open", "sesame"]) == 1
    out, err = capsys.readouterr()
    assert " ".join(out.split()) == SORRY
    assert err.startswith("casebook: LookupError at ")
    assert "sesame" not in err


class Brittle(StandIn):
    """Fails at a certain word, and at a certain button."""

    def reply(self, message, context=NOTHING):
        if "sesame" in message:
            raise LookupError(message)
        return super().reply(message, context)

    def choose(self, choice, context=NOTHING):
        if choice == "fact:alarm":
            raise LookupError(choice)
        return super().choose(choice, context)


@together
async def test_a_reply_that_fails_ends_nothing_on_telegram(capfd):
    """The line comes for a message, an edited one and a tap; others are answered; nobody's words are logged."""
    async with answering(Brittle()) as double:
        person = Person(double)
        assert (await person.asks("open sesame")).text == SORRY
        shown = await person.asks("Who was she?")
        assert shown.text.startswith("1. Who was she?")
        assert (await person.taps(shown, "Who had the alarm?")).text == SORRY
        assert (await Person(double, 8).asks("Who was she?")).text.startswith("1. Who was she?")
    told = capfd.readouterr().err
    assert told.count("casebook: LookupError at ") == 2
    assert "sesame" not in told


class Screen:
    """A terminal, and what it has shown."""

    def __init__(self, screen: int, columns: int) -> None:
        self.screen, self.shown = screen, ""
        self.resize(columns)

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def type(self, keys: bytes) -> None:
        os.write(self.screen, keys)

    def until(self, *texts: str) -> str:
        """What is shown up to the last of some texts, one behind the other."""
        end = 0
        for text in texts:
            while text not in self.shown[end:]:
                assert select.select([self.screen], [], [], 20)[0], self.shown
                self.shown += os.read(self.screen, 65_536).decode()
            end = self.shown.index(text, end) + len(text)
        shown, self.shown = self.shown[:end], self.shown[end:]
        return shown


def test_a_line_can_be_edited_and_the_window_resized(tmp_path):
    """The Home key goes home, a narrower window is written narrower from the next reply on, and nothing is kept on disk."""
    theirs, ours = pty.openpty()
    screen = Screen(theirs, 80)
    given = {"TERM": "xterm", "HOME": str(tmp_path), "NO_COLOR": "1", "COLUMNS": "", "LINES": ""}
    bot = subprocess.Popen(
        [sys.executable, "-m", "bot"], stdin=ours, stdout=ours, stderr=ours, env={**os.environ, **given}
    )
    try:
        screen.until("ends.", "> ")
        screen.type(b"at car was it\x1b[Hwh\r")
        wide = screen.until("2. ", "> ")
        screen.resize(30)
        screen.type(b"what car was it\r")
        narrow = screen.until("2. ", "> ")
        screen.type(b"\x04")
        assert bot.wait(20) == 0
    finally:
        bot.kill()
        os.close(theirs)
        os.close(ours)
    assert "^[" not in wide
    widths = [max(map(len, shown.partition("\r\n\r\n")[2].splitlines())) for shown in (wide, narrow)]
    assert "blue Renault" in wide
    assert widths[1] <= 30 < widths[0]
    assert list(tmp_path.iterdir()) == []
