"""Do sixty mixed submissions get the grades that stock nbgrader gives? Every score, flag, penalty and error.

    python benchmarks/equality.py                  # 15 submissions to each of four exercises
    python benchmarks/equality.py --each 4 12_data_quality

Stock nbgrader grades each with a kernel of its own, so this takes a quarter of an hour. Prints every difference and
writes benchmarks/results/equality.json. A part of it runs in the suite (tests/test_sandbox_equality.py).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "equality.json"
EXERCISES = ("11_label_and_population", "12_data_quality", "13_privacy", "14_dicom")
sys.path.insert(0, str(ROOT / "tests"))

from fixtures import mixed_class  # noqa: E402

from curriculum.grading.sandbox import walls  # noqa: E402


def main() -> None:
    """Grade both ways and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exercises", nargs="*", default=list(EXERCISES))
    parser.add_argument("--each", type=int, default=15, help="submissions to each exercise")
    wanted = parser.parse_args()
    rows, found = {}, []
    for exercise in wanted.exercises:
        handed_in = mixed_class.submissions(ROOT, exercise, wanted.each)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            base = Path(scratch)
            stock = mixed_class.grade(base / "stock", ROOT, exercise, handed_in, stock=True)
            ours = mixed_class.grade(base / "ours", ROOT, exercise, handed_in, stock=False)
        differs = mixed_class.differences(stock, ours)
        found += [f"{exercise} {line}" for line in differs]
        cells = [cell for submission in stock.values() for cell in submission.cells.values()]
        rows[exercise] = {
            "submissions": len(stock),
            "scores": len(cells),
            "open": sum(cell.score is None for cell in cells),
            "late": sum(bool(submission.penalty) for submission in stock.values()),
            "errors": sum(len(cell.errors) for cell in cells)
            + sum(len(s.own_errors) for s in stock.values()),
            "differences": len(differs),
        }
        print(f"\n{exercise}: {rows[exercise]}")
    print(*found, sep="\n")
    result = {"way": walls.found()[0], "exercises": rows, "differences": found}
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
