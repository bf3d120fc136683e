"""Amble without Discord: a simulated server, its members, a clock that can be moved."""
