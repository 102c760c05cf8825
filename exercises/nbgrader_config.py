"""How nbgrader works in this course: for instructors, for the build, and for grading one's own copy.

Start nbgrader's commands, or JupyterLab, in this folder. From elsewhere (Binder, a hub), load it with
`load_subconfig("exercises/nbgrader_config.py")`: every path follows from the place of this file.
"""

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from traitlets.config import Application

c = get_config()
here = Path(__file__).resolve().parent

c.CourseDirectory.course_id = "ai-healthcare-specialist"
c.CourseDirectory.root = str(here)

# nbgrader starts the command `alembic` when it makes a gradebook; it is there even if the environment
# is not activated.
if not shutil.which("alembic"):
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])

# Hand-out and hand-in. On a shared machine set NBGRADER_EXCHANGE to a folder that everybody may write to.
exchange = Path(os.environ.get("NBGRADER_EXCHANGE") or Path.home() / "nbgrader-exchange")
c.Exchange.root = str(exchange)
if Application.initialized() and sys.platform != "win32":  # the exchange does not exist on Windows
    exchange.mkdir(parents=True, exist_ok=True)

# What a learner finds in place of a solution. The committed release holds these lines: change them here,
# then run `curriculum build`.
c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("Your answer goes here: write it, then delete this line.")'
}
c.ClearSolutions.text_stub = "Write your answer here, then delete this line."

# A cell may take this many seconds, and a notebook this many in all.
c.Execute.timeout = 30
c.PatientExecute.budget = 300
c.Execute.extra_arguments = ["--log-level=40"]  # a kernel says errors only

# The course's own steps (see curriculum/grading/preprocessors.py): damaged copies are repaired, a warning
# costs no points, a crash costs only its own cell, feedback is readable and keeps hidden tests hidden.
if (here.parent / "curriculum" / "grading").is_dir() and str(here.parent) not in sys.path:
    sys.path.append(str(here.parent))
try:
    from curriculum.grading import collecting
    from curriculum.grading import preprocessors as ours
    from curriculum.grading.gradebook import quick_gradebook, quick_sqlite
except ImportError:
    print(
        "The package `curriculum` is not installed: nbgrader grades with its own steps only.", file=sys.stderr
    )
else:
    from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
    from nbgrader import preprocessors as stock

    c.Autograde.sanitize_preprocessors = [
        stock.ClearOutput,
        ours.Repair,
        stock.DeduplicateIds,
        stock.OverwriteKernelspec,
        ours.PutBack,
        ours.CheckMarks,
    ]
    c.Autograde.autograde_preprocessors = [
        ours.ForkedExecute,
        ours.JudgeByExceptions,
        stock.IgnorePattern,
        stock.LimitOutput,
        ours.SaveGrades,
        stock.AssignLatePenalties,
    ]
    # What was handed in is copied without what a link in it leads to.
    c.ExchangeFactory.collect = collecting.CarefulCollect
    c.ZipCollectApp.extractor_plugin = collecting.CarefulExtractor
    c.Autograde.pre_convert_hook = collecting.before_autograde
    quick_sqlite()
    quick_gradebook()
    c.Autograde.exporter_class = ours.CarefulExporter
    c.CarefulExporter.optimistic_validation = (
        True  # once, at the end of the steps, and once more when written
    )
    c.GenerateFeedback.preprocessors = [stock.GetGrades, ours.ReadableFeedback, CSSHTMLHeaderPreprocessor]
    c.GenerateFeedback.exporter_class = ours.FeedbackExporter
