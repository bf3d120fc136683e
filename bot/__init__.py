"""Amble: a Discord bot for walking-buddy groups."""
