"""The whole bot, through SimCord and through its own command line."""
