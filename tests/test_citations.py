"""What a lesson cites must stand in the register: links, numbers and days, each fault seen and each right text left."""

from __future__ import annotations

from datetime import date

import nbformat
import pytest

from curriculum import build, check
from curriculum import register as registers
from curriculum.check import citations, numbers

PAGE = "../datasets/standards/README.md"


@pytest.fixture(scope="module")
def register(root):
    return registers.load(root)


def notebook(*cells):
    new = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    return nbformat.v4.new_notebook(cells=[new[kind](text) for kind, text in cells])


def unheld(markdown, register):
    return [str(p) for p in numbers.unheld("a.py", notebook(("markdown", markdown)), register)]


# --- links -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markdown",
    [
        f"See [Wong]({PAGE}#wong-2021).",
        "See [Wong](../../datasets/standards/README.md#wong-2021) and [the page](../../../datasets/standards/README.md).",
        "Gebru T et al. [doi:10.1145/3458723](https://doi.org/10.1145/3458723)",
        "Gebru T et al., doi:10.1145/3458723.",
        "Alderman et al. (https://doi.org/10.1016/S2589-7500(24)00224-3).",
        "<https://arxiv.org/abs/2508.01889>",
        "[x]: https://cds-hooks.hl7.org/2.0/",
        "The service listens on http://localhost:8000/cds-services and http://127.0.0.1:8000.",
        "`https://example.org` in code, and\n```\nhttps://example.org\n```",
        "[datasheet](../datasets/nhefs/datasheet.md)",
        "No link at all: 10.5 of 1145.",
    ],
)
def test_what_has_an_entry_passes(register, markdown):
    assert citations.check("a.py", markdown, register) == []


@pytest.mark.parametrize(
    ("markdown", "says"),
    [
        (f"[Wong]({PAGE}#wong-2020)", ["wong-2020", "Nearest: wong-2021", "register.yml"]),
        (f"[Wong]({PAGE}#Wong-2021)", ["Wong-2021"]),
        ("[Wong](../standards/README.md#wong-2021)", ["does not lead to", PAGE.removeprefix("../")]),
        ("[Wong](../datasets/standards/register.yml)", ["does not lead to"]),
        (f'<a href="{PAGE}#nothing">x</a>', ["nothing"]),
        ("[a study](https://example.org/study)", ["https://example.org/study", "no entry", "register.yml"]),
        ("A study (https://example.org/study).", ["https://example.org/study belongs"]),
        ("[a study](http://example.org/study)", ["example.org"]),
        ("doi:10.9999/nobody.1", ["10.9999/nobody.1 belongs"]),
        ("www.example.org/study", ["www.example.org/study"]),
        ("![picture](https://example.org/p.png)", ["p.png"]),
        ("[x]: https://example.org/y", ["example.org/y"]),
        ("http://localhost.example.org/", ["localhost.example.org"]),
    ],
)
def test_what_has_no_entry_fails(register, markdown, says):
    (problem,) = citations.check("a.py", notebook(("code", "1"), ("markdown", markdown)), register)
    for word in ["a.py [cell 2]", *says]:
        assert word in str(problem)


def test_code_cells_are_not_prose(register):
    assert citations.check("a.py", notebook(("code", "# https://example.org\nx = 1")), register) == []


# --- numbers and days --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markdown",
    [
        f"It missed 1,709 of 2,552 stays, 67 % ([Wong 2021]({PAGE}#wong-2021)).",
        f"It missed 1709 of 2552 stays\nwith an AUC of 0.63 or 0.76 to 0.83 as\nclaimed ([Wong]({PAGE}#wong-2021)).",
        f"Two thirds, 67%, were missed ([Wong]({PAGE}#wong-2021)). A PPV of 0.121 [follows]({PAGE}#esm-counts).",
        "Wong A. JAMA Intern Med 2021;181(8):1065-1070. [doi](https://doi.org/10.1001/jamainternmed.2021.2626)",
        f"45 CFR 164.514(b)(2) lists 18 classes ([Safe Harbor]({PAGE}#hipaa-safe-harbor)).",
        f"Article 22(4), recital 26 and § 170.315(b)(11) ([GDPR]({PAGE}#gdpr-art-22)).",
        f"HTI-1 has 31 attributes since 1 January 2025 ([HTI-1]({PAGE}#hti-1)).",
        f"Annex I waits until 2 August 2028 ([amendment]({PAGE}#eu-ai-omnibus), looked up on 23 November 2026).",
        f"- [DECIDE-AI]({PAGE}#decide-ai): 17 items\n- [TRIPOD+AI]({PAGE}#tripod-ai): 27 items",
        f"1. In 1974-75 came 3,059 more ([NHANES]({PAGE}#nhanes-1)).",
        f"Equation: `141 x 0.993` and $1.018$ ([2009]({PAGE}#ckd-epi-2009)).",
    ],
)
def test_a_number_of_the_entry_is_held(register, markdown):
    assert unheld(markdown, register) == []


