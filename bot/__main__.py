"""The `casebook` command. A face is imported only when it is asked for, so that the others start at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.faces import streams
from bot.operator import BAD_USAGE, FAILED, own_up, tell, version
from knowledge.case.load import load_case
from knowledge.case.nodes import BrokenCaseError

if TYPE_CHECKING:
    from bot.conversation import Conversation


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit code, as `bot.operator` lists them."""
    streams.open_for_words()
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenCaseError as error:
        tell(str(error))
        return FAILED
    except OSError as error:
        if error.filename is not None:  # the trouble of a file, of no stream
            raise
        if not isinstance(error, BrokenPipeError):  # whoever reads no further wants to hear no more
            tell(f"casebook: standard input or output failed: {error.strerror}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return 130
    return code


class _Version(argparse.Action):
    """Tells the installed version, which is looked up only when asked for."""

    def __call__(self, *_: object) -> None:
        print(f"casebook {version()}")
        sys.exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="casebook", description="Answers questions about one case, with its sources.")
    parser.set_defaults(run=_chat, case=None)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="")

    def of_case(added: argparse.ArgumentParser) -> argparse.ArgumentParser:
        what = "a folder with knowledge/ and seeds/ of another case"
        added.add_argument("--case", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=what)
        return added

    def command(name: str, run: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
        added = of_case(commands.add_parser(name, help=what, description=what))
        added.set_defaults(run=run)
        return added

    of_case(parser)
    ask = command("ask", _ask, "answer one question")
    ask.add_argument("question", nargs="+")
    ask.add_argument("--json", action="store_true", help="write the reply as one JSON object")
    command("pipe", _pipe, "answer JSON lines from standard input")
    command("telegram", _telegram, "run the Telegram bot")
    check = command("check", _check, "check the fact base")
    check.add_argument("--articles", type=Path, metavar="DIR", help="the articles' texts, to compare quotations with")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    check.add_argument("--links", action="store_true", help="visit the helplines' pages as well (needs a network)")
    explain = command("explain", _explain, "show how a question was understood and why a fact won")
    explain.add_argument("question", nargs="+")
    coverage = command("coverage", _coverage, "show what of each article no fact cites")
    coverage.add_argument("--articles", type=Path, metavar="DIR", required=True)
    evaluate = command("evaluate", _evaluate, "measure on labelled questions")
    evaluate.add_argument("files", type=Path, nargs="*", metavar="FILE")
    hands = "measure on the wordings of each hand, or of those named, learned from the others' alone (seconds a hand)"
    evaluate.add_argument("--hands", nargs="*", metavar="HAND", help=hands)
    evaluate.add_argument("--sweep", metavar="NAME=FROM:TO", help="measure with a number that decides at five values")
    build = command("build", _build, "learn the index ahead, so that the next start finds it")
    build.add_argument("--to", type=Path, metavar="FILE", help="write it to a file, for CASEBOOK_INDEX to name")
    return parser


def _chat(options: argparse.Namespace) -> int:
    from bot.faces import terminal  # noqa: PLC0415 - a face is imported only when asked for

    if _is_closed(sys.stdin, "input") or _is_closed(sys.stdout, "output"):
        return BAD_USAGE
    return terminal.run(_conversation(options), sys.stdin, sys.stdout)


def _ask(options: argparse.Namespace) -> int:
    from bot.faces import pipe, terminal  # noqa: PLC0415

    if _is_closed(sys.stdout, "output"):
        return BAD_USAGE
    conversation = _conversation(options)
    voice = conversation.case.voice
    code = 0
    try:
        reply, _ = conversation.reply(" ".join(options.question))
    except Exception as error:  # noqa: BLE001 - whoever asks is answered
        reply, code = own_up(voice, error), FAILED
    if options.json:
        streams.open_for_json()
        print(pipe.dumps(reply))
    else:
        print(terminal.render(reply, voice, terminal.Look.of(sys.stdout)))
    return code


def _pipe(options: argparse.Namespace) -> int:
    from bot.faces import pipe  # noqa: PLC0415

    if _is_closed(sys.stdin, "input") or _is_closed(sys.stdout, "output"):
        return BAD_USAGE
    streams.open_for_json()
    for line in pipe.run(_conversation(options), sys.stdin.buffer):
        print(line, flush=True)
    return 0


def _is_closed(stream: TextIO | None, name: str) -> bool:
    """Say so where a standard stream is closed: Python has none then, whatever its types say."""
    if stream is None:
        tell(f"casebook: standard {name} is closed")
    return stream is None


def _telegram(options: argparse.Namespace) -> int:
    from bot.settings import SettingError, Settings, remarks  # noqa: PLC0415

    for remark in remarks(os.environ):
        tell(f"casebook: {remark}")
    try:
        settings = Settings.from_env(os.environ)
    except SettingError as error:
        tell(f"casebook: {error}")
        return BAD_USAGE
    from bot.faces import telegram  # noqa: PLC0415

    try:
        conversation = _conversation(options)
    except BrokenCaseError as error:
        tell(str(error))
        return BAD_USAGE
    return telegram.run(conversation, conversation.case.voice, settings)


def _check(options: argparse.Namespace) -> int:
    from bot.curator import check  # noqa: PLC0415

    return check.run(options.case, options.articles, options.format, links=options.links)


def _explain(options: argparse.Namespace) -> int:
    from bot.curator import explain  # noqa: PLC0415

    print(explain.explain(_conversation(options), " ".join(options.question)))
    return 0


def _coverage(options: argparse.Namespace) -> int:
    from bot.curator import coverage  # noqa: PLC0415

    return coverage.run(load_case(options.case), options.articles)


def _evaluate(options: argparse.Namespace) -> int:
    from bot.curator import evaluate, hands  # noqa: PLC0415

    if options.hands is not None:
        return hands.run(options.case, options.hands)
    if not options.files:
        tell("casebook: evaluate: name a file of labelled questions, or ask for --hands")
        return BAD_USAGE
    return evaluate.run(options.case, options.files, options.sweep)


def _build(options: argparse.Namespace) -> int:
    from bot import loading  # noqa: PLC0415

    return loading.build(options.case, options.to)


def _conversation(options: argparse.Namespace) -> Conversation:
    from bot import loading  # noqa: PLC0415 - the curator's commands need none of it

    return loading.conversation_of(options.case)


if __name__ == "__main__":
    sys.exit(main())
