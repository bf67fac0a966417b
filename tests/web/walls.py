"""Walls to look at: frames of a walk as large as the day's, and a stream that a test holds in its hand."""

from typing import Any

from playwright.sync_api import Page

NAMES = ("华多科技", "虎牙科技", "YY直播", "百果园科技", "艾媒数聚", "盖得排行", "今之港", "网络文化协会")
SITES = (
    ("松露小学", "松露小学", "Songlu Primary School"),
    ("何小静、何虹烈士故居", "烈士故居", "Former home of the martyrs He Xiaojing and He Hong"),
    ("新造集市", "新造集市", "Xinzao market"),
    ("植地庄", "植地庄", "Zhidizhuang"),
)
SAID = ("听完讲解，又把史料从头看了一遍。", "第一次知道，两处遗址相隔十二公里。", "走出来看，和在屏幕上看不一样。")
MORNING, EVE, NIGHT = "2021-07-26T02:32:08Z", "2021-07-25T02:00:00Z", "2021-07-26T14:00:00Z"

HAND = """(() => {
    const open = [];
    window.EventSource = class {
        constructor(url) { this.heard = {}; this.url = url; open.push(this); }
        addEventListener(name, hear) { this.heard[name] = hear; }
        close() { open.splice(open.indexOf(this), 1); }
    };
    window.hand = {
        open,
        give: frame => open.forEach(each => each.heard.wall({ data: JSON.stringify(frame) })),
        break: () => [...open].forEach(each => each.onerror()),
    };
})()"""
"""Takes the place of the browser's own stream; `hand.give(frame)` sends, `hand.break()` cuts."""


def frame(organisations: int = 40, stations: int = 2, impressions: int = 3, **changes: Any) -> dict[str, Any]:
    """A frame of the morning; keywords replace what it says."""
    rows = [
        {
            "id": number,
            "name": f"{NAMES[number % len(NAMES)]}{number if number >= len(NAMES) else ''}",
            "full": f"单位{number}",
            "co": number % 9 == 7,
            "cells": [3 + (number * 7 + place) % 9 if number % 5 else "<3" for place in range(stations)],
        }
        for number in range(organisations)
    ]
    places = [
        {"name": {"zh": zh, "en": en}, "short": short, "letters": short[:4], "mode": "coach" if at else "foot"}
        | {"here": 251 - at * 60, "leaving": 60 if at < stations - 1 else 0}
        for at, (zh, short, en) in enumerate(SITES[:stations])
    ]
    words = [
        {"text": SAID[at % len(SAID)], "site": {"zh": "松露小学", "en": "Songlu Primary School"}}
        for at in range(impressions)
    ]
    return {
        "build": "",
        "campaign": {"id": 1, "name": {"zh": "百家网企 网心向党", "en": "A hundred Internet firms on the trail"}},
        "activity": {"zh": "线下徒步 线上打卡", "en": "Walk offline, check in online"},
        "begins_at": "2021-07-26T00:30:00Z",
        "ends_at": "2021-07-26T09:30:00Z",
        "as_of": MORNING,
        "rehearsal": False,
        "sample": True,
        "demo": False,
        "join": "https://zuji.panyu.example/public/panyu-walk-2021/",
        "passes": 268,
        "setting_out": 17,
        "stations": places,
        "times": 414,
        "last_at": "2021-07-26T02:32:05Z",
        "on_phones": 6,
        "rows": rows,
        "totals": {
            "firms": {"value": 34, "printed": {"zh": "30多家", "en": "at least 30 firms"}, "target": 100},
            "people": {"value": 217, "printed": {"zh": "200多名", "en": "at least 200 people"}},
        },
        "impressions": words,
        **changes,
    }


def give(page: Page, **changes: Any) -> dict[str, Any]:
    """Hand a frame to a page whose stream is in the test's hand."""
    made = frame(**changes)
    page.evaluate("frame => hand.give(frame)", made)
    page.locator(".status").wait_for()
    return made
