"""What pages list: items with their state, passes with what they did, and who may print or count what."""

from datetime import timedelta

import pytest

from tests.cast import campaign
from tests.checkin.desks import item, new_pass, serial
from zuji.checkin import listings
from zuji.checkin.actions import mark_same_person, take_back, undo_same_person, withdraw_pass
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Item, Pass
from zuji.core.errors import NotFound


@pytest.fixture
def handed(cast, counter, walker, screen):
    """One check-in, a repeat of it, and a forged code; their ids."""
    items = [item(walker, screen), item(walker, screen), item(walker, f"{cast.hall.pk}.p1.0.AAAAAAAAAAA")]
    counter.take(*items)
    return [each["id"] for each in items]


def states(**narrowed):
    rows = listings.items_listed(Item.objects.filter(**narrowed))
    return {str(row.id): row.state for row in rows}


def test_an_item_has_one_state_for_what_it_is_now(cast, handed, counter, walker, screen):
    first, again, forged = handed
    assert states() == {first: "counted", again: "already", forged: "refused"}
    take_back(actor=cast.guo, campaign_id=cast.campaign.pk, item_id=first, reason="误扫", at=cast.day)
    assert states(id=first) == {first: "taken_back"}
    back = item(walker, screen)
    counter.take(back, at=cast.day + timedelta(seconds=30))
    assert states()[back["id"]] == "put_back"
    assert states(id=first) == {first: "counted"}
    assert set(states().values()) <= set(listings.STATES)


def test_an_item_is_listed_with_names_and_an_attempt_with_its_arrival(cast, handed):
    rows = {str(row.id): row for row in listings.items_listed(Item.objects.all())}
    first, _, forged = (rows[key] for key in handed)
    assert (first.checkpoint_zh, first.checkpoint_en, first.organisation_name) == ("入口1", "Entrance 1", "木棉数科")
    assert first.happened == first.at
    assert forged.at is None or forged.happened == forged.at
    assert forged.happened is not None


def test_an_item_names_the_person_that_its_pass_stands_for(cast, handed, walker):
    other = new_pass(cast.firm, cast.campaign)
    early = Pass.objects.create(campaign=cast.campaign, organisation=cast.firm, joined_at=cast.day)
    mark_same_person(actor=cast.lan, first_id=walker.pk, second_id=early.pk, at=cast.day)
    (row,) = listings.items_listed(Item.objects.filter(id=handed[0]))
    assert row.person == walker.pk
    assert other.pk != row.person


@pytest.mark.parametrize(("shift", "count"), [(timedelta(0), 1), (timedelta(seconds=-1), 0)])
def test_what_counted_at_a_cut_off_is_what_the_facts_say(cast, handed, shift, count):
    first = Item.objects.get(id=handed[0])
    assert listings.counted_at(Item.objects.all(), first.at + shift).count() == count


def test_a_receipt_is_made_for_what_stands_in_the_log_only(handed):
    rows = {str(row.id): row for row in listings.items_listed(Item.objects.all())}
    proofs = [listings.proof_of(rows[key]) for key in handed]
    assert proofs[0] is not None
    assert len(proofs[0].check_code) == 9
    assert proofs[2] is None


def test_a_batch_is_found_for_what_has_a_leaf(handed):
    rows = {str(row.id): row for row in Item.objects.all()}
    assert listings.batch_of(rows[handed[0]]).size == 1
    assert listings.batch_of(rows[handed[2]]) is None


def test_a_pass_counts_what_is_in_force(cast, handed, walker):
    new_pass(cast.firm, cast.campaign)
    rows = {row.pk: row for row in listings.passes_listed(Pass.objects.all())}
    assert sorted(row.checkins for row in rows.values()) == [0, 1]
    take_back(actor=cast.guo, campaign_id=cast.campaign.pk, item_id=handed[0], reason="误扫", at=cast.day)
    assert listings.passes_listed(Pass.objects.filter(pk=walker.pk)).get().checkins == 0


def test_a_pass_says_whether_it_is_good_and_where_it_came_from(cast, walker):
    withdraw_pass(actor=cast.lan, pass_id=walker.pk, at=cast.day)
    new_pass(cast.firm, cast.campaign, on_the_spot=True)
    rows = [(row.state, row.origin) for row in listings.passes_listed(Pass.objects.all())]
    assert rows == [("withdrawn", "signed_up"), ("good", "on_the_spot")]


def test_passes_of_one_person_are_told_from_either_side_until_it_is_undone(cast, walker):
    other = new_pass(cast.firm, cast.campaign)
    both = {"first_id": walker.pk, "second_id": other.pk}
    mark_same_person(actor=cast.lan, **both, at=cast.day)
    assert listings.same_person(walker) == [other]
    assert listings.same_person(other) == [walker]
    undo_same_person(actor=cast.lan, **both, at=cast.day)
    assert listings.same_person(walker) == []


def test_a_poster_is_printed_by_whoever_shows_its_codes(cast, poster, screen):
    assert listings.visible_poster(cast.guo, poster.pk, at=cast.day) == poster
    for who, which in ((cast.lan, poster), (cast.qin, poster), (cast.guo, screen)):
        with pytest.raises(NotFound):
            listings.visible_poster(who, which.pk, at=cast.day)


def test_codes_of_a_campaign_are_those_of_its_checkpoints(cast, poster, screen):
    assert list(listings.serials_of(cast.campaign)) == [poster, screen]
    assert list(listings.serials_of(cast.foreign)) == []
    serial(cast.hall, cast.guo, CodeKind.GRANT)
    assert listings.serials_of(cast.campaign).count() == 3


def test_organisations_that_announced_people_but_signed_up_nobody(cast, walker):
    assert list(listings.organisations_without_pass(cast.campaign)) == [cast.second_firm, cast.unit]
    cast.unit.expected = None
    cast.unit.save()
    assert list(listings.organisations_without_pass(cast.campaign)) == [cast.second_firm]


def test_heads_are_counted_for_all_by_a_steward_and_for_the_own_by_a_contact(cast):
    def names(who):
        return [each.name for each in listings.countable_organisations(who, cast.campaign, at=cast.day)]

    assert names(cast.guo) == names(cast.tao) == ["木棉数科", "榕声互动", "共建单位甲"]
    assert names(cast.lan) == ["木棉数科"]
    assert names(cast.qin) == []


def test_campaigns_count_their_good_passes(cast, walker):
    withdraw_pass(actor=cast.lan, pass_id=new_pass(cast.firm, cast.campaign).pk, at=cast.day)
    rows = {row.pk: row for row in listings.campaigns_listed(type(cast.campaign).objects.all())}
    assert (rows[cast.campaign.pk].passes_count, rows[cast.campaign.pk].activities_count) == (1, 1)
    assert (rows[cast.foreign.pk].passes_count, rows[cast.foreign.pk].activities_count) == (0, 0)


def test_an_organisation_walks_where_it_has_passes(cast, walker):
    campaign(cast.panyu, "another")
    ((walk),) = listings.walks_of(cast.firm)
    assert (walk, walk.passes_count) == (cast.campaign, 1)
    assert list(listings.walks_of(cast.unit)) == []


def test_a_public_campaign_is_found_by_its_name(cast):
    assert listings.public_campaign("walk") == cast.campaign
    with pytest.raises(NotFound):
        listings.public_campaign("nothing")
