"""Draws the exhibits' pictures and speaks their guides, from trail.toml into media/.

Run it as `python demo/walk-2021/make_media.py [--no-sound]`. Pictures need Pillow, sounds the Debian packages
espeak-ng and lame. What it made is kept in the repository, so nobody needs to run it.
"""

import io
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent
MEDIA = FOLDER / "media"
INK, PAPER, LINE, SEAL = "#1B1A17", "#FBFAF7", "#E4E0D8", "#9C2C17"
MOSS, AMBER, SLATE, WALL = "#355C43", "#6E4D00", "#4A5568", "#D9D3C6"
WIDTH, HEIGHT, SCALE, SHARPER = 320, 200, 2, 3
COLOURS = 96

Shape = tuple[str, Sequence[float], str] | tuple[str, Sequence[float], str, float]


def bricks(left: float, top: float, right: float, bottom: float) -> Iterator[Shape]:
    """Faint courses of a brick wall."""
    for course, y in enumerate(range(int(top) + 8, int(bottom), 8)):
        yield "line", (left, y, right, y), LINE, 0.8
        for x in range(int(left) + (6 if course % 2 else 14), int(right), 16):
            yield "line", (x, y - 8, x, y), LINE, 0.8


def ground(y: float) -> Iterator[Shape]:
    """A floor line and the light below it."""
    yield "box", (0, y, WIDTH, HEIGHT), "#F1EEE7"
    yield "line", (0, y, WIDTH, y), INK, 1.6


def roof(left: float, right: float, y: float) -> Iterator[Shape]:
    """A tiled roof with eaves that turn up."""
    middle = (left + right) / 2
    yield "area", (left - 14, y, left + 8, y - 22, middle, y - 30, right - 8, y - 22, right + 14, y), SLATE
    for step in range(1, 12):
        x = left - 10 + step * (right - left + 20) / 12
        yield "line", (x, y - 1, middle + (x - middle) * 0.8, y - 22), PAPER, 0.8
    yield "line", (left - 16, y, right + 16, y), INK, 2.4


def gate() -> Iterator[Shape]:
    yield from ground(164)
    yield "box", (80, 66, 240, 164), WALL
    yield from bricks(80, 66, 240, 164)
    yield from roof(80, 240, 66)
    yield "box", (126, 92, 194, 164), INK
    for x in (128, 161):
        yield "box", (x, 108, x + 31, 164), AMBER
        yield "ring", (x + 11, 130, x + 20, 139), PAPER, 1.6
    yield "box", (128, 82, 192, 102), PAPER
    for x in (138, 151, 164, 177):
        yield "box", (x - 4, 87, x + 4, 97), SEAL
    for step in range(3):
        yield "box", (118 - 8 * step, 164 + 7 * step, 202 + 8 * step, 170 + 7 * step), WALL


def desk() -> Iterator[Shape]:
    yield from ground(158)
    yield "box", (36, 34, 150, 96), MOSS
    yield "frame", (36, 34, 150, 96), INK, 2.4
    for y, end in ((52, 124), (64, 108), (76, 118)):
        yield "line", (50, y, end, y), PAPER, 1.4
    yield "area", (112, 112, 262, 112, 276, 122, 100, 122), AMBER
    yield "box", (104, 122, 272, 132), INK
    for x in (112, 258):
        yield "box", (x, 132, x + 7, 172), INK
    yield "line", (118, 158, 260, 158), INK, 2.4
    yield "area", (148, 106, 186, 98, 224, 106, 230, 117, 188, 110, 144, 117), PAPER
    yield "line", (148, 106, 186, 98, 224, 106, 230, 117, 188, 110, 144, 117, 148, 106), INK, 1.4
    yield "line", (186, 98, 188, 110), INK, 1.2
    yield "line", (236, 111, 250, 98), SEAL, 2.4


def lamp() -> Iterator[Shape]:
    yield "box", (0, 0, WIDTH, 200), "#23211D"
    for radius, colour in ((92, "#2F2A22"), (66, "#40371F"), (42, "#5C4A17")):
        yield "disc", (160 - radius, 78 - radius, 160 + radius, 78 + radius), colour
    yield "area", (160, 44, 172, 74, 166, 88, 154, 88, 148, 74), "#F2C14E"
    yield "area", (160, 60, 166, 78, 163, 87, 157, 87, 154, 78), PAPER
    yield "line", (142, 104, 136, 78, 146, 44, 150, 30), "#CFC8B8", 1.8
    yield "line", (178, 104, 184, 78, 174, 44, 170, 30), "#CFC8B8", 1.8
    yield "box", (140, 104, 180, 112), AMBER
    yield "area", (132, 112, 188, 112, 198, 138, 122, 138), SEAL
    yield "box", (146, 138, 174, 150), AMBER
    yield "area", (140, 150, 180, 150, 194, 162, 126, 162), AMBER
    yield "box", (0, 162, WIDTH, 200), "#171613"
    yield "line", (40, 162, 280, 162), "#CFC8B8", 1.4


