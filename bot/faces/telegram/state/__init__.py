"""What is remembered between two updates: in memory, or shared by several copies of the bot. Ids and dates, never words."""
