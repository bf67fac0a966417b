"""How soon a search of the register gives its first page, at 24,000 firms and at a million.

Names are made from parts, 24,000 are laid by COPY and over again up to the size; the query is the one that pages ask.
"""

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from zuji.project.postgres import Server

ROWS, MANY = 24_000, 1_000_000
TURNS, WARM, PAGE = 200, 5, 40
SIGNS = (
    "木棉榕声荔湾龙眼水闸云帆拾光星桥蕉门风帆莲花百工麦浪灯塔白鹭春汛飞檐蓝汐满洲窗珠江南村化龙石碁沙湾钟楼大洲海鸥金山"
    "银河天成华多虎牙"
)
LINES = ["网络科技", "信息技术", "软件", "数字传媒", "电子商务", "互动娱乐", "供应链科技", "文化传播", "智能科技"]
REGIONS = ["广州", "广州市", "广州市番禺区", "广东", "深圳", "佛山"]
COLUMNS = "enterprise_id association_id name code town status values internet in_district active three_haves key"
AGAIN = """
    insert into register_card
        (enterprise_id, association_id, name, code, town, status, values, internet, in_district, active, three_haves,
         key, rows, lists, sort_key, search_key, grams, industry_code)
    select enterprise_id + time * %(own)s, association_id, name, code, town, status, values, internet, in_district,
           active, three_haves, key, rows, lists, sort_key, search_key, grams, industry_code
    from register_card, generate_series(1, %(times)s) as time
"""
"""The first 24,000 over again, since to spell a million names takes longer than to ask for them."""
FILLED = f"{COLUMNS} rows lists sort_key search_key grams industry_code".split()


def names(rows: int) -> Iterator[tuple[int, str]]:
    """Names such as firms have, each the same in every run."""
    dice = random.Random(7)
    for key in range(1, rows + 1):
        trade = "".join(dice.choices(SIGNS, k=dice.choice((2, 2, 2, 3, 4))))
        yield key, f"{dice.choice(REGIONS)}{trade}{dice.choice(LINES)}有限公司"


def lay(rows: int) -> None:
    """Lay so many cards; Django is set up."""
    from django.db import connection

    from zuji.core.models import Association
    from zuji.core.sorting import sort_key
    from zuji.register.finding import grams, search_key

    association = Association.objects.create(slug="search", name_zh="测量", name_en="Measuring").pk
    rest = ["unknown"] * 5
    own = min(rows, ROWS)
    with connection.cursor() as cursor:
        # no firms stand behind these cards, and the index is made faster once they are there
        cursor.execute("set session_replication_role = replica")
        cursor.execute("drop index card_grams")
        with cursor.copy(f"copy register_card ({', '.join(FILLED)}) from stdin") as copy:
            for key, name in names(own):
                code = f"91440113MA{key:08}"
                words = [name, code, f"site{key}.example"]
                told = [key, association, name, code, "", "active", "{}", *rest, 1, 1, sort_key(name)]
                copy.write_row([*told, search_key(words), grams(words), "6513"])
        cursor.execute(AGAIN, {"own": own, "times": rows // own - 1})
        cursor.execute("set maintenance_work_mem = '512MB'")
        cursor.execute("create index card_grams on register_card using gin (grams)")
        cursor.execute("vacuum analyze register_card")


def asked(rows: int) -> dict[str, list[str]]:
    """What is asked, by kind: parts of names that are there, and of none."""
    from zuji.register.finding import search_key

    dice = random.Random(11)
    some = [name for key, name in names(min(rows, ROWS)) if key % 97 == 0]
    trades = [name.removesuffix("有限公司").rsplit(name[-6:-4], 1)[0][-4:] for name in some]
    sounds = [search_key([each]).split("\n") for each in trades]
    return {
        "two characters": [each[:2] for each in trades],
        "four characters": [each for each in trades if len(each) > 3],
        "a common word": ["科技", "有限公司", "广州", "网络科技"],
        "pinyin": [each[1] for each in sounds],
        "initials": [each[2] for each in sounds],
        "part of a code": [f"MA{dice.randrange(ROWS):08}"[:9] for _ in range(50)],
        "a domain": [f"site{dice.randrange(1, ROWS)}.example" for _ in range(50)],
        "nothing": ["龘龘", "zzqqx", "虎斑猫"],
    }


def ask(rows: int, turns: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each kind: the middle, and what 99 of 100 stay below; Django is set up."""
    from zuji.register.models import Card
    from zuji.register.queries import search

    cards: Any = Card.objects.order_by("sort_key", "pk")
    found = {}
    for kind, texts in asked(rows).items():
        took = []
        for turn in range(WARM + turns):
            began = time.perf_counter()
            list(search(cards, texts[turn % len(texts)]).values_list("pk", "name")[:PAGE])
            took.append((time.perf_counter() - began) * 1000)
        took = sorted(took[WARM:])
        found[kind] = {"p50_ms": round(took[len(took) // 2], 2), "p99_ms": round(took[len(took) * 99 // 100], 2)}
    return found


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
