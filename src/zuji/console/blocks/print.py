"""PDF and PNG by typst, with the fonts that came with pip and no others."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from zuji.console.errors import Refusal
from zuji.core.errors import Refused

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATES = Path(__file__).resolve().parents[1] / "print"
_one_at_a_time = Lock()  # a compiler keeps the inputs that it was last given


def typeset(
    template: str, data: dict[str, object], *, to: Literal["pdf", "png"], at: datetime, ppi: float = 144
) -> bytes:
    """A typst template filled with data; it reads them as JSON from `sys.inputs.data`. A PNG has one page."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _one_at_a_time:
        made = _compiler(template).compile(format=to, ppi=ppi, sys_inputs=inputs, timestamp=int(at.timestamp()))
    return made[0] if isinstance(made, list) else made or b""


@cache
def _compiler(template: str) -> "Compiler":
    """Made once a template, since finding the fonts takes longer than most pages."""
    try:
        import typst
        from pylopdf_fonts_zh_cn import sans_path
    except ImportError as error:
        raise Refused(Refusal.DOCUMENTS_MISSING) from error
    fonts = typst.Fonts(font_paths=[str(sans_path().parent)], include_system_fonts=False)
    return typst.Compiler(str(TEMPLATES / template), font_paths=fonts)
