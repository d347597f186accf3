"""Do names keep out of each other's way?"""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.pictures.labels import Box, Label, Name, around, place

PAPER = Box(left=0, top=0, right=340, bottom=420)
NAMES = st.sampled_from(["Kayes", "Sandaré", "Diéma", "Bamako", "Diangounté-Camara", "Bla"])
POINTS = st.tuples(st.floats(min_value=40, max_value=300), st.floats(min_value=40, max_value=380))


def placed(*names: Name, lines: tuple[Box, ...] = ()) -> list[Label]:
    return place(names, paper=PAPER, taken=[around(name.at, 5) for name in names], lines=lines)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NAMES, POINTS, st.booleans()), max_size=10))
def test_no_two_names_overlap_and_none_hides_a_point(stops: list[tuple[str, tuple[float, float], bool]]):
    names = [Name(said=said, at=at, needed=needed) for said, at, needed in stops]
    labels = placed(*names)

    assert not [pair for pair in combinations(labels, 2) if pair[0].box.meets(pair[1].box)]
    assert not [label for label in labels for name in names if label.box.meets(around(name.at, 5))]
    assert all(label.box.within(PAPER) for label in labels)


def test_towns_at_one_spot_all_get_their_names():
    names = [Name(said=f"Ville {number}", at=(170 + number, 200)) for number in range(8)]

    assert [label.name for label in placed(*names)] == names


def test_a_name_stands_beside_its_point_unless_it_must_go_far():
    lone, *_ = placed(Name(said="Kayes", at=(100, 100)))
    crowd = placed(*[Name(said="Kayes", at=(100, 100 + number)) for number in range(6)])

    assert not lone.is_far
    assert any(label.is_far for label in crowd)


def test_a_name_that_is_not_needed_never_goes_far():
    crowd = placed(*[Name(said="Kayes", at=(100, 100 + number), needed=False) for number in range(12)])

    assert crowd
    assert not any(label.is_far for label in crowd)
    assert len(crowd) < 12


def test_names_keep_off_the_lines_where_they_can():
    road = tuple(around((x, 100), 5) for x in range(100, 200, 5))
    [label] = placed(Name(said="Kayes", at=(100, 100)), lines=road)

    assert not any(map(label.box.meets, road))