@pytest.mark.parametrize(
    ("markdown", "says"),
    [
        (f"It missed 1,790 stays ([Wong]({PAGE}#wong-2021)).", ["1,790", "wong-2021"]),
        (f"It missed 76 % ([Wong]({PAGE}#wong-2021)).", ["76 %", "wong-2021"]),
        (f"It missed\n1,790 stays\n([Wong]({PAGE}#wong-2021)).", ["1,790", "wong-2021"]),
        (f"PROBAST+AI has 5 domains ([entry]({PAGE}#probast-ai)).", ["5", "probast-ai"]),
        (
            f"Annex I waits until 2 August 2027 ([law]({PAGE}#eu-ai-omnibus)).",
            ["2 Aug 2027", "eu-ai-omnibus"],
        ),
        (
            f"- [DECIDE-AI]({PAGE}#decide-ai): 27 items\n- [TRIPOD+AI]({PAGE}#tripod-ai): 27 items",
            ["decide-ai"],
        ),
        ("A study said 1,234 (DOI).", ["1,234"]),
        (f"One in 4,321.\n\nAnother paragraph ([Wong]({PAGE}#wong-2021)).", ["4,321", "No cell beside it"]),
        (
            "Gebru 1,234 [doi:10.1145/3458723](https://doi.org/10.1145/3458723)",
            ["1,234", "datasheets"],
        ),
    ],
)
def test_a_number_that_nothing_holds_is_seen(register, markdown, says):
    (problem,) = unheld(markdown, register)
    for word in ["a.py [cell 1]", *says]:
        assert word in problem


def test_a_cell_beside_it_still_holds_a_number_in_a_paragraph_that_cites(register):
    text = f"Of 4,321 here, 67 % there ([Wong]({PAGE}#wong-2021))."
    book = notebook(("code", "n = 4321\nassert n == 4321"), ("markdown", text))
    assert numbers.unheld("a.py", book, register) == []


def test_a_line_with_an_unknown_link_is_told_once(register):
    text = "A study of 4,321 people (https://example.org/study)."
    assert unheld(text, register) == []
    assert len(citations.check("a.py", text, register)) == 1


def test_without_a_register_a_line_with_a_link_is_passed_over():
    book = notebook(("markdown", "4,321 people (https://example.org/study)."))
    assert numbers.unheld("a.py", book) == []


def test_blocks_are_paragraphs_items_and_rows():
    text = "# Title\nOne\ntwo.\n\n- a\n  more\n- b\n\n| x |\n| y |\nend"
    found = [block.strip() for block in numbers.blocks(text)]
    assert [block for block in found if block] == [
        "# Title",
        "One\ntwo.",
        "- a\n  more",
        "- b",
        "| x |",
        "| y |",
        "end",
    ]
    assert "\n".join(numbers.blocks(text)) == text


@pytest.mark.parametrize(
    ("text", "percent", "name", "holds"),
    [
        ("0.63", False, "wong-2021", True),
        ("63", True, "wong-2021", False),  # an AUC is no percentage of anything
        ("13", True, "esm-v2", True),  # a PPV of 0.13 may be told as 13 %
        ("0.12", False, "esm-counts", True),
        ("12", True, "esm-counts", True),
        ("13", True, "esm-counts", False),
        ("89", True, "hipaa-safe-harbor", False),  # an age is no percentage
        ("20,000", False, "hipaa-safe-harbor", True),
    ],
)
def test_percent_and_share(register, text, percent, name, holds):
    assert numbers.in_register(text, percent, [register.entries[name]]) == holds


# --- all together ------------------------------------------------------------------------------------------------


def change(course, file, old, new):
    path = course / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_check_of_a_course_sees_citations_and_warns_of_old_entries(small_course):
    lesson = "authoring/lessons/11_template.py"
    change(
        small_course,
        lesson,
        "# - Author, title, year, with a DOI that somebody has opened.",
        f"# - Missed 1,790 stays ([Wong]({PAGE}#wong-2021)); [a study](https://example.org/study).\n"
        f"#\n# 27 people ([Wong]({PAGE}#wong-2020)). 18 ([entry]({PAGE}#hipaa-safe-harbor)).",
    )
    build.build(small_course)
    report = check.run(small_course, today=date(2028, 1, 1))
    found = "\n".join(str(p) for p in report.problems if p.file == lesson)
    assert "example.org/study belongs to no entry" in found
    assert "Cites wong-2020" in found
    assert len(report.warnings) == len(registers.load(small_course).entries)
    assert "hipaa-safe-harbor" in "\n".join(report.warnings)
    assert not [p for p in report.problems if "Was last checked" in str(p)]


def test_a_fresh_register_warns_of_nothing(root):
    register = registers.load(root)
    newest = max(entry.checked for entry in register.entries.values())
    assert registers.warnings(register, newest) == []
