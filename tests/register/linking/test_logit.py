"""What the logit learns."""

import pytest

from zuji.register.linking.logit import Choice, fit

RIGHT, WRONG = [("right", 1.0)], [("wrong", 1.0)]


def test_what_goes_with_the_chosen_weighs_for_and_the_rest_against():
    weights = fit([Choice([RIGHT, WRONG], 0)] * 50 + [Choice([WRONG], None)] * 50, {})
    assert weights["right"] > 1 > 0 > weights["wrong"]


def test_odds_of_one_in_four_are_learnt_as_such():
    weights = fit([Choice([RIGHT], 0)] * 1_000 + [Choice([RIGHT], None)] * 4_000, {})
    assert weights["right"] == pytest.approx(-1.386, abs=0.02)


def test_little_data_moves_little_and_what_is_not_seen_stays():
    held = {"right": 3.0, "unseen": -2.0}
    weights = fit([Choice([RIGHT], 0)], held)
    assert weights["right"] == pytest.approx(3.0, abs=0.1)
    assert weights["unseen"] == -2.0


@pytest.mark.parametrize("choices", [[], [Choice([], None)]])
def test_nothing_to_learn_from_leaves_the_weights(choices):
    assert fit(choices, {"right": 1.0}) == {"right": 1.0}


def test_features_that_always_come_together_do_not_break_it():
    both = [("right", 1.0), ("also", 1.0)]
    weights = fit([Choice([both], 0)] * 20, {})
    assert weights["right"] == pytest.approx(weights["also"])
