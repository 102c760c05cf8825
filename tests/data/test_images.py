"""images: the figures of their datasheet."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

FOLDER = Path(__file__).resolve().parents[2] / "datasets" / "images"
NAME = "images"


def pixels(file: str) -> np.ndarray:
    """Brightness from 0 to 255 as floats: height x width, and x 3 in colour."""
    with Image.open(FOLDER / file) as image:
        return np.asarray(image).astype(float)


def sharpness(grey: np.ndarray) -> float:
    """Variance of the Laplacian, borders left out."""
    middle = -4 * grey[1:-1, 1:-1]
    return float((middle + grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]).var())


def shrunk(grey: np.ndarray, times: int) -> np.ndarray:
    """Blocks of `times` x `times` pixels replaced by their mean."""
    height, width = (n // times for n in grey.shape)
    return grey[: height * times, : width * times].reshape(height, times, width, times).mean((1, 3))


@pytest.fixture(scope="module")
def retina() -> np.ndarray:
    return pixels("retina.jpg")


@pytest.fixture(scope="module")
def circle(retina: np.ndarray) -> np.ndarray:
    height, width = retina.shape[:2]
    y, x = np.mgrid[:height, :width]
    return (y - height / 2) ** 2 + (x - width / 2) ** 2 < (0.49 * width) ** 2


@pytest.fixture(scope="module")
def spots() -> np.ndarray:
    return pixels("microaneurysms.png")


@pytest.fixture(scope="module")
def tissue() -> np.ndarray:
    return pixels("ihc.png")


def test_three_pictures(retina: np.ndarray, spots: np.ndarray, tissue: np.ndarray, says) -> None:
    assert (retina.shape, spots.shape, tissue.shape) == ((1411, 1411, 3), (102, 102), (512, 512, 3))
    size = {path.name: path.stat().st_size for path in FOLDER.glob("*.[jp][pn]g")}
    assert len(size) == 3
    says(
        NAME,
        f"{sum(size.values()) / 1e6:.2f} MB",
        *(f"{size[file] / 1000:.0f} kB |" for file in ("retina.jpg", "microaneurysms.png", "ihc.png")),
        "1,411 x 1,411 |",
        "102 x 102 |",
        "512 x 512 |",
    )


def test_the_border_counts(retina: np.ndarray, circle: np.ndarray, says) -> None:
    red = retina[..., 0]
    black = (retina.mean(-1) < 10).mean() * 100
    assert black == pytest.approx(23.2, abs=0.1)
    assert (retina.mean(-1)[~circle] < 10).mean() > 0.9  # the dark is outside
    says(
        NAME,
        "23.2 % of the pixels",
        f"{red.mean():.0f} over the whole picture and {red[circle].mean():.0f} inside",
    )


def test_sharpness_depends_on_size(retina: np.ndarray, says) -> None:
    green = retina[..., 1]
    middle = slice(400, 1000)
    got = [
        sharpness(green[middle, middle]),
        sharpness(ndimage.uniform_filter(green, 9)[middle, middle]),
        sharpness(shrunk(green, 2)[200:500, 200:500]),
        sharpness(shrunk(green, 8)[50:125, 50:125]),
    ]
    assert got == [pytest.approx(value, rel=0.03, abs=0.03) for value in (7.0, 0.1, 22.3, 136.7)]
    says(NAME, "7.0 as it is, 0.1 after a 9 x 9 blur, but 22.3 at half size and 136.7 at an eighth")


def test_each_picture_has_its_own_scale(spots: np.ndarray, tissue: np.ndarray, says) -> None:
    says(
        NAME,
        f"{sharpness(spots):.1f} for `microaneurysms.png` and {sharpness(tissue[..., 1]):.1f} for the green",
    )


def test_red_is_full(retina: np.ndarray, circle: np.ndarray, says) -> None:
    mean, high = retina[circle].mean(0), (retina[circle] >= 250).mean(0) * 100
    assert high[1] == high[2] == 0 and high[0] == pytest.approx(2.0, abs=0.05)
    says(
        NAME,
        f"{mean[0]:.0f} in red, {mean[1]:.0f} in green and {mean[2]:.0f} in blue, and 2.0 % of the red values",
    )


def test_a_mark_at_the_edge(retina: np.ndarray, circle: np.ndarray) -> None:
    """Light outside the circle at the upper right, and dark in the other three corners at the same place."""
    outside = np.where(circle, 0, retina.mean(-1)) > 50
    height, width = outside.shape
    y, x = np.mgrid[:height, :width]
    far = outside & ((y - height / 2) ** 2 + (x - width / 2) ** 2 > (0.5 * width) ** 2)
    corner = far[: height // 2, width // 2 :].sum()
    assert corner > 1000 and far.sum() - corner < corner / 10


def test_the_optic_disc_is_on_the_left(retina: np.ndarray, circle: np.ndarray) -> None:
    brightest = np.argmax(ndimage.uniform_filter(np.where(circle, retina[..., 1], 0), 25))
    assert brightest % retina.shape[1] < retina.shape[1] / 3  # of a left eye, seen from the front


def test_dark_is_not_a_lesion(spots: np.ndarray, says) -> None:
    _, few = ndimage.label(spots < 60)
    labels, _ = ndimage.label(spots < 60)
    places = ndimage.center_of_mass(spots < 60, labels, range(1, few + 1))
    assert sum(x > 98 for _, x in places) == 1
    _, many = ndimage.label(spots < 75)
    says(NAME, f"leaves {(spots < 60).sum()} pixels in {few} spots", f"At 75 it is {many} spots")


def test_few_grey_levels(spots: np.ndarray, says) -> None:
    says(
        NAME, f"uses {len(np.unique(spots))} grey levels, from {spots.min():.0f} to {spots.max():.0f} of 255"
    )


def test_imread_returns_two_kinds_of_numbers() -> None:
    import matplotlib.pyplot as plt

    assert plt.imread(FOLDER / "retina.jpg").dtype == np.uint8
    for file in ("microaneurysms.png", "ihc.png"):
        assert plt.imread(FOLDER / file).dtype == np.float32 and plt.imread(FOLDER / file).max() <= 1


def test_more_in_the_file_than_pixels(says) -> None:
    text = (FOLDER / "ihc.png").read_bytes().decode("latin-1")
    found = dict(re.findall(r"(Physical\w+|Lens)=(-?[\d.]+)", text))
    ratio = int(found["PhysicalWidth"]) / int(found["PhysicalHeight"])
    assert float(found["Lens"]) == 20
    for file in ("retina.jpg", "microaneurysms.png"):
        with Image.open(FOLDER / file) as image:
            assert "xmp" not in image.info and not image.getexif(), file
    says(
        NAME,
        f"(PhysicalX {found['PhysicalX']}, PhysicalY {found['PhysicalY']})",
        f"{ratio:.2f} times as wide as high",
    )


def test_brown_is_an_amount_of_colour(tissue: np.ndarray, says) -> None:
    says(NAME, f"In {(tissue[..., 0] - tissue[..., 2] > 40).mean() * 100:.1f} % of the pixels of `ihc.png`")
