"""What the tests of finding share: a picture of three coloured things and a white one."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw
from tiny_regions import TinyRegions

from semcs.finding import RegionFinder

RED, BLUE, WHITE, GREY = (200, 30, 30), (30, 60, 200), (255, 255, 255), (128, 128, 128)
THINGS = {
    "red left": ((16, 16, 47, 47), RED),
    "red right": ((164, 16, 211, 63), RED),
    "blue": ((76, 84, 119, 127), BLUE),
    "white": ((148, 100, 211, 143), WHITE),
}


@pytest.fixture(scope="session")
def scene():
    """240×160: two red squares, a blue one and a white one on grey."""
    image = Image.new("RGB", (240, 160), GREY)
    draw = ImageDraw.Draw(image)
    for box, colour in THINGS.values():
        draw.rectangle(box, colour)
    return image


@pytest.fixture
def family(make_family):
    return make_family(regions=TinyRegions)


@pytest.fixture
def finder(family, scene):
    finder = RegionFinder(family)
    finder.set_image(scene)
    return finder
