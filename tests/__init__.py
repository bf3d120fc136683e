"""Tests of Amble, by layer; `fakes` and helpers are imported as `tests.…`."""
