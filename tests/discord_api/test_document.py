"""Whether there is a document to check by: the one test that is skipped where there is none."""

from pathlib import Path

import pytest

from tests.discord_api import find_document, load_checker
from tests.discord_api.document import VARIABLE, document_path
from tests.discord_api.examples import message, sent


@pytest.mark.skipif(
    find_document() is None,
    reason=f"no request is checked: Discord's OpenAPI document is not at {document_path()} "
    f"(say where it is in {VARIABLE})",
)
def test_requests_are_checked_by_discords_document() -> None:
    checker = load_checker()

    assert checker is not None
    assert checker.check_all([sent(message(tts="not a boolean"))])


def test_the_environment_says_where_the_document_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "document.json"
    document.touch()
    monkeypatch.setenv(VARIABLE, str(document))

    assert find_document() == document


def test_without_a_document_there_is_no_checker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "absent.json"))

    assert load_checker() is None
