"""Items over one counter: each kind of code, each refusal, and that the same id gets the same answer for ever."""

from datetime import timedelta

import msgspec
import pytest

from tests.cast import DAY, PLACE
from tests.checkin.desks import Counter, code, item, new_pass, outcomes, serial
from zuji.checkin import codes, queries, receipts
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Item, LogHead, UnknownPassCount
from zuji.checkin.receipts import Keys, Receipt, Verdict
from zuji.checkin.serials import key_of

pytestmark = pytest.mark.django_db

SOON = DAY + timedelta(seconds=2)
HERE = {"lat": PLACE[0], "lon": PLACE[1], "accuracy": 18, "datum": "wgs84"}


def test_each_kind_of_code_checks_in(cast, counter, screen, poster, grant):
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(4)]
    short = f"{cast.entrance.pk}.short.{codes.short(key_of(screen), codes.step_at(DAY.timestamp()))}"
    answers = counter.take(
        *(item(each, of, fix=HERE) for each, of in zip(passes, [screen, poster, grant, short], strict=True))
    )
    assert [(answer["outcome"], answer["grade"]) for answer in answers] == [
        ("accepted", "A"),
        ("accepted", "B"),
        ("accepted", "A"),
        ("accepted", "B"),
    ]
    assert list(Item.objects.order_by("pass_id").values_list("evidence", "steward_id")) == [
        ("screen", None),
        ("poster", None),
        ("grant", cast.guo.pk),
        ("short", None),
    ]


def test_a_walker_without_location_counts_as_a_participant(counter, walker, screen):
    [answer] = counter.take(item(walker, screen))
    assert (answer["outcome"], answer["grade"]) == ("accepted", "B")


def test_every_receipt_of_a_batch_verifies(cast, counter, screen):
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(5)]
    answers = counter.take(*(item(each, screen) for each in passes))
    keys = msgspec.convert(queries.published_keys(), Keys)
    found = [msgspec.convert(answer["receipt"], Receipt) for answer in answers]
    assert [receipts.verify(receipt, keys) for receipt in found] == [Verdict.VALID] * 5
    assert {receipt.fields.walk_pass for receipt in found} == {each.pk for each in passes}


def test_the_same_item_gets_the_same_answer_for_ever(counter, walker, screen):
    mine = item(walker, screen, fix=HERE)
    [first] = counter.take(mine)
    [again] = counter.take(mine, at=SOON + timedelta(hours=1))
    [elsewhere] = Counter().take(mine, at=SOON + timedelta(days=3))
    assert first == again == elsewhere


def test_another_id_at_the_same_checkpoint_is_already_there(counter, walker, screen):
    [first] = counter.take(item(walker, screen))
    [second] = counter.take(item(walker, screen))
    assert (second["outcome"], second["first_id"]) == ("already", first["id"])
    assert second["receipt"] == first["receipt"]


def test_an_already_answer_is_the_same_from_another_desk(counter, walker, screen):
    counter.take(item(walker, screen))
    [second] = counter.take(repeat := item(walker, screen))
    assert Counter().take(repeat) == [second]


def test_two_items_of_one_batch_for_the_same_pass_and_checkpoint_count_once(counter, walker, screen, poster):
    first, second = counter.take(item(walker, screen), item(walker, poster))
    assert outcomes([first, second]) == ["accepted", "already"]
    assert second["first_id"] == first["id"]
    assert second["receipt"] == first["receipt"]


def test_the_earlier_of_two_requests_wins_whatever_their_ids(counter, walker, screen):
    early = item(walker, screen, id="ffffffff-ffff-7fff-8fff-ffffffffffff")
    late = item(walker, screen, id="00000000-0000-7000-8000-000000000000")
    [[first], [second]] = counter.take_requests([[early], [late]])
    assert (first["outcome"], second["outcome"], second["first_id"]) == ("accepted", "already", early["id"])


def test_a_repeat_within_one_batch_gets_the_same_answer(counter, walker, screen):
    first, second = counter.take(mine := item(walker, screen), mine)
    assert first == second


