"""What the bot's line to Telegram writes out."""

from __future__ import annotations

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.faces.telegram.metrics import Tally
from bot.faces.telegram.outgoing.client import Wire
from bot.faces.telegram.outgoing.limiter import Haste
from bot.faces.telegram.state.store import InMemory
from bot.faces.telegram.trouble import Patience
from bot.settings import Settings
from tests.telegram.double import Double
from tests.telegram.session import environment, together


@together
async def test_buttons_of_one_label_keep_what_each_does() -> None:
    """Buttons that look alike copy, open and bring up each its own, in their rows."""
    rows = [
        [InlineKeyboardButton("Copy", copy_text=CopyTextButton(number)) for number in ("0808 1", "0808 2")],
        [InlineKeyboardButton("Copy", url="https://t.me/x"), InlineKeyboardButton("Copy", callback_data="é")],
    ]
    async with Double() as double:
        wire = Wire(Settings.from_env(environment(double)), Patience(), InMemory(), Tally())
        await wire.initialize()
        for row in rows:
            await wire.say(7, "x", Haste(), reply_markup=InlineKeyboardMarkup([row, *rows]))
        await wire.shutdown()
    plain = [[button.to_dict() for button in row] for row in rows]
    assert [shown.rows for shown in double.seen[7]] == [[row, *plain] for row in plain]
