"""Kernels of pages: one that is still coming up can already be asked about."""

from datetime import UTC, datetime

from workbook.lab.kernels import PageKernel


def test_a_kernel_that_is_coming_up_has_a_last_activity() -> None:
    """The list of kernels asks every one for it, also the one that is just being made ready."""
    assert PageKernel().last_activity <= datetime.now(UTC)
