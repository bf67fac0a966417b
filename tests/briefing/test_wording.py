import pytest

from zuji.briefing.definitions import catalogue
from zuji.briefing.enums import Flaw, Qualifier, Verb, Wording
from zuji.briefing.errors import Refusal
from zuji.briefing.figures import Rounded, Rule, rounded
from zuji.briefing.wording import printed
from zuji.core.texts import both


def words(value, qualifier, step, unit, **options):
    number = rounded(value, Rule(qualifier=Qualifier(qualifier), step=step))
    return tuple(printed(number, unit, **options).values())


@pytest.mark.parametrize(
    ("value", "qualifier", "step", "unit", "chinese", "english"),
    [
        (2, "exact", 1, "unit.sites", "2处", "2 sites"),
        (1, "exact", 1, "unit.sites", "1处", "1 site"),
        (0, "at_least", 10, "unit.firms", "0家", "0 firms"),
        (34, "at_least", 10, "unit.firms", "30多家", "at least 30 firms"),
        (30, "at_least", 10, "unit.firms", "30家以上", "at least 30 firms"),
        (236, "at_least", 100, "unit.people", "200多名", "at least 200 people"),
        (19, "nearly", 10, "unit.firms", "近20家", "nearly 20 firms"),
        (326_418, "reached", 10_000, "unit.person_times", "达32万人次", "320,000 person-times reached"),
        (47, "about", 10, "unit.people", "约50名", "about 50 people"),
    ],
)
def test_a_figure_is_printed_with_its_qualifier_and_unit(value, qualifier, step, unit, chinese, english):
    assert words(value, qualifier, step, unit) == (chinese, english)


def test_a_share_is_printed_beside_its_number():
    assert words(12, "exact", 1, "unit.checkins", share=(12, 48)) == ("12次（占25.0%）", "12 check-ins (25.0%)")


def test_of_an_empty_whole_no_share_is_printed():
    assert words(0, "exact", 1, "unit.checkins", share=(0, 0)) == ("0次", "0 check-ins")


def keys():
    """Every key of words that figures, indicators and the ledger may ask for."""
    for each in catalogue().values():
        yield from (each.name, each.unit, f"{each.unit}.one", *each.counts, *each.leaves_out)
    yield from (f"figure.{wording}" for wording in Wording)
    yield from (f"qualifier.{qualifier}" for qualifier in Qualifier)
    yield from (f"flaw.{flaw}" for flaw in Flaw)
    yield from (f"verb.{verb}" for verb in Verb)
    yield from (f"refusal.{code}" for code in Refusal)


@pytest.mark.parametrize("key", sorted(set(keys())))
def test_every_key_has_words_in_both_languages(key):
    facts = dict.fromkeys(("number", "unit", "figure", "percent"), "7")
    assert all(text and text != key for text in both(key, facts).values())


def test_a_rounded_number_says_by_itself_how_it_is_put():
    assert printed(Rounded(1, Qualifier.EXACT, Wording.EXACT), "unit.people")["en"] == "1 person"
