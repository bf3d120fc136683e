"""The rules of Amble: pure Python, without a clock, I/O, Discord or logging.

Read `schedule` (slots to dated sessions), `day` (the moments of a session's life), `checkin` (who
may answer what, when), `streak` and `week` (what settled sessions add up to), `ranking`,
`encouragement` and `wording` (what is said to those who missed).
"""