def test_an_id_with_other_content_is_refused_and_learns_nothing(cast, counter, walker, screen):
    mine = item(walker, screen)
    counter.take(mine)
    thief = item(new_pass(cast.firm, cast.campaign), screen, id=mine["id"])
    [answer] = counter.take(thief)
    assert (answer["outcome"], answer["code"]) == ("refused", "id_reused")
    assert set(answer) == {"id", "outcome", "code", "say"}
    assert Counter().take(thief) == [answer]
    assert Item.objects.count() == 1


def test_an_id_reused_within_one_batch_is_refused_too(cast, counter, walker, screen):
    mine = item(walker, screen)
    thief = item(new_pass(cast.firm, cast.campaign), screen, id=mine["id"])
    assert outcomes(counter.take(mine, thief)) == ["accepted", "id_reused"]


def test_other_times_under_the_same_id_are_the_same_item(counter, walker, screen):
    mine = item(walker, screen)
    [first] = counter.take(mine)
    [again] = Counter().take(mine | {"at": "2021-07-26T09:00:00+08:00", "sent": "2021-07-26T11:00:00+08:00"})
    assert again == first


def refusals(cast, screen, poster, grant):
    """What is handed in, and the reason it is refused for."""
    foreign = new_pass(cast.firm, cast.foreign)
    mine = new_pass(cast.firm, cast.campaign)
    gone = new_pass(cast.firm, cast.campaign, withdrawn_at=DAY - timedelta(hours=1))
    stolen = serial(cast.entrance, cast.guo, CodeKind.POSTER, 7, withdrawn_at=DAY)
    yesterday = serial(cast.entrance, cast.guo, CodeKind.GRANT, 2, day=DAY.date() - timedelta(days=1))
    forged = code(screen)[:-11] + "AAAAAAAAAAA"
    return [
        (item(mine, forged), "forged_code"),
        (item(mine, code(screen, DAY - timedelta(days=1))), "forged_code"),
        (item(mine, f"{cast.entrance.pk}.s99.1.AAAAAAAAAAA"), "forged_code"),
        (item(mine, "no code"), "unreadable_code"),
        (item(mine, "999.p1.0.AAAAAAAAAAA"), "unknown_checkpoint"),
        (item(mine, stolen), "withdrawn_code"),
        (item(mine, yesterday), "old_code"),
        (item(mine, f"{cast.entrance.pk}.short.AAAAAA"), "wrong_short_code"),
        (item(foreign, screen), "foreign_pass"),
        (item(gone, poster), "withdrawn_pass"),
        (item(mine, poster) | {"at": "2021-07-26T07:30:00+08:00"}, "checkpoint_not_open"),
        (item(mine, poster, fix={"lat": 91, "lon": 0, "accuracy": 5}), "impossible_place"),
        (item(mine, poster) | {"code": "a\0b"}, "bad_text"),
        (item(mine, poster) | {"at": "yesterday"}, "bad_time"),
        (item(mine, poster, fix="here"), "bad_item"),
    ]


def test_each_refusal_has_its_code_and_words_and_is_final(cast, counter, screen, poster, grant):
    cases = refusals(cast, screen, poster, grant)
    answers = counter.take(*(handed for handed, _ in cases))
    assert outcomes(answers) == [why for _, why in cases]
    assert all(answer["outcome"] == "refused" and set(answer["say"]) == {"zh", "en"} for answer in answers)
    assert not any(words.startswith("refusal.") for answer in answers for words in answer["say"].values())
    assert Counter().take(*(handed for handed, _ in cases)) == answers
    assert Item.objects.filter(outcome="refused").count() == len(cases)
    assert LogHead.objects.get().size == 0


def test_a_bad_item_loses_nothing_that_was_good(counter, walker, screen):
    answers = counter.take({"id": 5}, "?", item(walker, screen), item("nobody", screen), item(walker, screen, id="x"))
    assert outcomes(answers) == ["bad_id", "bad_item", "accepted", "unknown_pass", "bad_id"]


