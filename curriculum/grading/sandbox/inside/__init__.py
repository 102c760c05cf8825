"""What runs behind the wall: the warm parent and the children that it forks.

Python's standard library and IPython only: nothing else of this package is there, and none of the course.
"""
