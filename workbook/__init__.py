"""A counselor's workbook in JupyterLab. A page begins with `page = open_page()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.page import Page

__all__ = ["open_page"]
__version__ = "0.1.0"


def open_page() -> Page:
    """The page that this notebook is: its case, its forms, its charts. See `workbook.page.Page`."""
    from workbook.page import open_page as opened

    return opened()
