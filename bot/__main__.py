"""The `casebook` command. A face is imported only when it is asked for, so that the others start at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.faces import streams
from bot.operator import BAD_USAGE, FAILED, UsageError, own_up, tell, version
from knowledge.case.problems import BrokenCaseError, meant

if TYPE_CHECKING:
    from bot.conversation import Conversation

Command = Callable[[str, Callable[[argparse.Namespace], int], str, str], argparse.ArgumentParser]
"""Adds a command: its name, what runs it, what it does, and an example of it."""


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
    except UsageError as error:
        tell(f"casebook: {error}")
        return BAD_USAGE
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
    what = "Answers questions about one case, with its sources. Without a command it is a chat in the terminal."
    epilog = "example: casebook ask what car was it; casebook COMMAND --help has one of each command"
    parser = argparse.ArgumentParser(prog="casebook", description=what, epilog=epilog)
    parser.set_defaults(run=_chat, case=None)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="")

    def of_case(added: argparse.ArgumentParser) -> argparse.ArgumentParser:
        what = "a folder with knowledge/ and seeds/ of another case"
        added.add_argument("--case", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=what)
        return added

    def command(
        name: str, run: Callable[[argparse.Namespace], int], what: str, example: str
    ) -> argparse.ArgumentParser:
        text = argparse.RawDescriptionHelpFormatter
        epilog = f"example:\n  casebook {example}"
        added = commands.add_parser(name, help=what, description=what, epilog=epilog, formatter_class=text)
        added.set_defaults(run=run)
        return of_case(added)

    of_case(parser)
    for add in (_add_talking, _add_checking, _add_writing):
        add(command)
    return parser


def _add_talking(command: Command) -> None:
    """Add the faces."""
    ask = command("ask", _ask, "answer one question", "ask what car was it")
    ask.add_argument("question", nargs="+")
    ask.add_argument("--json", action="store_true", help="write the reply as one JSON object")
    example = 'pipe <<< \'{"chat": 1, "text": "who was the driver"}\''
    command("pipe", _pipe, "answer JSON lines from standard input", example)
    command("telegram", _telegram, "run the Telegram bot", "telegram    (with TELEGRAM_BOT_TOKEN set)")


def _add_checking(command: Command) -> None:
    """Add what looks a case through."""
    check = command("check", _check, "check the fact base", "check --articles articles")
    check.add_argument("--articles", type=Path, metavar="DIR", help="the articles' texts, to compare quotations with")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    check.add_argument("--watch", action="store_true", help="check again whenever a file has changed, until Ctrl-C")
    check.add_argument("--links", action="store_true", help="visit the helplines' pages as well (needs a network)")
    what = "show how a question was understood and why a fact won"
    explain = command("explain", _explain, what, 'explain "wot car was he in" --wanted car')
    explain.add_argument("question", nargs="+")
    wanted = "a fact's id: what keeps the question from it, and which changes would find it"
    explain.add_argument("--wanted", metavar="FACT", help=wanted)
    what = "show which facts each sentence of the articles is behind, and what is left out"
    coverage = command("coverage", _coverage, what, "coverage --articles articles --html coverage.html")
    coverage.add_argument("--articles", type=Path, metavar="DIR", required=True, help="the articles' texts")
    coverage.add_argument("--html", type=Path, metavar="FILE", help="write it as a page as well")
    evaluate = command("evaluate", _evaluate, "measure on questions, plain or labelled", "evaluate questions.txt")
    evaluate.add_argument("files", type=Path, nargs="*", metavar="FILE", help="a question a line, or labelled as JSON")
    hands = "measure on the wordings of each hand, or of those named, learned from the others' alone (seconds a hand)"
    evaluate.add_argument("--hands", nargs="*", metavar="HAND", help=hands)
    evaluate.add_argument("--sweep", metavar="NAME=FROM:TO", help="measure with a number that decides at five values")
    facts = command("facts", _facts, "list the facts: id, title, status, sources, count of wordings", "facts driver")
    facts.add_argument("word", nargs="*", metavar="WORD", help="only those that have this word")


def _add_writing(command: Command) -> None:
    """Add what makes something."""
    what = "learn the index ahead, so that the next start finds it"
    build = command("build", _build, what, "build --to casebook.index")
    build.add_argument("--to", type=Path, metavar="FILE", help="write it to a file, for CASEBOOK_INDEX to name")
    new = command("new", _new, "make a small case that runs, with comments", "new mycase")
    new.add_argument("folder", type=Path, metavar="DIR")
    what = "number an article's paragraphs, and write the file of its source"
    add = command("add-source", _add_source, what, "add-source articles/herald.txt --id herald --case mycase")
    add.add_argument("article", type=Path, metavar="ARTICLE.txt")
    add.add_argument("--id", required=True, help="what the source is called: herald")
    what = "find words in the articles, and print the passage that quotes them"
    cite = command("cite", _cite, what, 'cite "a week of rain" --articles articles')
    cite.add_argument("words", nargs="+", metavar="WORDS")
    cite.add_argument("--articles", type=Path, metavar="DIR", required=True, help="the articles' texts")


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
    conversation.prepare()
    return telegram.run(conversation, conversation.case.voice, settings)


def _check(options: argparse.Namespace) -> int:
    from bot.curator import check  # noqa: PLC0415

    given = check.Options(options.case, options.articles, options.format, options.links)
    return check.watch(given) if options.watch else check.run(given)


def _explain(options: argparse.Namespace) -> int:
    from bot.curator import explain, wanted  # noqa: PLC0415

    question, conversation = " ".join(options.question), _conversation(options)
    fact = conversation.case.facts.get(options.wanted)
    if options.wanted and fact is None:
        mend = meant(options.wanted, conversation.case.facts, "casebook facts lists them")
        tell(f"casebook: --wanted: no fact is called {options.wanted}; {mend}")
        return BAD_USAGE
    print(explain.explain(conversation, question))
    if fact is not None:
        print("", *wanted.wanted(conversation, question, fact), sep="\n")
    return 0


def _coverage(options: argparse.Namespace) -> int:
    from bot.curator import coverage  # noqa: PLC0415
    from knowledge.case.load import load_case  # noqa: PLC0415

    return coverage.run(load_case(options.case), options.articles, options.html)


def _facts(options: argparse.Namespace) -> int:
    from bot.curator import facts  # noqa: PLC0415
    from knowledge.case.load import load_case  # noqa: PLC0415

    return facts.run(load_case(options.case), " ".join(options.word))


def _new(options: argparse.Namespace) -> int:
    from bot.curator import new  # noqa: PLC0415

    return new.run(options.folder)


def _add_source(options: argparse.Namespace) -> int:
    from bot.curator import add_source  # noqa: PLC0415

    return add_source.run(options.case, options.article, options.id)


def _cite(options: argparse.Namespace) -> int:
    from bot.curator import articles, cite  # noqa: PLC0415

    return cite.run(options.case, " ".join(options.words), articles.read(options.articles))


def _evaluate(options: argparse.Namespace) -> int:
    from bot.curator import evaluate, hands  # noqa: PLC0415

    if options.hands is not None:
        return hands.run(options.case, options.hands, options.sweep)
    if not options.files:
        tell("casebook: evaluate: name a file of labelled questions, or ask for --hands")
        return BAD_USAGE
    return evaluate.run(options.case, options.files, options.sweep)


def _build(options: argparse.Namespace) -> int:
    from bot.curator import build  # noqa: PLC0415

    return build.run(options.case, options.to)


def _conversation(options: argparse.Namespace) -> Conversation:
    from bot import loading  # noqa: PLC0415 - the curator's commands need none of it

    return loading.conversation_of(options.case)


if __name__ == "__main__":
    sys.exit(main())
