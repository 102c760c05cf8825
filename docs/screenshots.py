"""Take the README's pictures from the real thing: `python docs/screenshots.py` in the course's environment.

Opens the course with `start.py --no-browser`, runs lesson 12 in JupyterLab, and takes the page of a graded
exercise. Needs Chromium (see CHROMIUM) and the test environment; writes docs/images/*.png.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
EXERCISE = "12_data_quality"


def lesson(page: Page, address: str) -> None:
    """Lesson 12, run, at its figure."""
    page.goto(address.replace("00_start_here", EXERCISE))
    page.wait_for_selector("#jp-MainMenu .lm-MenuBar-item", timeout=90_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=90_000)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-item[data-command='runmenu:run-all']")
    page.wait_for_timeout(3000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=120_000)
    figure = page.locator("img[alt*='95 % intervals']").first
    outer = page.locator(".jp-Notebook .jp-WindowedPanel-outer")
    for _ in range(120):  # JupyterLab draws only the cells near the window: scroll until the figure is there
        if figure.count():
            break
        outer.evaluate("panel => panel.scrollBy(0, 500)")
        page.wait_for_timeout(500)
    figure.scroll_into_view_if_needed()
    outer.evaluate("panel => panel.scrollBy(0, 420)")
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / "lesson.png")


def feedback(page: Page, html: Path) -> None:
    """The top of a feedback page."""
    page.goto(html.as_uri())
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / "feedback.png")


def main() -> None:
    """Open, run, take the pictures, and leave nothing running."""
    if not CHROMIUM:
        sys.exit("No Chromium was found. Install it, or name it in the variable CHROMIUM.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "start.py"), "--no-browser"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        address = next(
            m.group()
            for line in server.stdout
            if (m := re.search(r"http://(?:127\.0\.0\.1|localhost):\S+", line))
        )
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
            browser = playwright.chromium.launch_persistent_context(
                profile,
                executable_path=CHROMIUM,
                headless=True,
                args=FLAGS,
                viewport={"width": 1280, "height": 860},
            )
            page = browser.new_page()
            lesson(page, address)
            html = ROOT / "my-work" / "feedback" / f"{EXERCISE}.html"
            if html.is_file():
                feedback(page, html)
            else:
                print(f"No feedback page yet: run `python3 start.py grade {EXERCISE}` first.")
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    main()