def test_after_the_window_it_is_closed_and_a_week_later_too_late(cast, counter, poster):
    one, other = new_pass(cast.firm, cast.campaign), new_pass(cast.firm, cast.campaign)
    after = cast.entrance.closes_at + timedelta(minutes=1)
    long_after = cast.entrance.closes_at + timedelta(days=7, minutes=1)
    assert outcomes(counter.take(item(one, poster, after), at=after)) == ["checkpoint_closed"]
    assert outcomes(counter.take(item(other, poster), at=long_after)) == ["too_late"]


def test_a_late_upload_within_seven_days_counts(cast, counter, walker, screen):
    sent = cast.entrance.closes_at + timedelta(days=6)
    [answer] = counter.take(item(walker, screen, fix=HERE, sent=sent.isoformat()), at=sent)
    assert (answer["outcome"], answer["grade"]) == ("accepted", "B")
    assert Item.objects.get().late


def test_an_unknown_pass_is_counted_not_stored_and_not_final(cast, counter, walker, screen):
    stranger = item("AAAAAAAAAAAAAAAAAAAAAA", screen)
    assert outcomes(counter.take(stranger, item("?", screen))) == ["unknown_pass", "unknown_pass"]
    assert not Item.objects.exists()
    assert UnknownPassCount.objects.get().items == 2
    new_pass(cast.firm, cast.campaign, token=bytes(16))
    assert outcomes(counter.take(stranger)) == ["accepted"]


def test_a_step_far_ahead_comes_again_and_counts_then(counter, walker, screen):
    ahead = DAY + timedelta(minutes=10)
    mine = item(walker, code(screen, ahead))
    [answer] = counter.take(mine)
    assert (answer["outcome"], answer["after_s"]) == ("retry", 300)
    assert outcomes(counter.take(mine, at=ahead)) == ["accepted"]


def test_five_wrong_short_codes_from_a_pass_make_it_wait_and_other_codes_go_on(cast, counter, walker, screen):
    wrong = f"{cast.entrance.pk}.short.AAAAAA"
    answers = counter.take(*(item(walker, wrong) for _ in range(6)))
    assert outcomes(answers) == ["wrong_short_code"] * 5 + ["retry"]
    assert outcomes(counter.take(item(walker, screen))) == ["accepted"]


def test_a_clock_that_is_years_off_refuses_nobody(counter, walker, poster):
    [answer] = counter.take(item(walker, poster) | {"at": "1970-01-01T00:00:07Z", "sent": "1970-01-01T00:00:09Z"})
    assert answer["outcome"] == "accepted"
    assert Item.objects.get().at == SOON - timedelta(seconds=2)


def test_the_place_itself_is_kept_nowhere(counter, walker, screen):
    counter.take(item(walker, screen, fix=HERE))
    kept = {field.attname: getattr(Item.objects.get(), field.attname, None) for field in Item._meta.concrete_fields}
    assert not {"lat", "lon", "latitude", "longitude"} & set(kept)
    assert (kept["fence"], kept["distance_band"], kept["accuracy_band"]) == ("inside", "to_50", "to_20")


def test_the_matrix_is_what_a_recount_gives(cast, counter, screen, poster):
    passes = [new_pass(each, cast.campaign) for each in (cast.firm, cast.firm, cast.unit)]
    counter.take(*(item(each, screen) for each in passes), item(passes[0], poster))
    late = DAY + timedelta(hours=1)
    counter.take(item(new_pass(cast.unit, cast.campaign), screen), at=late)
    assert queries.miscounted(cast.campaign.pk) == {}
    assert queries.recount(cast.campaign.pk)[cast.unit.pk, cast.entrance.pk] == (2, 0, 2, 0, 0, 1, 0)


def test_a_pass_joined_while_the_desk_was_open_is_known_at_once(cast, counter, screen):
    counter.take(item(new_pass(cast.firm, cast.campaign), screen))
    assert outcomes(counter.take(item(new_pass(cast.firm, cast.campaign), screen))) == ["accepted"]


def test_a_serial_that_was_issued_a_moment_ago_is_known(cast, counter, walker, screen):
    counter.take(item(walker, screen))
    fresh = serial(cast.entrance, cast.guo, CodeKind.SCREEN, 2)
    late = SOON + timedelta(seconds=2)
    assert outcomes(counter.take(item(new_pass(cast.firm, cast.campaign), fresh, late), at=late)) == ["accepted"]