def sketch() -> Iterator[Shape]:
    yield "frame", (26, 22, 294, 178), LINE, 1.6
    yield "line", (238, 62, 222, 78, 196, 84, 168, 104, 136, 112, 106, 132, 84, 136), SLATE, 3
    for step in range(0, 10, 2):
        yield "disc", (238 - step * 15.4 - 2, 62 + step * 7.4 - 2, 238 - step * 15.4 + 2, 62 + step * 7.4 + 2), PAPER
    for x, y in ((238, 62), (84, 136)):
        yield "area", (x - 13, y - 12, x + 12, y - 14, x + 14, y + 12, x - 12, y + 13), SEAL
        yield "frame", (x - 7, y - 7, x + 7, y + 7), PAPER, 1.4
    for x, y, way in ((264, 40, 1), (62, 158, -1)):
        yield "disc", (x - 4, y - 4, x + 4, y + 4), MOSS
        yield "line", (x - 5 * way, y + 5 * way, x - 16 * way, y + 14 * way), MOSS, 1.6


def books() -> Iterator[Shape]:
    yield from ground(160)
    for x, top, colour in ((70, 62, SEAL), (86, 54, MOSS), (100, 66, SLATE), (116, 58, AMBER), (132, 64, INK)):
        yield "box", (x, top, x + 13, 122), colour
        yield "box", (x + 3, top + 10, x + 10, top + 14), PAPER
    yield "area", (160, 122, 160, 96, 204, 90, 208, 116), PAPER
    yield "area", (208, 116, 204, 90, 248, 96, 250, 122), PAPER
    yield "line", (160, 122, 160, 96, 204, 90, 248, 96, 250, 122, 208, 116, 160, 122), INK, 1.6
    yield "line", (204, 90, 208, 116), INK, 1.6
    for step in range(3):
        yield "line", (168, 102 + 6 * step, 198, 98 + 6 * step), SLATE, 1.2
        yield "line", (212, 98 + 6 * step, 242, 102 + 6 * step), SLATE, 1.2
    yield "box", (44, 122, 276, 132), INK
    yield "box", (56, 132, 64, 176), INK
    yield "box", (256, 132, 264, 176), INK


def lane() -> Iterator[Shape]:
    yield "area", (0, 0, 118, 60, 118, 148, 0, 200), WALL
    yield "area", (320, 0, 202, 60, 202, 148, 320, 200), "#CCC5B6"
    for step in range(1, 6):
        yield "line", (0, 33 * step, 118, 60 + 15 * step), LINE, 1
        yield "line", (320, 33 * step, 202, 60 + 15 * step), PAPER, 1
    yield "area", (0, 200, 118, 148, 202, 148, 320, 200), "#F1EEE7"
    for step in range(5):
        y = 148 + 52 * (step / 5) ** 1.6
        spread = (y - 148) / 52
        yield "line", (118 - 118 * spread, y, 202 + 118 * spread, y), SLATE, 1
    yield "line", (160, 148, 160, 200), SLATE, 1
    yield "box", (118, 60, 202, 148), PAPER
    yield from bricks(118, 60, 202, 148)
    yield from roof(118, 202, 60)
    yield "box", (143, 92, 177, 148), INK
    yield "box", (145, 94, 160, 148), AMBER
    yield "box", (136, 84, 184, 90), SEAL


def courtyard() -> Iterator[Shape]:
    yield "box", (0, 0, WIDTH, HEIGHT), WALL
    yield "area", (72, 20, 248, 20, 228, 62, 92, 62), "#E9F0F1"
    yield "area", (0, 0, 72, 20, 92, 62, 0, 92), SLATE
    yield "area", (320, 0, 248, 20, 228, 62, 320, 92), SLATE
    yield "area", (0, 0, 320, 0, 248, 20, 72, 20), INK
    for step in range(1, 6):
        yield "line", (0, 92 - 15 * step, 92 - 3.4 * step, 62 - 7 * step), PAPER, 0.8
        yield "line", (320, 92 - 15 * step, 228 + 3.4 * step, 62 - 7 * step), PAPER, 0.8
    yield "box", (92, 62, 228, 138), PAPER
    yield from bricks(92, 62, 228, 138)
    for x in (106, 178):
        yield "box", (x, 76, x + 36, 116), AMBER
        for bar in range(1, 4):
            yield "line", (x + 9 * bar, 76, x + 9 * bar, 116), PAPER, 1.2
        yield "line", (x, 96, x + 36, 96), PAPER, 1.2
    yield "area", (0, 200, 92, 138, 228, 138, 320, 200), "#F1EEE7"
    yield "area", (138, 150, 182, 150, 190, 166, 182, 186, 138, 186, 130, 166), MOSS
    yield "oval", (138, 144, 182, 156), INK
    yield "oval", (144, 147, 176, 154), "#BFD0D2"


