"""The waiting list's rule by itself: fair, nothing left that somebody could have had, nobody starves."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pygmalion_app.core.ids import new_id
from pygmalion_app.enrollments.waiting_queue import MOST_SKIPS, Waiting, keeps_seats, offer_ends, share_out

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
PLACES = st.lists(
    st.builds(Waiting, id=st.builds(new_id), quantity=st.integers(1, 9), skips=st.integers(0, MOST_SKIPS)), max_size=8
)


def test_the_first_is_asked_first_and_a_group_together() -> None:
    first, group, last = Waiting(new_id(), 1, 0), Waiting(new_id(), 3, 0), Waiting(new_id(), 1, 0)
    assert share_out([first, group, last], 1, 10, keeps=True).offered == [first.id]
    assert share_out([first, group, last], 4, 10, keeps=True).offered == [first.id, group.id]
    passed = share_out([group, last], 2, 10, keeps=True)
    assert (passed.offered, passed.skipped, passed.kept) == ([last.id], [group.id], {})


def test_seats_are_gathered_for_a_group_that_was_passed_by_often_enough() -> None:
    group, last = Waiting(new_id(), 3, MOST_SKIPS), Waiting(new_id(), 1, 0)
    plan = share_out([group, last], 2, 10, keeps=True)
    assert (plan.offered, plan.kept) == ([], {group.id: 2})
    assert share_out([group, last], 2, 10, keeps=False).offered == [last.id]


def test_who_waits_for_more_seats_than_there_are_keeps_nobody_waiting() -> None:
    group, last = Waiting(new_id(), 8, MOST_SKIPS), Waiting(new_id(), 1, 0)
    plan = share_out([group, last], 2, 5, keeps=True)
    assert (plan.offered, plan.kept, plan.skipped) == ([last.id], {}, [])


@examples(max_examples=300, deadline=None)
@given(PLACES, st.integers(0, 12), st.integers(1, 9), st.booleans())
def test_no_seat_is_given_twice_and_none_is_left_that_somebody_could_have(
    queue: list[Waiting], free: int, capacity: int, keeps: bool
) -> None:
    plan = share_out(queue, free, capacity, keeps=keeps)
    sizes = {one.id: one.quantity for one in queue}
    left = free - sum(sizes[one] for one in plan.offered) - sum(plan.kept.values())
    assert left >= 0
    waiting = [one for one in queue if one.id not in plan.offered and one.quantity <= capacity]
    assert all(one.quantity > left for one in waiting)
    assert len(plan.kept) <= 1
    if plan.kept:
        (kept,) = plan.kept
        behind = [one.id for one in queue[[one.id for one in queue].index(kept) + 1 :]]
        assert not set(behind) & set(plan.offered)
        assert 0 < plan.kept[kept] < sizes[kept]
    # Nobody is passed by a buyer of the same size or smaller who could wait: only those who do not fit are skipped.
    for place, one in enumerate(queue):
        if one.id not in plan.offered and any(later.id in plan.offered for later in queue[place + 1 :]):
            assert one.id in plan.skipped or one.quantity > capacity


@examples(max_examples=150, deadline=None)
@given(st.integers(2, 8), st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2)), min_size=40, max_size=40))
def test_a_group_is_served_however_many_small_ones_come_behind_it(size: int, history: list[tuple[int, int]]) -> None:
    """Each time some seats come free and small buyers join behind; the group has its seats in bounded time."""
    queue, skips, rounds, free = [size], 0, 0, 0
    for freed, joining in history:
        queue.append(joining)
        rounds, free = rounds + 1, free + freed
        ids = [new_id() for _ in queue]
        plan = share_out(
            [
                Waiting(one, quantity, skips if place == 0 else 0)
                for place, (one, quantity) in enumerate(zip(ids, queue, strict=True))
            ],
            free,
            20,
            keeps=True,
        )
        if ids[0] in plan.offered:
            break
        skips += ids[0] in plan.skipped
        free -= sum(quantity for one, quantity in zip(ids, queue, strict=True) if one in plan.offered)
        queue = [quantity for one, quantity in zip(ids, queue, strict=True) if one not in plan.offered]
    assert rounds <= MOST_SKIPS + size + 1


@examples(max_examples=200, deadline=None)
@given(st.integers(1, 60 * 24 * 90), st.integers(1, 168))
def test_an_offer_lasts_some_time_and_never_past_the_start(minutes: int, hours: int) -> None:
    starts_at = NOW + timedelta(minutes=minutes)
    ends = offer_ends(NOW, starts_at, timedelta(hours=hours))
    assert NOW < ends <= starts_at
    assert ends - NOW <= timedelta(hours=hours)
    nearer = offer_ends(NOW, NOW + timedelta(minutes=max(1, minutes // 2)), timedelta(hours=hours))
    assert nearer <= ends


def test_nothing_is_gathered_in_the_last_two_days() -> None:
    assert keeps_seats(NOW + timedelta(hours=49), NOW)
    assert not keeps_seats(NOW + timedelta(hours=48), NOW)
