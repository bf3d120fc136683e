"""Font files are found under the names that distributions give them."""

from pathlib import Path

import pytest

from bot.ui.pictures.fonts import font_files_for_pictures, has_latin, simcord_font_directories


def made(directory: Path, *names: str) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    for name in names:
        (directory / name).touch()
    return directory


def names_of(*directories: Path) -> list[str]:
    return [path.name for path in font_files_for_pictures(directories)]


@pytest.mark.parametrize(
    "name",
    [
        "NotoSans-Regular.ttf",
        "NotoSans[wdth,wght].ttf",
        "noto-sans-latin-v2.015.ttf",
        "NotoSans-VF.ttf",
    ],
)
def test_the_face_for_latin_is_known_by_all_its_names(tmp_path: Path, name: str) -> None:
    assert has_latin(font_files_for_pictures([made(tmp_path, name)]))


@pytest.mark.parametrize(
    "name",
    [
        "NotoSans-Italic.ttf",
        "NotoSans-BoldItalic.ttf",
        "NotoSans-Light.ttf",
        "NotoSansMono-Regular.ttf",
        "NotoSerif-Regular.ttf",
        "noto-sans-latin-italic-v2.015.ttf",
        "DejaVuSans.ttf",
        "NotoSans-Regular.txt",
    ],
)
def test_faces_that_pictures_do_not_use_are_left_out(tmp_path: Path, name: str) -> None:
    assert names_of(made(tmp_path, name)) == []


def test_regular_faces_come_before_bold_ones(tmp_path: Path) -> None:
    names = ("NotoSans-Bold.ttf", "NotoSansCJK-Bold.ttc", "NotoSans-Regular.ttf")
    assert names_of(made(tmp_path, *names))[0] == "NotoSans-Regular.ttf"


def test_an_earlier_directory_is_preferred(tmp_path: Path) -> None:
    mine = made(tmp_path / "mine", "NotoSans-Regular.ttf")
    theirs = made(tmp_path / "theirs", "NotoSans-Bold.ttf", "NotoSansHebrew-Regular.ttf")
    assert names_of(mine, theirs) == ["NotoSans-Regular.ttf", "NotoSansHebrew-Regular.ttf"]


def test_a_directory_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert names_of(tmp_path / "nowhere") == []


def test_simcord_brings_a_face_for_latin() -> None:
    pytest.importorskip("simcord")
    assert has_latin(font_files_for_pictures(simcord_font_directories()))
