"""Tools of the course: build and check its notebooks, grade exercises, and rebuild its datasets."""

__version__ = "0.3.0"
