"""Figures that everyone can read: shown once, with a text alternative for those who do not see them."""

from __future__ import annotations

import base64
import io
from html import escape

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.figure import Figure


def show(figure: Figure, alt: str) -> None:
    """Show a figure with a text alternative.

    JupyterLab and nbconvert put no text alternative on a plain image output, so the image is shown
    as HTML with an `alt` text that screen readers and exported pages carry.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The finished figure; it is closed afterwards, so that it does not appear twice.
    alt : str
        What a reader has to know who cannot see it: the finding with its numbers, in one to three sentences.

    Raises
    ------
    ValueError
        When `alt` is too short to tell a finding (fewer than five words).
    """
    words = alt.split()
    if len(words) < 5:
        raise ValueError(
            "Say in a sentence what the figure shows; the text alternative is all that some readers get."
        )
    text = " ".join(words)
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    plt.close(figure)
    data = base64.b64encode(picture.getvalue()).decode()
    html = f'<img src="data:image/png;base64,{data}" alt="{escape(text)}" style="max-width: 100%">'
    display({"text/html": html, "text/plain": f"[Figure: {text}]"}, raw=True)
