"""A year of a group of thirty, lived through the real bot, judged, and told as a page."""
