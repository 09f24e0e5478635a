"""What people do in Telegram, and what is done about it: messages, commands, buttons, inline questions."""
