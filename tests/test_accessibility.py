"""Every page that the course makes, in a real browser: axe's rules, headings, the keyboard, and a narrow window."""

from __future__ import annotations

import re
import shutil
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from fixtures import learner as learners
from fixtures import pages as reader
from fixtures.ward_course import EXERCISE, cell
from nbformat.v4 import new_code_cell, new_markdown_cell

from curriculum import coursemap, grading
from curriculum.grading import markup, reports
from curriculum.grading.reports import pages
from curriculum.journey import portfolio, progress

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "google-chrome", "chromium-browser"])), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
NAMES = ("feedback", "worked", "progress", "portfolio", "own report", "learner", "class", "class with names")
NOTEBOOKS = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("exercises/release/*/*.ipynb")])
WIDE_TABLE = "import pandas as pd\n\npd.DataFrame({f'measurement_{n}': [1.5, 2.5] for n in range(30)})"
WIDE_TEXT = "from IPython.display import HTML, display\n\ndisplay(HTML('<h1>Loud</h1>'))\nprint('a line that is too long for a narrow window, ' * 5)"
OWN_NOTES = (
    "# My notes\n\n| | before | after |\n|---|---|---|\n| pulse | 90 | 70 |\n\n```\n" + "code " * 40 + "\n```"
)

in_browser = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome is installed"),
    pytest.mark.xdist_group("browser"),
]

# What is wrong in a window of this width: a page that is wider, and what scrolls without taking the focus.
OVERFLOW = """() => {
  const wide = e => e.scrollWidth > e.clientWidth + 1, page = document.documentElement;
  const scrolls = [...document.querySelectorAll("body *")].filter(
    e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && wide(e) && e.tabIndex < 0);
  return [...(wide(page) ? [`the page is ${page.scrollWidth} pixels wide`] : []),
          ...scrolls.map(e => `<${e.localName} class="${e.className}"> scrolls, and no key reaches it`)];
}"""
FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  if (e === document.body || e.hasAttribute("seen")) return null;
  e.setAttribute("seen", "");
  return {name: e.localName + " " + e.textContent.trim().slice(0, 40),
          seen: style.outlineStyle !== "none" && box.right > 0 && box.bottom > 0
                && box.left < innerWidth && box.top < innerHeight};
}"""
REACHABLE = (
    "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')].filter(e => e.checkVisibility())"
)


@pytest.fixture(scope="module")
def made(graded_class, tmp_path_factory) -> dict[str, str]:
    """Every kind of page, with the difficult things that learners put in: wide tables, long lines, own headings."""
    learner = learners.make(tmp_path_factory.mktemp("accessible"))
    notebook = learner.ward.notebook(
        {
            "q1_mean": "def mean_known(values):\n    return sum(values) / len(values)",
            "q2_fevers": cell(learner.ward.released, "q2_fevers").source,
            "q4_note": OWN_NOTES,
        }
    )
    notebook.cells += [new_code_cell(WIDE_TABLE), new_code_cell(WIDE_TEXT), new_markdown_cell(OWN_NOTES)]
    learner.ward.mine.parent.mkdir(parents=True)
    nbformat.write(notebook, learner.ward.mine)
    grading.grade(learner.root, EXERCISE, syllabus=learner.syllabus)
    stands = learner.stands()
    own = learner.root / "my-work"
    course = graded_class.read()
    ben = next(student for student in course.students if student.id == "ben")
    day = date(2026, 11, 26)
    found = {
        "feedback": own / f"feedback/{EXERCISE}.html",
        "worked": own / f"feedback/{EXERCISE}-worked.html",
        "progress": progress.write(stands),
        "portfolio": portfolio.write(stands)[0],
        "own report": reports.write_own(learner.root, [EXERCISE], learner.syllabus),
    }
    texts = {name: path.read_text(encoding="utf-8") for name, path in found.items()}
    texts["learner"] = pages.learner(course, ben, graded_class.syllabus, day, {EXERCISE: "x.html"})
    texts["class"] = pages.of_class(course, graded_class.syllabus, day)
    texts["class with names"] = pages.of_class(course, graded_class.syllabus, day, names=True)
    assert tuple(texts) == NAMES
    return texts


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as play:
        running = play.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A page without a network, 1280 pixels wide."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    yield context.new_page()
    context.close()


def rules(page, *only: str) -> list[str]:
    """What axe finds on the page: WCAG 2.1 A and AA, and its own good practice; or some of its rules."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    options = {"resultTypes": ["violations"], **({"runOnly": list(only)} if only else {})}
    found = axe.Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {place['html'][:200]}" for rule in found for place in rule["nodes"]]


def order(levels: list[int]) -> list[str]:
    """What is wrong with the headings' levels: not one on top, or one left out on the way down."""
    top = [] if levels.count(1) == 1 and levels[0] == 1 else [f"not one h1 on top: {levels}"]
    return top + [f"h{b} follows h{a}" for a, b in pairwise(levels) if b > a + 1]


