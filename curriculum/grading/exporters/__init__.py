"""Grades for Canvas and for Moodle, and points by objective, as plugins of `nbgrader export`.

Where there is no grade there is an empty cell and a state, never a silent 0. `curriculum export` calls the same.
"""

from __future__ import annotations

from curriculum.grading.exporters.plugins import (
    CanvasExportPlugin,
    CourseExportPlugin,
    MoodleExportPlugin,
    ObjectivesExportPlugin,
)
from curriculum.grading.exporters.sheets import ExportError

__all__ = [
    "CanvasExportPlugin",
    "CourseExportPlugin",
    "ExportError",
    "MoodleExportPlugin",
    "ObjectivesExportPlugin",
]
