"""A rating on another scale as one on ours: linear, rounded to our scale's step, the formula in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from math import inf

from workbook.content.model import Field
from workbook.errors import ImportProblem


class NotANumber(ValueError):
    """A cell that is no number or lies outside its range; the text says why, never what stood there."""


@dataclass(frozen=True)
class Conversion:
    """From a column's range (`low` to `high`) to a field's; `reversed` when low numbers are the good ones."""

    low: Decimal
    high: Decimal
    reversed: bool
    bottom: Decimal
    top: Decimal
    step: Decimal

    @classmethod
    def to(cls, field: Field, low: float, high: float, reversed_: bool = False) -> Conversion:
        """The conversion to a scale field; ImportProblem unless `low` is below `high`."""
        if not -inf < low < high < inf:
            raise ImportProblem(
                "The lowest number of a column must be below its highest. Please look at its range again."
            )
        top = 10 if field.max is None else field.max
        return cls(_exact(low), _exact(high), reversed_, _exact(field.min), _exact(top), _exact(field.step))

    def __call__(self, value: Decimal) -> Decimal:
        """The value on our scale, halves rounded up; NotANumber outside the column's range."""
        if not self.low <= value <= self.high:
            raise NotANumber(f"this number is not between {self.low:f} and {self.high:f}")
        share = (self.high - value if self.reversed else value - self.low) / (self.high - self.low)
        steps = (share * (self.top - self.bottom) / self.step).quantize(Decimal(1), ROUND_HALF_UP)
        return self.bottom + steps * self.step

    def formula(self) -> str:
        """As in `(answer − 1) ÷ 6 × 10, rounded to whole numbers`."""
        if self.reversed:
            inner = f"({self.high:f} − answer)"
        elif self.low:
            inner = f"(answer {'−' if self.low > 0 else '+'} {abs(self.low):f})"
        else:
            inner = "answer"
        words = f"{inner} ÷ {self.high - self.low:f} × {self.top - self.bottom:f}"
        added = f" + {self.bottom:f}" if self.bottom else ""
        rounded = "whole numbers" if self.step == 1 else f"steps of {self.step:f}"
        return f"{words}{added}, rounded to {rounded}"

    def examples(self) -> list[tuple[str, str]]:
        """The column's whole numbers (both ends and the middle, if they are many) with what becomes of them."""
        span = range(int(self.low), int(self.high) + 1)
        few = span if self.high - self.low <= 10 else ()  # noqa: PLR2004
        whole = [Decimal(one) for one in few if self.low <= one <= self.high]
        picked = whole if len(whole) > 1 else [self.low, (self.low + self.high) / 2, self.high]
        return [(f"{value.normalize():f}", f"{self(value).normalize():f}") for value in picked]


def number(cell: str) -> Decimal:
    """The number in a cell; a comma may stand for the point. NotANumber for anything else."""
    try:
        value = Decimal(cell.strip().replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        raise NotANumber("this is no number") from None
    if not value.is_finite() or abs(value.adjusted()) > 15:  # noqa: PLR2004 - no log holds such numbers
        raise NotANumber("this is no number that a log can hold")
    return value


def plain(value: Decimal) -> int | float:
    """As JSON has it: a whole number without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


def _exact(value: float) -> Decimal:
    return Decimal(str(int(value) if value == int(value) else value))
