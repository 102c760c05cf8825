"""nbgrader where the server starts in the course folder and not in `exercises/`: Binder, or a hub."""

from pathlib import Path

load_subconfig("nbgrader_config.py", path=str(Path(__file__).resolve().parents[2] / "exercises"))  # noqa: F821
