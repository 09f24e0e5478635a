"""What is remembered of a chat: for fifteen minutes, of so many chats, and no longer."""

import gc
from itertools import chain

from bot.memory import KEPT_CHATS, KEPT_SECONDS, Memory
from bot.reply import Context

TOLD = Context(facts=("night",))


class Clock:
    """A clock of the test's own."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_is_forgotten_fifteen_minutes_after_its_last_message():
    """What was told is recalled until then, and afterwards neither recalled nor kept."""
    clock = Clock()
    memory = Memory[Context](clock)
    memory.keep("a", TOLD)
    clock.now = 15 * 60.0 - 1.0
    assert memory.recall("a") == TOLD
    clock.now = 15 * 60.0 + 1.0
    assert memory.recall("a") is None
    assert len(memory) == 0


def test_each_message_begins_the_fifteen_minutes_anew():
    """A chat that goes on is kept, while one that began as early and fell silent is not."""
    clock = Clock()
    memory = Memory[Context](clock)
    memory.keep("silent", TOLD)
    memory.keep("goes on", TOLD)
    clock.now = KEPT_SECONDS - 1.0
    memory.keep("goes on", TOLD)
    clock.now = KEPT_SECONDS + 1.0
    assert memory.recall("goes on") == TOLD
    assert memory.recall("silent") is None
    assert len(memory) == 1


def test_no_more_chats_are_kept_than_the_bound():
    """Of three chats where two may be kept, the one longest silent is gone."""
    memory = Memory[Context](Clock(), most=2)
    for chat in ("first", "second", "third"):
        memory.keep(chat, TOLD)
    assert len(memory) == 2
    assert [memory.recall(chat) for chat in ("first", "second", "third")] == [None, TOLD, TOLD]


def test_by_default_twenty_thousand_chats_are_kept():
    """The bound that the bot runs with holds, however many write."""
    memory = Memory[Context](Clock())
    for chat in range(20_050):
        memory.keep(chat, TOLD)
    assert len(memory) == KEPT_CHATS == 20_000
    assert memory.recall(49) is None
    assert memory.recall(50) == TOLD


def test_no_word_that_was_typed_stays_in_memory(conversation):
    """Of a word that is none of the language nothing is kept once it is answered, not in any cache either."""
    word = "zyxmarkered"
    for message in (f"did he {word} her", f"who {word} the driver", word):
        conversation.reply(message)
    gc.collect()
    caches = [one for one in gc.get_objects() if type(one).__name__ == "_lru_cache_wrapper"]
    held = [
        one for one in (*gc.get_objects(), *chain.from_iterable(map(gc.get_referents, caches))) if type(one) is dict
    ]
    assert not [one for one in held if any(type(key) is str and key.startswith(word[:9]) for key in list(one))]
