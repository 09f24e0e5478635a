"""The chat in a terminal: readable at 80 columns and on a narrow phone, colours only on a tty, nothing written to disk."""

from __future__ import annotations

import os
import shutil
import textwrap
import time
from contextlib import suppress
from typing import NamedTuple, TextIO

from bot.conversation import Conversation
from bot.memory import Memory
from bot.operator import own_up
from bot.reply import NOTHING, Citation, Context, Reply
from knowledge.case.general import Voice

WIDEST = 80
NARROWEST = 24
CHAT = 0

DIM, BOLD, PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"


class Look(NamedTuple):
    """How wide a line may be, in columns, and whether there are colours."""

    width: int = WIDEST
    colours: bool = False

    @classmethod
    def of(cls, out: TextIO) -> Look:
        """Return the look that fits a stream: colours on a tty that has not asked for none (NO_COLOR)."""
        tty = out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        columns = shutil.get_terminal_size((WIDEST, 24)).columns
        return cls(max(NARROWEST, min(WIDEST, columns)), tty)


def run(conversation: Conversation, lines: TextIO, out: TextIO) -> int:
    """Chat until the end of input, Ctrl-D or Ctrl-C. Returns 0."""
    voice, memory = conversation.case.voice, Memory[Context](time.monotonic)
    if lines.isatty():
        with suppress(ImportError):  # not everywhere; what it remembers of what was typed, it writes nowhere
            import readline  # noqa: F401, PLC0415 - `input` edits lines with it from then on
    greeting = [voice.say(f"terminal.{line}", title=conversation.case.title) for line in ("what", "how")]
    _write(out, "\n".join(_wrap(line, Look.of(out)) for line in greeting))
    while True:
        try:
            message = _read(lines, out, Look.of(out))
        except KeyboardInterrupt:
            message = None
        if message is None:
            _write(out, "")
            return 0
        _write(out, f"\n{_answer(conversation, message, memory, Look.of(out))}\n")


def _answer(conversation: Conversation, message: str, memory: Memory[Context], look: Look) -> str:
    voice = conversation.case.voice
    try:
        reply, context = conversation.reply(message, memory.recall(CHAT) or NOTHING)
        text = render(reply, voice, look)
    except Exception as error:  # noqa: BLE001 - the chat goes on
        return render(own_up(voice, error), voice, look)
    memory.keep(CHAT, context)
    return text


def render(reply: Reply, voice: Voice, look: Look) -> str:
    """Return a reply as lines of text: what is said, the passages behind it, what could be asked next."""
    blocks = ["\n".join(_wrap(line, look) for line in reply.text.splitlines())]
    if reply.citations:
        blocks.append("\n".join(_cited(number, cited, voice, look) for number, cited in enumerate(reply.citations, 1)))
    if reply.offers and reply.kind != "clarify":  # the words of a clarify reply number its choices themselves
        lines = [_wrap(f"{number}. {choice.label}", look, "   ") for number, choice in enumerate(reply.offers, 1)]
        blocks.append(_dim("\n".join(lines), look))
    return "\n\n".join(blocks)


def _cited(number: int, cited: Citation, voice: Voice, look: Look) -> str:
    published = f"{cited.published:%d %B %Y}".lstrip("0") if cited.published else voice.say("terminal.undated")
    publisher = cited.publisher or cited.source
    key = "terminal.cited" if cited.quote else "terminal.named"
    head = voice.say(key, number=number, publisher=publisher, published=published, paragraph=cited.paragraph)
    lines = [_dim(_wrap(head, look, "    "), look)]
    if cited.quote:
        lines.append(_wrap(f"“{cited.quote}”", look, "    ", "    "))
    return "\n".join(lines)


def _read(lines: TextIO, out: TextIO, look: Look) -> str | None:
    if lines.isatty():
        try:
            return input(f"\x01{BOLD}\x02> \x01{PLAIN}\x02" if look.colours else "> ")
        except EOFError:
            return None
    line = lines.readline()
    if line:
        _write(out, f"> {line.rstrip()}")
    return line or None


def _wrap(text: str, look: Look, later: str = "", first: str = "") -> str:
    return textwrap.fill(
        text, look.width, initial_indent=first, subsequent_indent=later, break_on_hyphens=False, break_long_words=True
    )


def _dim(text: str, look: Look) -> str:
    return f"{DIM}{text}{PLAIN}" if look.colours else text


def _write(out: TextIO, text: str) -> None:
    out.write(text + "\n")
    out.flush()
