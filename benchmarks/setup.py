"""How long setting up takes, how much room it needs, and how soon a page can be used.

    python3 benchmarks/setup.py                      uv and pip, each with an empty and a filled cache
    python3 benchmarks/setup.py --only uv            only one of them

Each run copies the course to an empty folder and calls `start.py --no-browser` there, as a learner does.
"Page" is the time from that call until the start page and the list of kernels answer. Results are printed
as a table and written to benchmarks/results/setup.json. Needs the package index; standard library only.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks/results/setup.json"
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".grading", "my-work", "__pycache__", ".*_cache", ".cache", ".ipynb_checkpoints"
)


def megabytes(folder: Path) -> float:
    """Size of the files of a folder in MB (10^6 bytes); a file with two names in it counts once."""
    seen, total = set(), 0
    for path in folder.rglob("*"):
        info = path.lstat()
        if stat.S_ISREG(info.st_mode) and (info.st_dev, info.st_ino) not in seen:
            seen.add((info.st_dev, info.st_ino))
            total += info.st_size
    return total / 1e6


def answers(url: str) -> bool:
    """Whether a page answers with status 200."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with contextlib.suppress(OSError), opener.open(url, timeout=20) as page:
        return page.status == 200
    return False


def open_course(folder: Path, env: dict[str, str]) -> dict[str, float]:
    """Call start.py, wait until the page can be used, and stop it.

    Returns
    -------
    dict
        `page`: seconds to a usable page. `setup`: seconds of it that setting up took, if any was needed.

    Raises
    ------
    RuntimeError
        When start.py ends before a page answers; with what it said.
    """
    begin = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "start.py", "--no-browser"], cwd=folder, env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said, result = "", {"setup": 0.0}
    try:
        for line in process.stdout:
            said += line
            if line.startswith("Set up in"):
                result["setup"] = time.monotonic() - begin
            if found := re.search(r"(http://[\d.:]+)(/\S*token=(\w+))", line):
                while not (
                    answers(found[1] + found[2]) and answers(f"{found[1]}/api/kernelspecs?token={found[3]}")
                ):
                    time.sleep(0.05)
                result["page"] = time.monotonic() - begin
                return result
        raise RuntimeError(f"start.py ended without a page:\n{said}")
    finally:
        process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


def measure(tool: str, scratch: Path) -> list[dict]:
    """Two set-ups with one tool: first with an empty cache, then with the cache that it filled."""
    cache = scratch / f"cache-{tool}"
    env = os.environ | {
        "CURRICULUM_INSTALLER": tool, "UV_CACHE_DIR": str(cache), "PIP_CACHE_DIR": str(cache),
        "HOME": str(scratch / "home"), "JUPYTER_CONFIG_DIR": str(scratch / "home/jupyter"),
    }  # fmt: skip
    env.pop("CURRICULUM_TEST_RUN", None)
    rows = []
    for state in ("empty", "filled"):
        folder = scratch / f"{tool}-{state}"
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
        row = {
            "tool": tool,
            "cache": state,
            "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else -1.0,
        }
        first = open_course(folder, env)
        row |= {"setup_s": first["setup"], "first_page_s": first["page"]}
        row["second_page_s"] = min(open_course(folder, env)["page"] for _ in range(3))
        row["installed_mb"] = megabytes(folder / ".venv")
        rows.append(row)
        print(line(row), flush=True)
        shutil.rmtree(folder)
    return rows


def line(row: dict) -> str:
    """One row of the table."""
    return (
        f"{row['tool']:4}  {row['cache']:6}  {row['setup_s']:8.1f}  {row['first_page_s']:11.1f}  "
        f"{row['second_page_s']:12.1f}  {row['installed_mb']:9.0f}  {row['load']:5.1f}"
    )


def main() -> int:
    """The command line; see the top of the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=("uv", "pip"), help="measure one tool")
    options = parser.parse_args()
    tools = [options.only] if options.only else ["uv", "pip"]
    if "uv" in tools and shutil.which("uv") is None:
        print("uv is not on the PATH, so only pip is measured.")
        tools.remove("uv")
    print("tool  cache   set-up s  first page s  later pages s  installed MB  load before")
    rows = []
    with tempfile.TemporaryDirectory(prefix="setup-benchmark-") as scratch:
        (Path(scratch) / "home").mkdir()
        for tool in tools:
            rows += measure(tool, Path(scratch))
    RESULT.parent.mkdir(exist_ok=True)
    with contextlib.suppress(
        OSError, ValueError, KeyError
    ):  # keep what an earlier run says of the other tool
        earlier = json.loads(RESULT.read_text(encoding="utf-8"))["rows"]
        rows += [row for row in earlier if row["tool"] not in tools]
    RESULT.write_text(
        json.dumps(
            {
                "command": "python3 benchmarks/setup.py",
                "date": time.strftime("%Y-%m-%d"),
                "machine": f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}",
                "rows": [
                    {k: round(v, 2) if isinstance(v, float) else v for k, v in row.items()} for row in rows
                ],
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    print(
        f"Written to {RESULT.relative_to(ROOT).as_posix()}; load is the number of processes waiting before."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
