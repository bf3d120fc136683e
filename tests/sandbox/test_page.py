import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
STARTED = re.compile(r"Open (http://\S+)")


@dataclass
class Visit:
    url: str
    status: int
    words: str
    code: int
    seen: str
    """What a browser makes of it; empty where there is none."""


@contextmanager
def sandbox(directory: Path, *arguments: str) -> Generator[subprocess.Popen[str]]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AMBLE_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", *arguments],
        cwd=directory,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def look_at(url: str, profile: Path) -> str:
    """Return the page as Chromium shows it, once its scripts have run."""
    if CHROMIUM is None:
        return ""
    shown = subprocess.run(
        [
            CHROMIUM,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={profile}",
            "--virtual-time-budget=8000",
            "--dump-dom",
            url,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return shown.stdout


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """A page that was opened once and then closed with Ctrl-C."""
    with sandbox(tmp_path_factory.mktemp("visit")) as process:
        assert process.stdout is not None
        heard: list[str] = []
        for line in process.stdout:
            heard.append(line)
            if "Ctrl-C" in line:
                break
        found = STARTED.search("".join(heard))
        assert found is not None, "".join(heard)
        with urllib.request.urlopen(found[1]) as answer:  # noqa: S310 - it is our own http address
            status = answer.status
        seen = look_at(found[1], tmp_path_factory.mktemp("chromium"))
        process.send_signal(signal.SIGINT)
        heard.append(process.stdout.read())
        return Visit(found[1], status, "".join(heard), process.wait(20), seen)


def test_the_page_opens(visit: Visit) -> None:
    assert visit.status == 200


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine to look at the page")
@pytest.mark.parametrize(
    "shown", ["Early birds", "Out walking:", "My back hurts", "Sessions in a row"]
)
def test_a_browser_shows_a_group_that_has_lived(visit: Visit, shown: str) -> None:
    assert shown in visit.seen


def test_the_page_is_there_for_this_machine_only(visit: Visit) -> None:
    assert visit.url.startswith("http://127.0.0.1:")


def test_the_page_says_what_to_try_first(visit: Visit) -> None:
    assert all(one in visit.words for one in ("/group join", "/me", "/time next"))


def test_ctrl_c_ends_the_page_in_order(visit: Visit) -> None:
    assert (visit.code, visit.words.splitlines()[-1]) == (0, "The sandbox is closed.")


def test_a_port_in_use_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with sandbox(tmp_path, "--port", port) as process:
            words, _ = process.communicate(timeout=60)
    assert (process.returncode, f"cannot be served on port {port}" in words) == (1, True)
