import os

import psycopg
import pytest
from django.db import connection

from zuji.core.enums import HomeKind
from zuji.core.models import Association, Home
from zuji.project import boot
from zuji.project.errors import Fault, Misconfigured


@pytest.fixture
def this_database(monkeypatch, db):
    """What asks the home's database sees the test's own."""
    monkeypatch.setattr("zuji.project.home.database_url", _url_of_test)


def _url_of_test() -> str:
    return psycopg.conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])


def test_a_database_that_does_not_answer_is_a_fault(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://zuji@/zuji?host=/nowhere")
    with pytest.raises(Misconfigured) as refused:
        boot.reach_database()
    assert refused.value.code is Fault.DATABASE_UNREACHABLE


def test_an_empty_database_has_no_kind():
    assert boot.kind() is None  # the run's own database, beside which the tests' one is made


@pytest.mark.usefixtures("this_database")
def test_a_migrated_database_has_a_kind_and_lacks_no_migration():
    assert boot.kind() == "real"
    assert boot.unapplied() == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("this_database")
class TestPrepare:
    def test_makes_a_fresh_home_one_of_that_kind(self):
        boot.prepare(HomeKind.DEMO)
        assert boot.kind() == "demo"

    def test_may_be_repeated_in_a_home_that_is_in_use(self):
        boot.prepare(HomeKind.DEMO)
        Association.objects.create(slug="panyu", name_zh="番禺", name_en="Panyu")
        boot.prepare(HomeKind.DEMO)
        assert Home.objects.get().kind == HomeKind.DEMO

    def test_leaves_a_real_home_that_is_in_use_alone(self):
        boot.prepare(HomeKind.REAL)
        Association.objects.create(slug="panyu", name_zh="番禺", name_en="Panyu")
        with pytest.raises(Misconfigured) as refused:
            boot.prepare(HomeKind.DEMO)
        assert refused.value.code is Fault.HOME_OF_OTHER_KIND
        assert Home.objects.get().kind == HomeKind.REAL
