from zuji.briefing import checks
from zuji.briefing.definitions import BadDefinition, catalogue, parse


def test_the_indicators_of_this_version_let_a_home_start():
    assert checks.indicators() == []


def test_an_indicator_that_reads_tables_stops_the_start(monkeypatch):
    sound = catalogue()["T7"]
    monkeypatch.setattr(
        checks, "catalogue", lambda: {"T7": parse(sound.text.replace("facts.checkins", "checkin_item"))}
    )
    (error,) = checks.indicators()
    assert error.id == "briefing.E002"
    assert error.msg == "T7: reads checkin_item AS checkin"


def test_an_indicator_that_cannot_be_read_stops_the_start(monkeypatch):
    def unreadable():
        raise BadDefinition("no heading")

    monkeypatch.setattr(checks, "catalogue", unreadable)
    assert [error.id for error in checks.indicators()] == ["briefing.E001"]
