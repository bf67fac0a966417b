import pytest
from django.db import connection

from zuji.core.facts import Fact, all_facts

FACTS = list(all_facts())


def real_columns(fact: Fact) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from facts.{fact.name} limit 0")
        return [column.name for column in cursor.description]


def test_the_packages_publish_facts():
    assert {"checkins", "participants", "stops"} <= {fact.name for fact in FACTS}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_column_of_a_fact_is_documented_and_every_documented_column_is_there(fact, db):
    assert real_columns(fact) == list(fact.columns)
    assert all(fact.columns.values())


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_fact_is_keyed_and_by_association(fact):
    assert set(fact.key) <= set(fact.columns)
    assert "association_id" in fact.columns


def test_names_of_facts_are_unique():
    assert len({fact.name for fact in FACTS}) == len(FACTS)
