"""Fixtures of the checker's own tests, and which of them need Discord's document."""

import pytest

from tests.discord_api.checker import RequestChecker, load_checker
from tests.discord_api.document import find_document

# Where the document is absent, one test says so (test_document.py); these would only repeat it.
collect_ignore = (
    ["test_checker.py", "test_document_limits.py", "test_round_trip.py"]
    if find_document() is None
    else []
)


@pytest.fixture(scope="session")
def checker() -> RequestChecker:
    found = load_checker()
    assert found is not None
    return found
