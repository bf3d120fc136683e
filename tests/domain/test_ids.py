"""Ids as people's clients hand them over: text that may be anything."""

import pytest

from bot.domain.ids import LARGEST_ID, id_in


@pytest.mark.parametrize("given", ["0", "7", "1477893213388800001", str(LARGEST_ID)])
def test_a_number_that_fits_a_column_is_an_id(given: str) -> None:
    assert id_in(given) == int(given)


@pytest.mark.parametrize(
    "given", ["", " 7", "-7", "7.0", "seven", "\u0667", "\u00b2", str(LARGEST_ID + 1), "9" * 500]
)
def test_anything_else_is_none(given: str) -> None:
    assert id_in(given) is None
