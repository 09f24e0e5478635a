"""A bare python-telegram-bot echo bot, to measure beside: one update at a time, as it comes."""

from __future__ import annotations

import os
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Send a text back."""
    if update.message:
        await update.message.reply_text(update.message.text or "")


def main(abreast: int) -> None:
    """Run until a signal."""
    builder = ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"]).base_url(os.environ["TELEGRAM_BASE_URL"])
    if abreast > 1:
        builder = builder.concurrent_updates(abreast).connection_pool_size(abreast)
    application: Application[Any, Any, Any, Any, Any, Any] = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, echo))
    application.run_polling()


if __name__ == "__main__":
    main(int(sys.argv[1]))
