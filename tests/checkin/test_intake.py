"""The intake itself: batches, two writers at once, what fails, who must wait, and that it drains."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.cast import DAY
from tests.checkin.desks import item, new_pass, outcomes
from zuji.checkin import proving, queries, sql
from zuji.checkin.answers import Reply
from zuji.checkin.intake import Intake
from zuji.checkin.line import numbered
from zuji.checkin.link import SESSION
from zuji.checkin.models import Item, LogBatch
from zuji.checkin.writing import signer

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.usefixtures("committing")]

SOON = DAY + timedelta(seconds=2)


def dsn() -> str:
    wanted = connection.get_connection_params()
    names = {"dbname", "user", "host", "port", "password"}
    return psycopg.conninfo.make_conninfo(**{name: value for name, value in wanted.items() if name in names})


class Crowd:
    """Some intakes that run at once, and phones that hand in to them in turn."""

    def __init__(self, intakes: list[Intake]) -> None:
        self.intakes = intakes
        self._turn = count()

    async def hand_in(self, items: object, address: str = "10.0.0.1") -> Reply:
        answered: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        body = items if isinstance(items, bytes) else json.dumps({"items": items}).encode()
        self.intakes[next(self._turn) % len(self.intakes)].take(body, address, answered.set_result)
        return await answered

    async def answers(self, items: list[object]) -> list[dict[str, Any]]:
        reply = await self.hand_in(items)
        assert reply.status == 200, reply
        answers: list[dict[str, Any]] = json.loads(reply.body)["items"]
        return answers


def run(act: Callable[[Crowd], Any], *, intakes: int = 1, **options: int) -> Any:
    """Run `act(crowd)` against so many running intakes."""
    where = dsn()

    async def play() -> Any:
        limits = {"queue": 5000, "per_address": 0} | options
        crowd = Crowd([Intake(where, signer(), now=lambda: SOON, **limits) for _ in range(intakes)])
        for intake in crowd.intakes:
            await intake.start()
        try:
            return await act(crowd)
        finally:
            for intake in crowd.intakes:
                await intake.stop()

    return asyncio.run(play())


def sound(cast) -> bool:
    return not proving.check_log().faults and not queries.miscounted(cast.campaign.pk)


def test_requests_that_wait_for_a_commit_make_the_next_batch(cast, screen):
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(40)]

    async def act(crowd):
        return await asyncio.gather(*(crowd.answers([item(each, screen)]) for each in passes))

    found = run(act)
    assert [outcomes(answers) for answers in found] == [["accepted"]] * 40
    assert LogBatch.objects.count() < 10
    assert sound(cast)


def test_several_intakes_keep_one_log(cast, screen, poster):
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(60)]

    async def act(crowd):
        first = [crowd.answers([item(each, screen)]) for each in passes]
        again = [crowd.answers([item(each, poster)]) for each in passes]
        return await asyncio.gather(*first, *again)

    found = [outcome for answers in run(act, intakes=3) for outcome in outcomes(answers)]
    assert (found.count("accepted"), found.count("already")) == (60, 60)
    assert sound(cast)


def test_one_item_sent_to_three_intakes_at_once_gets_one_answer(cast, screen):
    items = [item(new_pass(cast.firm, cast.campaign), screen) for _ in range(20)]

    async def act(crowd):
        return await asyncio.gather(*(crowd.answers([each]) for each in items for _ in range(3)))

    found = run(act, intakes=3)
    for start in range(0, 60, 3):
        assert found[start] == found[start + 1] == found[start + 2]
    assert Item.objects.count() == 20
    assert sound(cast)


def test_a_retry_storm_is_answered_without_another_row_or_leaf(cast, screen):
    items = [item(new_pass(cast.firm, cast.campaign), screen) for _ in range(30)]

    async def act(crowd):
        first = await crowd.answers(items)
        storm = await asyncio.gather(*(crowd.answers(items) for _ in range(20)))
        return first, storm

    first, storm = run(act, intakes=2)
    assert all(answers == first for answers in storm)
    assert (Item.objects.count(), proving.check_log().leaves) == (30, 30)


def test_a_row_that_postgres_refuses_is_told_to_come_again_and_the_others_count(cast, screen):
    good, bad = new_pass(cast.firm, cast.campaign), new_pass(cast.firm, cast.campaign)
    with connection.cursor() as cursor:
        cursor.execute(f"alter table checkin_item add constraint poison check (pass_id <> {bad.pk})")
    try:

        async def act(crowd):
            return await crowd.answers([item(good, screen), item(bad, screen)])

        found = run(act)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("alter table checkin_item drop constraint poison")
    assert outcomes(found) == ["accepted", "retry"]
    assert sound(cast)


def test_a_lost_connection_is_found_again_and_nothing_counts_twice(cast, screen):
    items = [item(new_pass(cast.firm, cast.campaign), screen) for _ in range(3)]
    where = dsn()

    async def act(crowd):
        first = await crowd.answers(items[:1])
        with psycopg.connect(where, autocommit=True) as other:
            other.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'with item%'")
        return first + await crowd.answers(items)

    assert outcomes(run(act)) == ["accepted"] * 4
    assert sound(cast)


def test_what_is_withdrawn_is_told_to_running_intakes(cast, screen):
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(2)]
    where = dsn()

    async def act(crowd):
        await crowd.answers([item(passes[0], screen)])
        with psycopg.connect(where, autocommit=True) as other:
            other.execute("update checkin_codeserial set withdrawn_at = now() where id = %s", [screen.pk])
        await asyncio.sleep(0.3)
        return await crowd.answers([item(passes[1], screen)])

    assert outcomes(run(act)) == ["withdrawn_code"]


def test_a_full_queue_says_when_to_come_again(cast, screen, walker):
    async def act(crowd):
        waiting = crowd.hand_in([item(walker, screen)] * 5)
        return await asyncio.gather(waiting, crowd.hand_in([item(walker, screen)]))

    taken, turned_away = run(act, queue=5)
    assert taken.status == 200
    assert (turned_away.status, turned_away.retry_after_s) == (503, 2)
    assert json.loads(turned_away.body)["code"] == "too_busy"


def test_an_address_that_sends_too_much_waits_and_others_do_not(cast, screen):
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(5)]

    async def act(crowd):
        return [await crowd.hand_in([item(each, screen)]) for each in passes[:4]] + [
            await crowd.hand_in([item(passes[4], screen)], address="10.0.0.2")
        ]

    replies = run(act, per_address=3)
    assert [reply.status for reply in replies] == [200, 200, 200, 429, 200]
    assert 0 < replies[3].retry_after_s <= 60


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_a_list"),
        (b"{", 400, "not_a_list"),
        (b"[]", 400, "not_a_list"),
        (b'{"items": []}', 400, "not_a_list"),
        (b'{"items": {}}', 400, "not_a_list"),
        (b"\xff\xfe", 400, "not_a_list"),
        (b'{"items": [' + b",".join([b"{}"] * 51) + b"]}", 413, "too_many_items"),
        (b'{"items": [], "more": "' + b"x" * 65_536 + b'"}', 413, "too_many_items"),
    ],
)
def test_a_request_without_a_list_within_the_limits_is_not_taken(body, status, code):
    async def act(crowd):
        return await crowd.hand_in(body)

    reply = run(act)
    assert (reply.status, json.loads(reply.body)["code"]) == (status, code)
    assert set(json.loads(reply.body)["say"]) == {"zh", "en"}


def test_an_intake_that_ends_answers_what_waits_and_takes_no_more(cast, screen):
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(10)]

    async def act(crowd):
        waiting = [asyncio.create_task(crowd.hand_in([item(each, screen)])) for each in passes]
        await asyncio.sleep(0)
        await crowd.intakes[0].stop()
        late = await crowd.hand_in([item(passes[0], screen)])
        replies = [await each for each in waiting]
        await crowd.intakes[0].start()
        return late, replies

    late, replies = run(act)
    assert late.status == 503
    assert [reply.status for reply in replies] == [200] * 10
    assert Item.objects.count() == 10


def test_the_answer_says_how_long_the_log_is(cast, screen):
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(3)]

    async def act(crowd):
        return await crowd.hand_in([item(each, screen) for each in passes])

    body = json.loads(run(act).body)
    assert body["log"] == {"epoch": 1, "size": 3}
    assert [answer["index"] for answer in body["items"]] == [0, 1, 2]
    assert body["server_time"] == SOON.isoformat()


def two_stores(seal_sql: str) -> list[Exception]:
    """Two writers that both saw the same end of the log, one after the other; what the second was told."""
    told: list[Exception] = []
    with psycopg.connect(dsn(), autocommit=True) as one:
        for number in (1, 2):
            values = [number, 1, 1, 0, bytes(32), bytes(32), bytes([number]) * 32, bytes(64), "k", bytes(32), "1"]
            try:
                one.execute(seal_sql, values)
            except psycopg.Error as error:
                told.append(error)
    return told


def test_two_writers_that_saw_the_same_end_would_fork_the_log_but_for_its_guards(django_db_blocker):
    """The race, shown first without the guards: two batches follow the same one. With them there is one."""
    with psycopg.connect(dsn(), autocommit=True) as admin:
        admin.execute("alter table checkin_logbatch drop constraint log_never_forks")
        try:
            assert two_stores(sql.SEAL.replace("and head.head = batch.prev", "")) == []
            assert LogBatch.objects.count() == 2
            admin.execute("truncate checkin_logbatch")
            admin.execute("update checkin_loghead set head = decode(repeat('00', 32), 'hex'), size = 0")
            assert [type(error) for error in two_stores(sql.SEAL)] == [psycopg.errors.DivisionByZero]
            assert LogBatch.objects.count() == 1
        finally:
            admin.execute("alter table checkin_logbatch add constraint log_never_forks unique (epoch, prev)")


def test_what_is_read_back_is_found_by_key_even_by_a_plan_made_while_the_table_was_empty():
    with psycopg.connect(dsn()) as one:
        one.execute(SESSION)
        one.execute(f"prepare look as {numbered(sql.READ_BACK)}")
        key = "0190f5fc-7a5a-7000-8000-000000000001"
        rows = one.execute(f"explain execute look('{{1}}', '{{{key}}}', '{{1}}', '{{1}}', '{{1}}')").fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert "Seq Scan" not in plan
    assert "Index Cond: ((campaign_id = asked.campaign) AND (id = asked.id))" in plan
    assert "pass_id = asked_1.pass) AND (checkpoint_id = asked_1.checkpoint))" in plan
