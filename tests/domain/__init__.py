"""The rules, by tables and by Hypothesis; `samples` holds what several of the files draw from."""
