"""The kinds of slip, each with the reason why it is one."""

from __future__ import annotations

from tests.mutations import wrong
from tests.mutations.kinds import Kind, line_edit, misspelt, other_digit, within

FACTS, SEEDS, CASE, CLAIMS = "knowledge/facts/", "seeds/", "knowledge/case.yaml", "knowledge/claims/"
CARDS, VOICE = "knowledge/helplines.yaml", "knowledge/voice/"
REPLIES, TELEGRAM = "knowledge/voice/replies.yaml", "knowledge/voice/telegram.yaml"
CARE, ENGLISH, LANGUAGES = "knowledge/voice/care.yaml", "knowledge/voice/english.yaml", "knowledge/voice/languages.yaml"
SAID = (REPLIES, TELEGRAM)
OWN = (FACTS, SEEDS, CASE)
ALL = (*OWN, CLAIMS, CARDS, *SAID, CARE)
NEEDED = "id|title|question|status|answer|about|passages|nearest"


def kinds(*, articles: bool) -> tuple[Kind, ...]:
    """Every kind; `articles` are at hand to compare with."""
    return (
        Kind(
            "wrong key",
            "the field isn't read, and what it held is lost",
            ALL,
            28,
            line_edit(
                r"^(?:- |\s+)(?:- )?(title|question|status|answer|passages|related|short|gives|quote|publisher|paragraph|"
                r"kind|name|role|pronouns|phone|source|checked|hours|nations|needs|first|then|contacts|fires|silent|label)(?=:)",
                within(1, misspelt),
            ),
        ),
        Kind(
            "wrong key of a sentence",
            "the reply that says it raises",
            SAID,
            21,
            line_edit(r"^\s+([a-z_]{4,})(?=: \S)", within(1, misspelt)),
        ),
        Kind("lost field", "a fact or card without it can't be told", (FACTS,), 25, wrong.lost(rf"  ({NEEDED}): \S")),
        Kind("lost sentence", "the reply that says it raises", SAID, 25, wrong.lost(r"\s+[a-z_]{2,}: [\"A-Z]")),
        Kind(
            "lost field of a source",
            "its citation is wrong",
            (SEEDS,),
            6,
            wrong.lost(r"(publisher|published|headline|about): "),
        ),
        Kind(
            "lost field of a card", "nobody knows whose number it is", (CARDS,), 8, wrong.lost(r"  (name|for|source): ")
        ),
        Kind(
            "misspelt placeholder",
            "the reply raises",
            SAID,
            17,
            line_edit(r"\{([a-z_]{3,})\}", within(1, misspelt)),
        ),
        Kind("lone brace", "the reply raises", SAID, 12, line_edit(r"\{[a-z_]+\}", lambda found: found[0][:-1])),
        Kind(
            "lost placeholder",
            "the number, the name or the day is not said",
            SAID,
            10,
            line_edit(r"\{[a-z_]+\}", lambda _: "it"),
        ),
        Kind(
            "number of a card",
            "somebody in danger calls a wrong number; it stands twice",
            (CARDS,),
            21,
            line_edit(r"^  (?:phone|international|text): (.*\d.*)$", within(1, other_digit)),
        ),
        Kind(
            "number in a sentence",
            "somebody in danger calls a wrong number; the card has it",
            (*SAID, CARE),
            17,
            line_edit(r"(?:call|dial|Call) (999|18000)\b", within(1, other_digit)),
        ),
        Kind(
            "number in another language",
            "the same, of people who can't read the rest",
            (LANGUAGES,),
            10,
            line_edit(r"^  (?:line|danger): .*?(999)", within(1, other_digit)),
        ),
        Kind(
            "number lost from a line of danger",
            "the line no longer says whom to call",
            (LANGUAGES, TELEGRAM),
            8,
            line_edit(r"(?<=\D)999(?=\D)", lambda _: "us"),
        ),
        Kind(
            "number against its passage",
            "the answer says what no report has",
            (FACTS,),
            17,
            line_edit(r"^  (?:answer|short): [^\"']*?\b(\d{2})\b(?! (?:words|days))", within(1, other_digit)),
        ),
        Kind(
            "values against the answer",
            "yes and no follow them",
            (FACTS,),
            8,
            line_edit(r"values: \[(\d+)", within(1, other_digit)),
        ),
        Kind(
            "day of an event",
            "the timeline is wrong",
            (FACTS,),
            6,
            line_edit(r"^  when: \d{4}-\d\d-(\d\d)", within(1, other_digit)),
        ),
        *(
            (
                Kind(
                    "quotation against its article",
                    "the passage shown is none",
                    (SEEDS,),
                    15,
                    line_edit(r"quote: \"(?:\S+ )?([a-z]{4,})", within(1, misspelt)),
                ),
                Kind(
                    "paragraph against its article",
                    "whoever looks it up doesn't find it",
                    (SEEDS,),
                    8,
                    line_edit(r"paragraph: (\d+), quote", within(1, other_digit)),
                ),
            )
            if articles
            else ()
        ),
        Kind(
            "wrong id",
            "what it names doesn't exist",
            OWN,
            28,
            line_edit(
                r"(?:about|passages|related|nearest|speaker|central|contacts|also): \[?(?:[\w/-]+, )?([a-z][\w-]*/?[\w-]{3,})(?=[\],]|$)",
                within(1, misspelt),
            ),
        ),
        Kind(
            "wrong id in care",
            "whoever is in danger gets no contact",
            (CARE,),
            10,
            line_edit(
                r"(?:contacts|rows): \[([a-z-]+)(?=[\],])|concern: ([a-z]+)$|row: ([a-z]+)$",
                wrong.misspelt_id,
            ),
        ),
        Kind("swallowed item", "two items become one", (CARE, CASE, ENGLISH), 10, wrong.swallowed),
        Kind("swallowed field", "the field becomes words of the one above", (FACTS, CARE), 15, wrong.swallowed_field),
        Kind(
            "list for a text",
            "it can't be said",
            (FACTS, SEEDS, CARDS),
            10,
            line_edit(
                r"^  (?:title|question|short|status|about|source|name|hours): ([A-Z][^\[\]:#,\"']+)$",
                within(1, lambda text: f"[{text}]"),
            ),
        ),
        Kind(
            "text for a list",
            "nothing is in it",
            (FACTS,),
            10,
            line_edit(
                r"^  (?:gives|about|passages|related): (\[[^\],]+\])$",
                within(1, lambda text: text.strip("[]") + " x"),
            ),
        ),
        Kind("cut file", "a save that failed", (FACTS, SEEDS, CARDS), 15, wrong.cut),
        Kind(
            "field twice",
            "one of the two is lost",
            (FACTS, CASE, SEEDS, CARDS, *SAID),
            20,
            wrong.twice(r"\s+[a-z_]{3,}: \S.*[^>|-]$"),
        ),
        Kind(
            "nothing in a field",
            "an empty answer over its passages",
            (FACTS, SEEDS, CASE, CARDS),
            14,
            line_edit(
                r"^  (?:title|question|short|answer|about|name|role|for|source|hours|web): ([^\s>|].*)$",
                within(1, lambda _: "null"),
            ),
        ),
        Kind(
            "nothing in a sentence",
            "an empty reply",
            SAID,
            10,
            line_edit(r"^    ?[a-z_]{3,}: ([A-Z\"].*)$", within(1, lambda _: '""')),
        ),
        Kind(
            "letter that can't be seen",
            "the word isn't the one that it looks like",
            (FACTS, SEEDS, *SAID),
            12,
            line_edit(r"(?<=[a-z])(?=[a-z]{3,}$|[a-z]{3,}[.,])", lambda _: "\u200b"),
        ),
        Kind(
            "letter of another alphabet",
            "nobody finds it",
            (FACTS, SEEDS, *SAID),
            12,
            line_edit(r"(?<=[a-z])a(?=[a-z])", lambda _: "а"),
        ),
        Kind("byte of another encoding", "the file isn't UTF-8", (FACTS, SEEDS, REPLIES), 10, wrong.at_once),
        Kind("marks of a merge", "two versions stand in one file", (*OWN, CARDS, *SAID, CARE), 14, wrong.merge),
        Kind(
            "cut at a sign",
            "YAML leaves out the rest",
            (FACTS, CASE),
            12,
            line_edit(r"^  (?:short|title|name|role): [A-Z]\w+( )(?=\w)", within(1, lambda _: " #")),
        ),
        Kind(
            "sign at the beginning",
            "YAML leaves out a word",
            (FACTS, CARDS),
            12,
            line_edit(r"^  (?:short|title|name|hours|question): ()(?=[A-Z])", within(1, lambda _: "!")),
        ),
        Kind(
            "status that is none",
            "nobody knows how well it is supported",
            (FACTS,),
            10,
            line_edit(r"status: (\w+)", within(1, misspelt)),
        ),
        Kind(
            "day that is none",
            "it can't be told",
            (FACTS, SEEDS, CARDS),
            10,
            line_edit(r"(?:when|published|checked): \d{4}(-\d\d)", within(1, lambda _: "-13")),
        ),
        Kind(
            "number in words",
            "it can't be counted",
            (SEEDS, FACTS),
            8,
            line_edit(r"(?:paragraph|values): \[?(\d+)", within(1, lambda _: "four")),
        ),
        Kind(
            "neither true nor false",
            "it is neither",
            (CASE, CARDS, CARE),
            8,
            line_edit(r": (true)$", within(1, lambda _: "yes")),
        ),
        Kind(
            "open bracket",
            "the file can't be read",
            (FACTS, CASE, CARDS, CARE),
            14,
            line_edit(r": \[[^\]]*(\])$", within(1, lambda _: "")),
        ),
        Kind(
            "open quotation",
            "the file can't be read",
            (SEEDS, REPLIES, CARDS),
            10,
            line_edit(r": \"[^\"]+(\")\}?$", within(1, lambda _: "")),
        ),
        Kind("out of line", "the field belongs to something else", (FACTS, CARDS), 12, wrong.dedent),
        Kind(
            "list renamed",
            "what reads it finds no words",
            (ENGLISH, CARE),
            20,
            line_edit(r"^  ([a-z_-]{3,})(?=: \[)", within(1, misspelt)),
        ),
        Kind(
            "move that is none",
            "nothing answers it",
            ("knowledge/voice/moves.txt",),
            8,
            line_edit(r"^\[([a-z-]+)\]", within(1, misspelt)),
        ),
        Kind(
            "concern that is none",
            "nothing answers a cry",
            ("knowledge/voice/worry.txt", "knowledge/voice/rejoinders.txt"),
            8,
            line_edit(r"^\[([a-z-]{3,})\]", within(1, misspelt)),
        ),
        Kind(
            "wordings of no fact",
            "nobody finds it",
            ("knowledge/wordings/",),
            8,
            line_edit(r"^\[([a-z-]{3,})\]", within(1, misspelt)),
        ),
        Kind(
            "address that is none",
            "the page isn't found",
            (CARDS,),
            8,
            line_edit(r"(?:web|source|chat): https?(:)", within(1, lambda _: "")),
        ),
        Kind(
            "pattern that is none",
            "the bot doesn't start",
            (CARE,),
            8,
            line_edit(r"^      - \"[^\"]*(<[a-z-]+>)", within(1, lambda text: f"<{misspelt(text[1:-1])}>")),
        ),
        Kind(
            "word of the editor's list",
            "it hides who did it",
            (FACTS,),
            6,
            line_edit(r"^  short: ([A-Z]\w+)(?= [a-z])", within(1, lambda text: f"{text} tragically struck and")),
        ),
        Kind(
            "empty line",
            "nothing: YAML takes it for none",
            (*OWN, CARE),
            8,
            line_edit(r"^(?=- id: |[a-z]+:$)", lambda _: "\n"),
        ),
        Kind(
            "remark",
            "nothing: it is for the reader",
            (*OWN, CARE),
            8,
            line_edit(r"(?<=[a-z\]])$", lambda _: "  # as reported"),
        ),
        Kind(
            "carriage returns",
            "nothing: an editor's line ends",
            (FACTS, SEEDS, REPLIES),
            6,
            wrong.returned,
        ),
    )
