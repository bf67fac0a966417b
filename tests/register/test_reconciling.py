"""Which firm a cluster of rows is: least change, identities kept, and nothing at all the second time."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from zuji.register.reconciling import Known, Plan, reconcile

NOTHING: tuple[tuple[int, ...], dict[int, int], dict[int, int]] = ((), {}, {})


def done(clusters: list[list[int]], known: Known, plan: Plan) -> Known:
    """What stands once a plan is carried out; new firms are numbered from 1000."""
    firms = [home if home is not None else 1000 + place for place, home in enumerate(plan.homes)]
    parents = {gone: kept for gone, kept in known.parents.items() if gone not in plan.undone} | dict(plan.merges)
    homes = dict(known.homes) | {row: firms[place] for row, place in plan.moves.items()}
    return replace(known, homes=homes, parents=parents, former={})


def changes(plan: Plan) -> tuple[object, ...]:
    return plan.undone, dict(plan.moves), dict(plan.merges)


def resolved(known: Known, firm: int) -> int:
    steps = 0
    while firm in known.parents:
        firm, steps = known.parents[firm], steps + 1
        assert steps <= len(known.parents), "a circle"
    return firm


def partition(known: Known, rows: list[int]) -> set[frozenset[int]]:
    """The rows that stand together, whichever firm it is."""
    firms = {resolved(known, known.homes[row]) for row in rows}
    return {frozenset(row for row in rows if resolved(known, known.homes[row]) == firm) for firm in firms}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[list[int]], Known]:
    """Rows in clusters; some have firms, of which some are merged, now and then by a person."""
    rows = list(range(1, draw(st.integers(1, 12)) + 1))
    firms = list(range(101, 101 + draw(st.integers(1, 5))))
    homes = {row: draw(st.sampled_from(firms)) for row in rows if draw(st.booleans())}
    gone = [place for place in range(1, len(firms)) if draw(st.booleans())]
    parents = {firms[place]: draw(st.sampled_from(firms[:place])) for place in gone}
    ruled = frozenset(firm for firm in parents if draw(st.booleans()))
    former = {row: draw(st.sampled_from(firms)) for row in rows if row not in homes and draw(st.booleans())}
    places = {row: draw(st.integers(0, 4)) for row in rows}
    clusters = [[row for row in rows if places[row] == place] for place in range(5)]
    return [cluster for cluster in clusters if cluster], Known(homes=homes, parents=parents, ruled=ruled, former=former)


@given(worlds())
def test_afterwards_the_firms_are_the_clusters_and_no_merge_goes_in_a_circle(world):
    clusters, known = world
    after = done(clusters, known, reconcile(clusters, known))
    assert partition(after, [row for cluster in clusters for row in cluster]) == set(map(frozenset, clusters))


@given(worlds())
def test_a_second_time_nothing_changes(world):
    clusters, known = world
    after = done(clusters, known, reconcile(clusters, known))
    assert changes(reconcile(clusters, after)) == NOTHING


@given(worlds())
def test_a_merge_that_a_person_made_is_never_undone(world):
    clusters, known = world
    assert not known.ruled & set(reconcile(clusters, known).undone)


@given(worlds(), st.randoms())
def test_the_order_of_clusters_and_rows_does_not_matter(world, random):
    clusters, known = world
    shuffled = [random.sample(cluster, len(cluster)) for cluster in random.sample(clusters, len(clusters))]
    one, other = (reconcile(each, known) for each in (clusters, shuffled))
    firms = {frozenset(cluster): home for cluster, home in zip(clusters, one.homes, strict=True)}
    assert firms == {frozenset(cluster): home for cluster, home in zip(shuffled, other.homes, strict=True)}
    assert (one.undone, one.merges, set(one.moves)) == (other.undone, other.merges, set(other.moves))


@given(worlds())
def test_a_firm_keeps_most_of_its_rows(world):
    clusters, known = world
    known = replace(known, parents={}, ruled=frozenset())
    plan = reconcile(clusters, known)
    for firm in set(known.homes.values()):
        rows = [row for row, home in known.homes.items() if home == firm]
        most = max(sum(row in cluster for row in rows) for cluster in clusters)
        assert sum(row not in plan.moves for row in rows) == most


def test_a_row_without_a_firm_joins_the_firm_of_its_cluster_or_makes_one():
    plan = reconcile([[1, 2], [3]], Known(homes={1: 101}))
    assert (plan.homes, dict(plan.moves)) == ((101, None), {2: 0, 3: 1})


def test_the_firm_with_more_rows_takes_the_other_in_whose_rows_stay_with_it():
    plan = reconcile([[1, 2, 3]], Known(homes={1: 101, 2: 102, 3: 102}))
    assert (plan.homes, changes(plan)) == ((102,), ((), {}, {101: 102}))


def test_once_the_cluster_parts_each_firm_is_as_it_was():
    known = Known(homes={1: 101, 2: 102, 3: 102}, parents={101: 102})
    plan = reconcile([[1], [2, 3]], known)
    assert (plan.homes, changes(plan)) == ((101, 102), ((101,), {}, {}))


def test_what_a_person_merged_counts_as_one_firm():
    known = Known(homes={1: 101, 2: 102}, parents={101: 102}, ruled=frozenset({101}))
    assert changes(reconcile([[1, 2]], known)) == NOTHING
    assert reconcile([[1]], known).homes == (102,)


def test_rows_that_went_astray_go_to_the_firm_of_their_cluster():
    plan = reconcile([[1, 2], [3, 4]], Known(homes={1: 101, 2: 101, 3: 101, 4: 102}))
    assert (plan.homes, changes(plan)) == ((101, 102), ((), {3: 1}, {}))


def test_a_list_that_comes_again_finds_its_firms_unless_they_have_rows_of_others():
    known = Known(homes={3: 102}, former={1: 101, 2: 102})
    assert reconcile([[1], [2], [3]], known).homes == (101, None, 102)
