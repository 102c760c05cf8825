"""The instructor's cycle by its buttons, in a real browser."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from fixtures import classroom, ward_course
from nbgrader.api import Gradebook

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "google-chrome", "chromium-browser"])), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EXERCISE, STUDENT = ward_course.EXERCISE, "ana"
PATIENCE = 60_000  # milliseconds for a button's work

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome is installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not exist on Windows"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    return ward_course.make(tmp_path_factory.mktemp("ward-source"))


@pytest.fixture(scope="module")
def room(ward, tmp_path_factory):
    return classroom.make(
        tmp_path_factory.mktemp("buttons"), ward.root / "exercises" / "source" / EXERCISE, EXERCISE
    )


@pytest.fixture(scope="module")
def server(room):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (room.home / "server.log").open("w")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
            *(
                f"--port={port}",
                "--ServerApp.port_retries=0",
                "--IdentityProvider.token=",
                "--ServerApp.password=",
            ),
        ],
        cwd=room.folder,
        env=room.env,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api/status", timeout=5).read()
                break
            except OSError:
                assert process.poll() is None, (room.home / "server.log").read_text()[-3000:]
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


@pytest.fixture(scope="module")
def page(server):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        # Formulas come from a CDN; nothing here needs them, and a test must not wait for a network.
        page.route(lambda url: not url.startswith(server), lambda route: route.abort())
        yield page
        browser.close()


def press(page, row: str, button: str) -> None:
    """Press a button in a row of the formgrader's table, and see that it says it worked."""
    page.locator(f"tr:has({row}) {button}").first.click()
    dialog = page.locator(".modal.in")
    dialog.wait_for()
    said = dialog.inner_text()
    assert "Success" in said, said
    dialog.locator("button.btn-primary.close, .modal-footer button, button.close").first.click()
    dialog.wait_for(state="hidden")


def test_the_cycle_by_its_buttons(room, ward, server, page):
    assignments = f"{server}/formgrader/manage_assignments"
    row = f'td.name:has-text("{EXERCISE}")'
    page.goto(assignments)
    press(page, row, "td.assign a")
    assert (room.folder / "release" / EXERCISE / f"{EXERCISE}.ipynb").is_file()
    press(page, row, "td.release a")
    room.hand_in(STUDENT, ward.notebook({"q2_fevers": "def fevers(values):\n    return 0"}))
    page.reload()
    press(page, row, "td.collect a")

    page.goto(f"{server}/formgrader/manage_submissions/{EXERCISE}")
    student = f'td:has-text("{STUDENT}")'
    press(page, student, "td.autograde a")

    with Gradebook(room.db_url) as gradebook:
        submission = gradebook.find_submission(EXERCISE, STUDENT)
        assert submission.score == 4
        notebook = submission.notebooks[0]
        number = notebook.id
        assert gradebook.find_grade("q4_note", EXERCISE, EXERCISE, STUDENT).needs_manual_grade

    # The page binds its boxes only when it has fetched the grades: before that, what is typed is not saved.
    page.goto(f"{server}/formgrader/submissions/{number}/", wait_until="networkidle")
    score = page.locator('input.score[id="q4_note"]')
    with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT"):
        score.fill("2")
        score.press("Tab")
    with page.expect_response(
        lambda answer: "/api/comment/" in answer.url and answer.request.method == "PUT"
    ):
        comment = page.locator('textarea[id="q4_note-comment"]')
        comment.fill("Say who was not measured.")
        comment.press("Tab")

    page.goto(f"{server}/formgrader/manage_submissions/{EXERCISE}")
    press(page, student, "td.generate-feedback a")
    press(page, student, "td.release-feedback a")

    with Gradebook(room.db_url) as gradebook:
        assert gradebook.find_submission(EXERCISE, STUDENT).score == 6
    feedback = room.folder / "feedback" / STUDENT / EXERCISE / f"{EXERCISE}.html"
    text = feedback.read_text(encoding="utf-8")
    assert "Say who was not measured." in text
    assert "secret_values" not in text
    assert list((room.exchange / classroom.COURSE / "feedback").glob("*.html"))
