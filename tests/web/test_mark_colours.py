"""The colours of highlights stay apart without red or green, and each has a line of its own kind."""

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static/css/marks.css").read_text()
COLOURS = ("yellow", "green", "blue", "pink")
# What is light, sepia and dark; what follows the system's scheme is the dark one again.
THEMES = {"light": 0, "sepia": 1, "dark": 2}
# How the eye without the one receptor sees linear light (Machado, Oliveira and Fernandes, 2009).
SEEN = {
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
}
# Differences in OKLab; 0.02 is what one just sees.
FILLS_APART, LINES_APART = 0.03, 0.045

Rows = tuple[tuple[float, float, float], ...]
TO_CONES: Rows = ((0.4122, 0.5363, 0.0514), (0.2119, 0.6807, 0.1074), (0.0883, 0.2817, 0.6300))
TO_OKLAB: Rows = ((0.2105, 0.7936, -0.0041), (1.9780, -2.4286, 0.4506), (0.0259, 0.7828, -0.8087))


def apply(rows: Rows, values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(part * value for part, value in zip(row, values, strict=True)) for row in rows)


def see(colour: str, rows: Rows) -> tuple[float, ...]:
    """Return in OKLab how the colour looks."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    seen = tuple(min(1, max(0, part)) for part in apply(rows, linear))
    return apply(TO_OKLAB, tuple(part ** (1 / 3) for part in apply(TO_CONES, seen)))


def find_nearest(colours: list[str], rows: Rows) -> float:
    looks = [see(colour, rows) for colour in colours]
    return min(math.dist(*pair) for pair in combinations(looks, 2))


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("theme", THEMES)
def test_no_two_colours_look_the_same(theme: str, eye: str) -> None:
    fills = [re.findall(rf"--hl-{name}: (#\w{{6}})", CSS)[THEMES[theme]] for name in COLOURS]
    lines = [re.findall(rf"--hl-line-{name}: (#\w{{6}})", CSS)[theme == "dark"] for name in COLOURS]

    assert find_nearest(fills, SEEN[eye]) > FILLS_APART
    assert find_nearest(lines, SEEN[eye]) > LINES_APART


def test_each_has_a_line_of_its_own_kind() -> None:
    kinds = [re.findall(rf"\.hl--{name} .*--hl-style: (\w+)", CSS) for name in COLOURS]
    assert len({kind for (kind,) in kinds}) == len(COLOURS)
