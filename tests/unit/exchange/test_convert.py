"""From another scale to ours."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.content import load
from workbook.errors import ImportProblem
from workbook.exchange.convert import Conversion, NotANumber, number, plain

MOOD = load.form("daily").field("mood")


def test_one_to_seven() -> None:
    """The seven answers of the real file, by hand: (answer − 1) ÷ 6 × 10, halves up."""
    to_ten = Conversion.to(MOOD, 1, 7)
    assert [plain(to_ten(Decimal(answer))) for answer in range(1, 8)] == [0, 2, 3, 5, 7, 8, 10]
    assert to_ten.formula() == "(answer − 1) ÷ 6 × 10, rounded to whole numbers"
    assert to_ten.examples()[0] == ("1", "0")
    assert to_ten.examples()[-1] == ("7", "10")


def test_the_other_way_round() -> None:
    """Where a high number is the bad one, the scale is turned."""
    turned = Conversion.to(MOOD, -3, 3, True)
    assert [plain(turned(Decimal(answer))) for answer in range(-3, 4)] == [10, 8, 7, 5, 3, 2, 0]
    assert turned.formula() == "(3 − answer) ÷ 6 × 10, rounded to whole numbers"
    assert Conversion.to(MOOD, -3, 3).formula() == "(answer + 3) ÷ 6 × 10, rounded to whole numbers"


def test_the_same_scale_stays() -> None:
    """0 to 10 is taken as it stands."""
    same = Conversion.to(MOOD, 0, 10)
    assert [plain(same(Decimal(answer))) for answer in range(11)] == list(range(11))
    assert same.formula() == "answer ÷ 10 × 10, rounded to whole numbers"
    assert [plain(Conversion.to(MOOD, 0, 100)(Decimal(answer))) for answer in (0, 4, 5, 95, 100)] == [0, 0, 1, 10, 10]


def test_a_range_may_be_wide() -> None:
    """A slip of the finger in the highest number is shown as what it is, and not counted through."""
    assert [before for before, _ in Conversion.to(MOOD, 0, 10**14).examples()] == ["0", "50000000000000", f"{10**14}"]


@pytest.mark.parametrize("ends", [(7, 1), (3, 3), (0, float("inf")), (float("-inf"), 1)])
def test_a_range_has_two_ends(ends: tuple[float, float]) -> None:
    """Refused in words."""
    with pytest.raises(ImportProblem, match="lowest"):
        Conversion.to(MOOD, *ends)


@pytest.mark.parametrize("answer", ["0", "8", "7.01"])
def test_outside_the_range(answer: str) -> None:
    """A number that the column cannot hold is refused, not bent."""
    with pytest.raises(NotANumber, match="between 1 and 7"):
        Conversion.to(MOOD, 1, 7)(number(answer))


@pytest.mark.parametrize(("cell", "value"), [("5", "5"), (" 3,5 ", "3.5"), ("−2", "-2"), ("1e1", "10")])
def test_numbers(cell: str, value: str) -> None:
    """As people and apps write them."""
    assert number(cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["", "so-so", "5/10", "inf", "nan", "1e999", "1e99", "0x10", "5 of 7"])
def test_no_numbers(cell: str) -> None:
    """Text in a number is refused, and the reason does not repeat it."""
    with pytest.raises(NotANumber) as refused:
        number(cell)
    assert not cell or cell not in str(refused.value)


@given(st.integers(-100, 100), st.integers(1, 200), st.data(), st.booleans())
def test_conversion_keeps_order_and_ends(low: int, width: int, data: st.DataObject, turned: bool) -> None:
    """Ends meet ends, order is kept (or turned), and every result is an answer that the field takes."""
    to_ten = Conversion.to(MOOD, low, low + width, turned)
    one, other = sorted(data.draw(st.tuples(*[st.integers(low, low + width)] * 2)))
    small, large = to_ten(Decimal(one)), to_ten(Decimal(other))
    assert (small >= large) if turned else (small <= large)
    assert {plain(to_ten(Decimal(low))), plain(to_ten(Decimal(low + width)))} == {0, 10}
    assert MOOD.check(plain(small)) == plain(small)
