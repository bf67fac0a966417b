"""How soon a search of the register gives its first page, at 24,000 firms and at a million.

Names are made from parts and laid by COPY; what is asked is what pages ask.
"""

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from zuji.project.postgres import Server

ROWS, MANY = 24_000, 1_000_000
TURNS, WARM, PAGE, LATE, TOWNS = 200, 5, 40, 2000, 16
SIGNS = (
    "木棉榕声荔湾龙眼水闸云帆拾光星桥蕉门风帆莲花百工麦浪灯塔白鹭春汛飞檐蓝汐满洲窗珠江南村化龙石碁沙湾钟楼大洲海鸥金山"
    "银河天成华多虎牙"
)
LINES = ["网络科技", "信息技术", "软件", "数字传媒", "电子商务", "互动娱乐", "供应链科技", "文化传播", "智能科技"]
REGIONS = ["广州", "广州市", "广州市番禺区", "广东", "深圳", "佛山"]
COLUMNS = "enterprise_id association_id name code town status values internet in_district active three_haves key"
FIRMS = """
    insert into register_enterprise (id, association_id, made_at)
    select enterprise_id, association_id, now() from register_card
"""
OTHERS = ("address", "town", "industry_code", "status", "site", "domain", "filing")
FILLED = f"{COLUMNS} rows lists sort_key search_key grams industry_code".split()


def names(rows: int) -> Iterator[tuple[int, str]]:
    """Names such as firms have, each the same in every run."""
    dice = random.Random(7)
    for key in range(1, rows + 1):
        trade = "".join(dice.choices(SIGNS, k=dice.choice((2, 2, 2, 3, 4))))
        yield key, f"{dice.choice(REGIONS)}{trade}{dice.choice(LINES)}有限公司"


def values(name: str, code: str) -> str:
    """As much as a card keeps of a firm that stands on two or three lists, as JSON."""
    told = {"name": name, "code": code, **dict.fromkeys(OTHERS, "广州市番禺区市桥街道光明北路")}
    kept = {field: {"value": text, "row": 1, "column": "A", "others": 0} for field, text in told.items()}
    return json.dumps(kept, ensure_ascii=False)


def lay(rows: int) -> None:
    """Lay so many cards; Django is set up."""
    from django.db import connection

    from zuji.core.models import Association
    from zuji.register.finding import grams, search_key, sort_key

    association = Association.objects.create(slug="search", name_zh="测量", name_en="Measuring").pk
    rest = ["unknown"] * 5
    with connection.cursor() as cursor:
        # cards come before their firms, and the index is made faster once they are there
        cursor.execute("set session_replication_role = replica")
        cursor.execute("drop index card_grams")
        with cursor.copy(f"copy register_card ({', '.join(FILLED)}) from stdin") as copy:
            for key, name in names(rows):
                code = f"91440113MA{key:08}"
                words = [name, code, f"site{key}.example"]
                place = [f"440113{key % TOWNS:03}", "active", values(name, code)]
                told = [key, association, name, code, *place, *rest, 1, 1, sort_key(name)]
                copy.write_row([*told, search_key(words), grams(words), "6513"])
        cursor.execute(FIRMS)
        cursor.execute("set maintenance_work_mem = '512MB'")
        cursor.execute("create index card_grams on register_card using gin (grams)")
        cursor.execute("vacuum analyze register_card, register_enterprise")


def asked(rows: int) -> dict[str, list[str]]:
    """What is asked, by kind: parts of names that are there, and of none."""
    from zuji.register.finding import search_key

    dice = random.Random(11)
    some = [name for key, name in islice(names(rows), ROWS) if key % 97 == 0]
    trades = [name.removesuffix("有限公司").rsplit(name[-6:-4], 1)[0][-4:] for name in some]
    sounds = [search_key([each]).split("\n") for each in trades]
    return {
        "one character": [each[0] for each in trades],
        "two characters": [each[:2] for each in trades],
        "four characters": [each for each in trades if len(each) > 3],
        "a common word": ["科技", "有限公司", "网络科技", *LINES],
        "a region": ["广州", "番禺", "深圳", "广州市番禺区"],
        "pinyin": [each[1] for each in sounds],
        "initials": [each[2] for each in sounds],
        "a common sound": ["keji", "guangzhou", "panyu", "gz", "wlkj"],
        "part of a code": [f"MA{dice.randrange(rows):08}"[:9] for _ in range(50)],
        "a domain": [f"site{dice.randrange(1, rows)}.example" for _ in range(50)],
        "nothing": ["龘龘", "zzqqx", "虎斑猫"],
    }


def ask(rows: int, turns: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each kind: the middle, and what 99 of 100 stay below; how many times the middle takes that of the
    same list unsearched, since machines are shared. Django is set up.
    """
    from zuji.core.models import Association
    from zuji.register.access import cards_of
    from zuji.register.queries import search

    cards = cards_of([Association.objects.get().pk])
    kinds = {kind: [(cards, text, 0) for text in texts] for kind, texts in asked(rows).items()}
    common = asked(rows)["a common word"]
    kinds["a common word, narrowed"] = [(cards.filter(status="active", town="440113007"), text, 0) for text in common]
    kinds["a common word, a late page"] = [(cards, text, LATE) for text in common]
    found = {"the list itself": _took([(cards, "", 0)], turns, lambda rows, _: rows)}
    found |= {kind: _took(asks, turns, search) for kind, asks in kinds.items()}
    least = found["the list itself"]["p50_ms"]
    return {kind: took | {"ratio": round(took["p50_ms"] / least, 1)} for kind, took in found.items()}


def _took(asks: list[tuple[Any, str, int]], turns: int, search: Callable[[Any, str], Any]) -> dict[str, float]:
    took = []
    for turn in range(WARM + turns):
        cards, text, start = asks[turn % len(asks)]
        began = time.perf_counter()
        list(search(cards, text).values_list("pk", "name")[start : start + PAGE])
        took.append((time.perf_counter() - began) * 1000)
    took = sorted(took[WARM:])
    return {"p50_ms": round(took[len(took) // 2], 2), "p99_ms": round(took[len(took) * 99 // 100], 2)}


def measure(*, rows: int = ROWS, turns: int = TURNS, told: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """Milliseconds by kind of what is asked, at so many cards, in a scratch database."""
    import subprocess

    folder = Path(tempfile.mkdtemp(prefix="zuji-"))
    server = Server(folder / "postgres")
    try:
        told(f"laying {rows} cards")
        environment = os.environ | {
            "ZUJI_HOME": str(folder),
            "DATABASE_URL": server.start(),
            "DJANGO_SETTINGS_MODULE": "zuji.project.settings",
        }
        own = ["-m", "bench.search", str(rows), str(turns)]
        for words in (["-m", "django", "migrate", "--skip-checks", "-v", "0"], own):
            done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(done.stderr)
        return {"rows": rows, "asked": json.loads(done.stdout)}
    finally:
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """`python -m bench.search ROWS TURNS`: lay and ask, in the home of the environment; as JSON."""
    import django

    django.setup()
    rows, turns = map(int, sys.argv[1:])
    lay(rows)
    print(json.dumps(ask(rows, turns), ensure_ascii=False))


if __name__ == "__main__":
    main()
