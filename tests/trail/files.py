"""A small trail as its file describes it: two sites, three stops, four checkpoints."""

from pathlib import Path

TRAIL = """
[campaign]
slug = "small-walk"
name = { zh = "徒步", en = "Walk" }
opens_on = 2021-07-26
closes_on = 2021-08-31
target_firms = 100

[activity]
name = { zh = "徒步日", en = "Walk day" }
held_on = 2021-07-26

[trail]
name = { zh = "红色路线", en = "Heritage trail" }

[[sites]]
code = "S01"
about = { zh = "旧址", en = "A former seat" }

[[sites.halls]]
name = { zh = "第一展厅", en = "First hall" }
[[sites.halls.exhibits]]
title = { zh = "桌子", en = "A table" }
text = { zh = "一张桌子", en = "One table" }
image = "table.png"
audio = "table.mp3"
sample = true
[[sites.halls.exhibits]]
title = { zh = "灯", en = "A lamp" }

[[sites]]
code = "S03"
seal = "故居"
sample = true

[[stops]]
site = "S01"
[[stops.checkpoints]]
name = { zh = "校门", en = "Gate" }
opens_at = 2021-07-26T08:00:00+08:00
closes_at = 2021-07-26T12:00:00+08:00
[[stops.checkpoints]]
name = { zh = "展厅", en = "Hall" }
opens_at = 2021-07-26T08:00:00+08:00
closes_at = 2021-07-26T12:00:00+08:00
radius_m = 80

[[stops]]
site = "S03"
leg = { mode = "coach", distance_m = 12000, minutes = 35, departs_at = 2021-07-26T10:30:00+08:00 }
[[stops.checkpoints]]
name = { zh = "门前", en = "Front" }
opens_at = 2021-07-26T10:00:00+08:00
closes_at = 2021-07-26T18:00:00+08:00

[[stops]]
site = "S01"
leg = { mode = "coach", distance_m = 12000, minutes = 35 }
[[stops.checkpoints]]
name = { zh = "返回", en = "Back" }
opens_at = 2021-07-26T14:00:00+08:00
closes_at = 2021-07-26T20:00:00+08:00
"""


def media(folder: Path) -> Path:
    """The files that the exhibits name."""
    folder.mkdir(exist_ok=True)
    (folder / "table.png").write_bytes(b"a picture")
    (folder / "table.mp3").write_bytes(b"a sound")
    return folder


def without_last_stop(trail: str = TRAIL) -> str:
    """One stop less."""
    return trail[: trail.rindex("[[stops]]")]


def without_hall_checkpoint(trail: str = TRAIL) -> str:
    """One checkpoint less at the first stop."""
    begins = trail.index('[[stops.checkpoints]]\nname = { zh = "展厅"')
    return trail[:begins] + trail[trail.index('[[stops]]\nsite = "S03"') :]