def letter() -> Iterator[Shape]:
    yield from ground(150)
    yield "area", (74, 44, 214, 32, 232, 158, 88, 172), PAPER
    yield "line", (74, 44, 214, 32, 232, 158, 88, 172, 74, 44), INK, 1.6
    for step in range(7):
        start = (94 + 17 * step, 56 - 1.5 * step)
        yield "line", (*start, start[0] + 12, start[1] + 98), SEAL, 1
    yield "line", (236, 142, 276, 56), INK, 5
    yield "line", (236, 142, 240, 133), AMBER, 5
    yield "area", (232, 151, 232, 140, 239, 144), INK
    yield "disc", (256, 140, 284, 168), INK
    yield "oval", (261, 144, 279, 154), SLATE


def wall() -> Iterator[Shape]:
    yield from ground(176)
    yield "box", (28, 24, 292, 162), WALL
    yield "frame", (28, 24, 292, 162), INK, 2
    tilts = (-4, 3, -2, 4, 2, -3, 3, -4, 2, -2)
    colours = (PAPER, "#F3E3B8", PAPER, "#DDE7DC", PAPER, "#F1D9D2", PAPER, PAPER, "#DDE7DC", "#F3E3B8")
    for place, (tilt, colour) in enumerate(zip(tilts, colours, strict=True)):
        x, y = 44 + 49 * (place % 5), 40 + 60 * (place // 5)
        yield (
            "area",
            (x, y + tilt / 2, x + 38, y - tilt / 2, x + 38 + tilt / 2, y + 44, x + tilt / 2, y + 44 + tilt),
            colour,
        )
        for line in range(3):
            yield "line", (x + 6, y + 14 + 8 * line, x + 30 - 6 * (line == 2), y + 14 + 8 * line - tilt / 3), SLATE, 1.2
        yield "disc", (x + 16, y - 1, x + 22, y + 5), SEAL


PICTURES = {made.__name__: made for made in (gate, desk, lamp, sketch, books, lane, courtyard, letter, wall)}


def draw(shapes: Iterator[Shape]) -> bytes:
    """A picture as PNG; shapes are given on a field of 320 × 200."""
    factor = SCALE * SHARPER
    image = Image.new("RGB", (WIDTH * factor, HEIGHT * factor), PAPER)
    pen = ImageDraw.Draw(image)
    for kind, places, colour, *width in shapes:
        scaled = [place * factor for place in places]
        stroke = round(width[0] * factor) if width else 0
        _shape(pen, kind, scaled, colour, stroke)
    small = image.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _shape(pen: ImageDraw.ImageDraw, kind: str, places: list[float], colour: str, stroke: int) -> None:
    if kind == "line":
        pen.line(places, fill=colour, width=stroke, joint="curve")
    elif kind == "area":
        pen.polygon(places, fill=colour)
    elif kind in ("box", "frame"):
        pen.rectangle(places, fill=colour if kind == "box" else None, outline=colour, width=stroke or 1)
    else:
        pen.ellipse(places, fill=None if kind == "ring" else colour, outline=colour, width=stroke or 1)


def speak(text: str) -> bytes:
    """A text spoken in Mandarin, as MP3, mono, 16 kbit/s."""
    spoken = subprocess.run(["espeak-ng", "-v", "cmn", "-s", "165", "--stdout", text], capture_output=True, check=True)
    command = ["lame", "--quiet", "-m", "m", "-b", "16", "--resample", "16", "-", "-"]
    return subprocess.run(command, input=spoken.stdout, capture_output=True, check=True).stdout


def main(arguments: Sequence[str]) -> None:
    """Make every picture and sound that the trail's exhibits name."""
    trail = tomllib.loads((FOLDER / "trail.toml").read_text(encoding="utf-8"))
    for exhibit in (each for site in trail["sites"] for hall in site["halls"] for each in hall["exhibits"]):
        picture = MEDIA / exhibit["image"]
        picture.write_bytes(draw(PICTURES[picture.stem]()))
        if "--no-sound" not in arguments:
            (MEDIA / exhibit["audio"]).write_bytes(speak(exhibit["text"]["zh"]))


if __name__ == "__main__":
    main(sys.argv[1:])
