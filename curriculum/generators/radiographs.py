"""SYNTHETIC: drawings that look a little like chest films, with a tag in the corner that a model can cheat with.

Nobody was X-rayed. Two made-up hospitals, North and South. At North the people with a finding lie on a ward that
uses a portable machine, and that machine prints a bright P into the upper corner; so at North the P goes with
the finding. At South the portable machine is used for everybody alike, and the P says nothing. The true sign is
a faint pale patch in one of the two dark lung fields.

Everything is drawn with whole numbers (sums, products, floor division), so the bytes are the same on every
system. What is planted, how often and why stands in `datasets/radiographs/datasheet.md`; the numbers are the
constants below, and `tests/data/test_radiographs.py` counts every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.generators.dice import Dice

SEED = 2

SIZE = 32  # pixels, height and width
TAG = ("###", "#.#", "###", "#..", "#..")  # the letter P, 5 rows of 3 pixels
TAG_ROW, TAG_COLUMN = 1, 28  # its upper left pixel
TAG_BOX = (slice(0, 6), slice(27, 32))  # rows and columns that hide the tag: images[:, 0:6, 27:32] = 0
LUNG_COLUMNS = (10, 22)  # the middle of the left and the right lung field in the picture
PATCH_GREY = 44  # how much paler the middle of the true sign is, of 255; it fades to nothing at its edge
COLUMNS = "image,hospital,split,finding,marker,fault,quality"


@dataclass(frozen=True)
class Group:
    """How many pictures of one kind are drawn.

    Attributes
    ----------
    pictures, tagged : int
        Pictures in all, and those with the P.
    slight_blur, blur, under_exposed : int
        Pictures with that fault; a slightly blurred picture can still be read, the other two cannot.
    """

    pictures: int
    tagged: int
    slight_blur: int
    blur: int
    under_exposed: int


# (hospital, split, finding): people who are short of breath cannot hold still, so more pictures with a finding
# are spoilt than pictures without.
GROUPS = {
    ("north", "train", 1): Group(pictures=100, tagged=94, slight_blur=5, blur=4, under_exposed=4),
    ("north", "train", 0): Group(pictures=100, tagged=6, slight_blur=5, blur=2, under_exposed=2),
    ("north", "test", 1): Group(pictures=40, tagged=37, slight_blur=2, blur=2, under_exposed=2),
    ("north", "test", 0): Group(pictures=40, tagged=3, slight_blur=2, blur=1, under_exposed=1),
    ("south", "test", 1): Group(pictures=60, tagged=30, slight_blur=3, blur=4, under_exposed=4),
    ("south", "test", 0): Group(pictures=60, tagged=30, slight_blur=3, blur=2, under_exposed=2),
}

Picture = list[list[int]]


@dataclass(frozen=True)
class Film:
    """What is drawn in one picture."""

    hospital: str
    split: str
    finding: int  # 1: a pale patch in a lung field
    marker: int  # 1: the P of the portable machine
    fault: str  # clear, slight_blur, blur or under_exposed

    @property
    def quality(self) -> str:
        return "readable" if self.fault in ("clear", "slight_blur") else "ungradable"


def generate(seed: int = SEED) -> dict[str, bytes]:
    """`images.npy` (pictures x 32 x 32, grey 0 to 255) and `images.csv`, one row a picture, in the same order."""
    dice = Dice(seed)
    films = _films(dice)
    pixels = bytearray()
    for film in films:
        for row in _drawn(dice, film):
            pixels += bytes(row)
    lines = [
        f"{number},{film.hospital},{film.split},{film.finding},{film.marker},{film.fault},{film.quality}"
        for number, film in enumerate(films)
    ]
    return {
        "images.csv": ("\n".join([COLUMNS, *lines]) + "\n").encode("ascii"),
        "images.npy": _npy_header(len(films)) + bytes(pixels),
    }


def _films(dice: Dice) -> list[Film]:
    """All films in random order within each hospital and split."""
    films: list[Film] = []
    for hospital, split in (("north", "train"), ("north", "test"), ("south", "test")):
        part: list[Film] = []
        for finding in (1, 0):
            group = GROUPS[hospital, split, finding]
            tags = dice.shuffled([1] * group.tagged + [0] * (group.pictures - group.tagged))
            faults = ["slight_blur"] * group.slight_blur + ["blur"] * group.blur
            faults += ["under_exposed"] * group.under_exposed
            faults = dice.shuffled(faults + ["clear"] * (group.pictures - len(faults)))
            part += [
                Film(hospital, split, finding, marker, fault)
                for marker, fault in zip(tags, faults, strict=True)
            ]
        films += dice.shuffled(part)
    return films


@dataclass(frozen=True)
class Oval:
    """An upright oval: centre and half axes in pixels."""

    row: int
    column: int
    high: int
    wide: int

    def depths(self) -> Picture:
        """For each pixel: 1000 in the centre, 0 at the edge, less than 0 outside."""
        down = [1000 * (row - self.row) ** 2 // self.high**2 for row in range(SIZE)]
        across = [1000 * (column - self.column) ** 2 // self.wide**2 for column in range(SIZE)]
        return [[1000 - high - wide for wide in across] for high in down]


def _drawn(dice: Dice, film: Film) -> Picture:
    """One picture: body, lungs, ribs, heart, diaphragm, then the sign, the fault, and last the tag."""
    up, side = dice.whole(-1, 1), dice.whole(-1, 1)
    grown = dice.whole(0, 1)
    lungs = [_lung(LUNG_COLUMNS[0], up, side, grown, dice.whole(0, 1))]
    lungs += [_lung(LUNG_COLUMNS[1], up, side, grown, dice.whole(0, 1))]
    heart = Oval(20 + up, 18 + side, 5, 4 + dice.whole(0, 1))
    body = Oval(19 + up, 16 + side, 21, 17)
    air = 62 + dice.whole(-6, 6)  # how dark the lungs are in this picture
    ribs = 4 + up + dice.whole(0, 3)  # where the first rib stands
    patch = _patch(dice, lungs, film.finding)
    shadows = [_patch(dice, lungs, 1) for _ in range(dice.whole(0, 2))]  # harmless: vessels, skin folds

    in_body, in_heart = body.depths(), heart.depths()
    in_lungs = [lung.depths() for lung in lungs]
    in_patch = patch.depths() if patch else None
    in_shadows = [shadow.depths() for shadow in shadows]
    whole = dice.whole
    picture = []
    for row in range(SIZE):
        line = []
        for column in range(SIZE):
            inside = in_body[row][column]
            grey = 12 if inside < 0 else 150 - 5 * row // 8
            lung = in_lungs[column >= 16 + side][row][column]  # they do not reach over the middle
            if lung > 0:
                grey = air + max(0, 60 - lung // 3)
                across = column - (16 + side)
                if (row - ribs - across * across // 32) % 4 == 0:
                    grey += 22
                if in_patch:
                    grey += PATCH_GREY * max(0, in_patch[row][column]) // 1000
                for shadow in in_shadows:
                    grey += 10 * max(0, shadow[row][column]) // 1000
            if abs(column - 16 - side) <= 1:  # spine and great vessels
                grey = max(grey, 158)
            if in_heart[row][column] > 0:
                grey = max(grey, 168)
            dome = abs(column - LUNG_COLUMNS[column >= 16] - side)
            if row >= 23 + up + dome * dome // 11 and inside > 0:  # diaphragm
                grey = max(grey, 172)
            if row == 4 + up and 5 <= abs(column - 16 - side) <= 11:  # collar bones
                grey += 20
            line.append(grey + whole(-9, 9) + whole(-9, 9))
        picture.append(line)

    if film.fault == "slight_blur":
        picture = _blurred(picture, 1)
    elif film.fault == "blur":
        picture = _blurred(picture, 4)
    elif film.fault == "under_exposed":
        picture = [[170 + grey // 6 + dice.whole(-24, 24) for grey in line] for line in picture]
    if film.marker:
        for down, dots in enumerate(TAG):
            for across, dot in enumerate(dots):
                if dot == "#":
                    picture[TAG_ROW + down][TAG_COLUMN + across] = 235 + dice.whole(-10, 10)
    return [[min(max(grey, 0), 255) for grey in line] for line in picture]


def _lung(column: int, up: int, side: int, taller: int, wider: int) -> Oval:
    """A lung field around `column`, moved by `up` and `side` (-1 to 1), one pixel taller or wider for a 1."""
    return Oval(15 + up, column + side, 10 + taller, 5 + wider)


def _patch(dice: Dice, lungs: list[Oval], wanted: int) -> Oval | None:
    """A round patch in a lung field, beside the heart shadow and above the diaphragm; None when none is wanted."""
    behind_heart = dice.chance(0.5)  # the lung on the right of the picture, which the heart partly covers
    lung = lungs[1] if behind_heart else lungs[0]
    row = dice.whole(lung.row - 6, lung.row + (1 if behind_heart else 4))
    column = dice.whole(lung.column - (0 if behind_heart else 2), lung.column + 2)
    radius = dice.whole(5, 6)
    return Oval(row, column, radius, radius) if wanted else None


def _blurred(picture: Picture, times: int) -> Picture:
    """Each pixel becomes the mean of its 3 x 3 neighbourhood (floor), `times` over."""
    last = SIZE - 1
    for _ in range(times):
        picture = [
            [
                sum(
                    picture[min(max(row + down, 0), last)][min(max(column + across, 0), last)]
                    for down in (-1, 0, 1)
                    for across in (-1, 0, 1)
                )
                // 9
                for column in range(SIZE)
            ]
            for row in range(SIZE)
        ]
    return picture


def _npy_header(pictures: int) -> bytes:
    """The head of an .npy file, format 1.0, of unsigned bytes; written here so that no version changes it."""
    text = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({pictures}, {SIZE}, {SIZE}), }}"
    padded = text.ljust(128 - 10 - 1) + "\n"  # 10 bytes stand before the text; the whole head takes 128
    return b"\x93NUMPY\x01\x00" + len(padded).to_bytes(2, "little") + padded.encode("ascii")
