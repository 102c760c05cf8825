"""A learner's journey: what was earned, what comes next, worked solutions, a portfolio.

In a notebook: `show_map()` draws the course map with one's own points on it, and `grade_myself("12_data_quality")`
grades a saved exercise as `start.py grade` does in a terminal. Both only read the learner's notebooks.
"""

from __future__ import annotations

__all__ = ["grade_myself", "show_map"]


def show_map() -> None:
    """Show the course map with what you have earned so far, and refresh `my-work/progress.html`.

    It never stops a notebook: when something cannot be read, a sentence says so.
    """
    from curriculum.journey import notebook

    notebook.show_map()


def grade_myself(exercise: str) -> None:
    """Grade your saved copy of an exercise from a notebook, with visible and hidden tests.

    Parameters
    ----------
    exercise : str
        Its id, such as `"12_data_quality"`. Call it from another notebook than the exercise itself.
    """
    from curriculum.journey import notebook

    notebook.grade_myself(exercise)
