"""The rules of a save, as functions of values."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workbook.content.model import Form
from workbook.record import merge

NAMES = st.sampled_from(["a", "b", "c"])
PATHS = NAMES.map(lambda name: (name,)) | st.tuples(st.sampled_from(["x", "y"]), NAMES, NAMES)
ANSWERS = st.dictionaries(PATHS, st.none() | st.integers() | st.text(max_size=3))


@given(ANSWERS, ANSWERS)
def test_new_answers_lie_over_stored_ones(first: dict[merge.Path, Any], second: dict[merge.Path, Any]) -> None:
    """Each path holds the later answer; paths that were not named keep theirs; the stored record is left alone."""
    stored = merge.merge({}, first)
    before = merge.copy(stored)
    merged = merge.merge(stored, second)
    for path in first.keys() | second.keys():
        assert merge.get(merged, path) == (second[path] if path in second else first[path])
    assert stored == before


def test_field_that_became_rows() -> None:
    """When a counselor turned a text into rows, the next save does not stumble over the old text."""
    assert merge.merge({"list": "old text"}, {("list", "r", "text"): "new"}) == {"list": {"r": {"text": "new"}}}


def test_names_of_paths_never_meet() -> None:
    """A field's name and a cell's name are told apart."""
    assert merge.name_of(("a",)) != merge.name_of(("a", "b", "c"))
    assert merge.name_of(("a", "b.c", "d")) != merge.name_of(("a", "b", "c.d"))


def test_each_cell_is_checked_by_itself(forms: dict[str, Form]) -> None:
    """The good cells of a row with a bad one are taken."""
    checked = merge.check(forms["living"], {"list": {"r": {"text": "a", "score": 99, "nowhere": 1}}})
    assert checked.answers == {("list", "r", "text"): "a"}
    assert list(checked.refused) == ["list"]
