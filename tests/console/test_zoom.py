"""Every page at the sizes at which people look: a phone, 400 % on a desk, a very wide screen; in both languages.

At 400 % a window of 1280 px is 320 px wide and a quarter as high. Nothing may stand outside of the page or be cut off,
what a thumb touches is 44 px high, and no line of running text is longer than an eye can follow.
"""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FAULTS = (Path(__file__).parent / "sizes.js").read_text()
LONGEST_EM = 46
"""About ninety Latin letters, or forty-six Chinese characters."""
SIZES = {
    "400 %": ({"width": 320, "height": 225}, {"touch": 0, "lines": 0}),
    "360 px": ({"width": 360, "height": 740}, {"touch": 44, "lines": 0}),
    "1920 px": ({"width": 1920, "height": 1080}, {"touch": 0, "lines": LONGEST_EM}),
}
HALLS = {"wall"}
"""Drawn for the screen of a hall, whole, whatever its size: it has tests of its own."""
LOOKS = {"zh": {}, "en": {"language": "en"}, "large": {"language": "en", "look": ("large",)}}


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_fits_its_window(looking, sights, look):
    looker, faults = looking(**LOOKS[look]), []
    for sight in (each for each in sights if each.name not in HALLS):
        page = looker.open(sight)
        for name, (size, wanted) in SIZES.items():
            page.set_viewport_size(size)
            faults += [f"{sight} at {name}: {fault}" for fault in page.evaluate(FAULTS, wanted)]
    assert not faults, "\n".join(faults)
