"""Made-up answers fit their questions and raise no flag."""

from __future__ import annotations

from random import Random

import pytest

from workbook.content import load
from workbook.exchange import fictional

LOGS = [one for one in load.forms().values() if one.kind == "log" and one.audience == "client"]


@pytest.mark.parametrize("form", LOGS, ids=lambda form: form.id)
def test_every_answer_fits_and_flags_nothing(form):
    """Whatever a log asks one day, the rehearsal can answer it, and no fictional case waits for the counselor."""
    random = Random(1)
    for number in range(60):
        for name, value in fictional.made_up(form, random, number / 60, monthly=True).items():
            field = form.field(name)
            assert field.check(value) == value
            given = value if isinstance(value, list) else [value]
            assert not (field.flag and field.flag.opens and any(map(field.flag.meets, given)))


def test_shares_make_a_hundred():
    """In steps of five."""
    shares = [f for form in LOGS for f in form.fields if f.kind == "shares"]
    assert shares
    for field in shares:
        given = fictional._shares(field, Random(2), 0, {})
        assert sum(given.values()) == 100
        assert min(given.values()) >= 0
