"""Text drawn into pixels with a small font of our own: capitals, digits, `.`, `-`, `:` and the space.

No font library and no font file: the same text gives the same pixels on every machine.
"""

from __future__ import annotations

import numpy as np

HEIGHT, WIDTH = 7, 5  # of one character, in pixels; one empty column stands between two characters
_ROWS = {  # seven rows of five bits each, two hexadecimal digits a row
    "A": "0E11111F111111",
    "B": "1E11111E11111E",
    "C": "0E11101010110E",
    "D": "1E11111111111E",
    "E": "1F10101E10101F",
    "F": "1F10101E101010",
    "G": "0E11101711110F",
    "H": "1111111F111111",
    "I": "0E04040404040E",
    "J": "0702020202120C",
    "K": "11121418141211",
    "L": "1010101010101F",
    "M": "111B1515111111",
    "N": "11111915131111",
    "O": "0E11111111110E",
    "P": "1E11111E101010",
    "Q": "0E11111115120D",
    "R": "1E11111E141211",
    "S": "0F10100E01011E",
    "T": "1F040404040404",
    "U": "1111111111110E",
    "V": "11111111110A04",
    "W": "1111111515150A",
    "X": "11110A040A1111",
    "Y": "11110A04040404",
    "Z": "1F01020408101F",
    "0": "0E11131519110E",
    "1": "040C040404040E",
    "2": "0E11010204081F",
    "3": "1F02040201110E",
    "4": "02060A121F0202",
    "5": "1F101E0101110E",
    "6": "0608101E11110E",
    "7": "1F010204080808",
    "8": "0E11110E11110E",
    "9": "0E11110F01020C",
    ".": "00000000000C0C",
    "-": "0000001F000000",
    ":": "000C0C000C0C00",
    " ": "00000000000000",
}


def letters(text: str) -> np.ndarray:
    """A line of text as an array of True (ink) and False: 7 rows, 6 columns a character less the last gap.

    Raises
    ------
    KeyError
        For a character that the font does not have.
    """
    mask = np.zeros((HEIGHT, (WIDTH + 1) * len(text) - 1), dtype=bool)
    for position, character in enumerate(text):
        for row, bits in enumerate(bytes.fromhex(_ROWS[character])):
            for column in range(WIDTH):
                mask[row, position * (WIDTH + 1) + column] = bits >> (WIDTH - 1 - column) & 1
    return mask


def write(image: np.ndarray, lines: list[str], row: int, column: int, ink: int) -> tuple[int, int, int, int]:
    """Draw lines of text into `image`, in place, from its pixel (`row`, `column`) on; two empty rows between lines.

    Returns
    -------
    tuple of int
        The box of the text: first row, row after the last, first column, column after the last.

    Raises
    ------
    ValueError
        When the text does not fit.
    """
    right = column
    for number, text in enumerate(lines):
        mask = letters(text)
        top = row + number * (HEIGHT + 2)
        if top + HEIGHT > image.shape[0] or column + mask.shape[1] > image.shape[1]:
            raise ValueError(f"{text!r} does not fit into an image of {image.shape}.")
        image[top : top + HEIGHT, column : column + mask.shape[1]][mask] = ink
        right = max(right, column + mask.shape[1])
    return row, row + len(lines) * (HEIGHT + 2) - 2, column, right
