"""QR codes: dark on light in every theme, with a margin of four modules, or cameras fail."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(text: str) -> SafeString:
    """A code as an SVG element that takes the width of its place."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - segno draws paths and takes no text over


def modules(text: str) -> str:
    """A code for typst: rows of 0 and 1, joined by line feeds, without a margin."""
    code = segno.make(text, error="m", micro=False)
    return "\n".join("".join("1" if dark else "0" for dark in row) for row in code.matrix)


def drawing(text: str) -> str:
    """A code as an SVG file's text, with its margin: much faster than rows where there are hundreds."""
    out = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue().decode()
