"""The same SELECTs, run by another engine over the same facts, count the same rows."""

from datetime import date, timedelta

import duckdb
import pytest
from django.db import connection

from tests.cast import DAY
from tests.committee.branches import FOUNDED, branch
from tests.register.judged import INTERNET, card, judged
from zuji.briefing.definitions import catalogue
from zuji.briefing.dialects import translated
from zuji.briefing.ledger import Counted
from zuji.briefing.queries import bounds_of, counted
from zuji.checkin.enums import Grade
from zuji.committee.actions import affiliate, cover
from zuji.committee.enums import OrganisationKind
from zuji.core.facts import all_facts


@pytest.fixture
def crowd(walk):
    """Something for every indicator to count and to leave out."""
    for organisation in (walk.cast.firm, walk.cast.second_firm, walk.cast.unit):
        walker = walk.walker(organisation)
        walk.check_in(walker, grade=Grade.B)
        walk.check_in(walker, walk.cast.hall, late=True, grade=Grade.C)
        walk.seats(organisation, 7)
        walk.seats(organisation, 4, walk.cast.hall)
    walk.take_back(walk.check_in())
    walk.take_back(walk.check_in(), DAY + timedelta(days=1))
    walk.check_in(at=DAY + timedelta(days=2))
    for haves in ({}, {"staff": 12, "premises": "有", "operating": "正常"}):
        card(walk.cast.panyu, **INTERNET, **haves)
    firm = card(walk.cast.panyu, **INTERNET, staff=12, premises="有", operating="正常")
    committee, own = branch(walk.cast, "行业党委", OrganisationKind.COMMITTEE), branch(walk.cast, "甲党支部")
    said = {"actor": walk.cast.mei, "organisation_id": own.pk, "since": FOUNDED, "at": DAY}
    affiliate(**said, to_id=committee.pk)
    cover(**said, enterprise_id=firm.pk)
    judged(walk.cast.panyu, date(2021, 7, 20))
    return walk


def copied() -> duckdb.DuckDBPyConnection:
    """All facts, in an engine of their own."""
    engine = duckdb.connect()
    engine.execute("create schema facts")
    with connection.cursor() as cursor:
        for fact in all_facts():
            cursor.execute(
                "select column_name, data_type from information_schema.columns"
                " where table_schema = 'facts' and table_name = %s order by ordinal_position",
                [fact.name],
            )
            columns = ", ".join(f'"{name}" {kind}' for name, kind in cursor.fetchall())
            engine.execute(f"create table facts.{fact.name} ({columns})")
            cursor.execute(f"select * from facts.{fact.name}")
            if rows := cursor.fetchall():
                places = ", ".join("?" * len(fact.columns))
                engine.executemany(f"insert into facts.{fact.name} values ({places})", rows)
    return engine


@pytest.mark.parametrize("one_campaign", [False, True], ids=["all campaigns", "one campaign"])
@pytest.mark.parametrize("as_of", [date(2021, 7, 26), date(2021, 7, 28)], ids=str)
def test_every_indicator_counts_the_same_rows_in_duckdb(crowd, as_of, one_campaign):
    engine = copied()
    bounds = bounds_of(crowd.cast.panyu, as_of, crowd.cast.campaign.pk if one_campaign else None)
    for name, definition in catalogue().items():
        asked = {name: value for name, value in bounds._asdict().items() if name in definition.parameters}
        found = engine.execute(translated(definition, "duckdb"), asked)
        there = Counted.of([column[0] for column in found.description], found.fetchall())
        here = counted(definition, bounds)
        assert (name, there) == (name, here)
        assert here.rows
        assert there.digest == here.digest
