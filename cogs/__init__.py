"""What people can do from Discord: thin. Read the arguments, call one service, render, answer."""