def narrow(page) -> list[str]:
    """What overflows at 200 % and at 400 % of a window of 1280 pixels."""
    found = []
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 512})
        found += [f"{width}: {fault}" for fault in page.evaluate(OVERFLOW)]
    return found


def headings(page) -> list[int]:
    return page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.localName[1])")


class TestInABrowser:
    pytestmark = in_browser

    @pytest.mark.parametrize("name", NAMES)
    def test_a_page_follows_the_rules_in_light_in_dark_and_narrow(self, name, made, page):
        page.set_content(made[name])
        found = rules(page) + order(headings(page))
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {fault}" for fault in rules(page, "color-contrast")]
        assert found + narrow(page) == []

    @pytest.mark.parametrize("name", ["feedback", "worked", "progress", "class"])
    def test_every_link_and_every_part_that_scrolls_is_reached_and_seen_with_the_tab_key(
        self, name, made, page
    ):
        page.set_content(made[name])
        wanted = page.evaluate(f"{REACHABLE}.length")
        reached = []
        for _ in range(wanted):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUS))
        assert None not in reached, f"{wanted} to reach, and a key came back too early: {reached}"
        assert [part["name"] for part in reached if not part["seen"]] == []
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) is None, "there is a way out at the end"

    @pytest.mark.parametrize("name", ["feedback", "progress"])
    def test_the_first_link_skips_what_comes_before_the_content(self, name, made, page):
        page.set_content(made[name])
        before = page.evaluate(f"{REACHABLE}.length")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        place = page.evaluate(f"{REACHABLE}.indexOf(document.activeElement)")
        assert 3 < place < before

    def test_the_checks_find_what_is_wrong(self, page):
        page.set_content(
            "<html><head><title>x</title></head><body><h2>A</h2><h4>B</h4><img src='data:,'>"
            "<p style='color: #aaa; background: #fff'>pale</p><table><tr><th></th><td>1</td></tr></table>"
            "<div style='width: 900px'>wide</div><div style='overflow-x: auto; width: 200px'>"
            "<pre>" + "x" * 90 + "</pre></div></body></html>"
        )
        found = "\n".join(rules(page) + order(headings(page)) + narrow(page))
        for words in (
            "html-has-lang",
            "image-alt",
            "color-contrast",
            "empty-table-header",
            "not one h1",
            "h4 follows h2",
            "640: the page is 9",
            "320: the page is 9",
            "scrolls, and no key reaches it",
        ):
            assert words in found, f"{words} was not found in:\n{found}"


# ---- without a browser


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_one_first_heading_and_leaves_no_level_out(path):
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    assert order([len(marks) for marks in re.findall(r"^(#{1,6})\s", text, re.M)]) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_picture_in_a_notebook_is_said_in_words(path):
    """A figure of a code cell is shown with `show`, which asks for them; a picture in the text has its own."""
    for c in nbformat.read(path, as_version=4).cells:
        if c.cell_type == "markdown":
            assert "![](" not in c.source and not re.search(r"<img(?![^>]*\balt=\"\w)", c.source), c.source
        elif c.cell_type == "code" and re.search(r"\bplt\.(subplots|figure|plot)\(", c.source):
            assert re.search(r"\bshow\(", c.source), c.source


def test_the_course_map_can_be_read_by_its_contrast():
    assert reader.contrast(coursemap.PAPER, coursemap.INK) >= 4.5
    assert reader.contrast(coursemap.PALE, coursemap.PAPER) >= 4.5
    assert reader.contrast(coursemap.FRAME, coursemap.PAPER) >= 3


def test_colours_of_figures_always_come_with_a_mark():
    style = (ROOT / "curriculum/course.mplstyle").read_text(encoding="utf-8")
    colours, marks = re.findall(r"\[(.*?)\]", style)
    assert len(set(marks.split(","))) == len(marks.split(",")) == len(colours.split(","))


def test_what_nbconvert_writes_is_mended():
    assert markup.mend("<h1>A</h1><H6>B</H6>") == "<h2>A</h2><H6>B</H6>"
    made = markup.mend('<table class="x"><tr><th style="a"></th><th>n</th></tr></table>')
    assert made.startswith('<div class="wide" role="group" tabindex="0"') and made.endswith("</table></div>")
    assert '<td style="a"></td><th>n</th>' in made
    assert markup.mend("<pre>short &lt;&lt;&lt;\nlines</pre>") == "<pre>short &lt;&lt;&lt;\nlines</pre>"
    assert 'tabindex="0"' in markup.mend("<pre>" + "long " * 20 + "</pre>")
    script = "<script>make('<table></table>')</script>"
    assert markup.mend(script) == script


@pytest.mark.parametrize("piece", ["<pre>", "<th", "<pre><", "<table", "<h1", "<th>"])
def test_hostile_text_costs_no_time(piece):
    """What somebody writes into an answer is gone through once, however often it begins something."""
    begin = time.process_time()
    markup.mend(piece * 200_000)
    assert time.process_time() - begin < 20
