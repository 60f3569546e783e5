"""The numbers of the support page as a panel."""

from __future__ import annotations

from workbook.forms.panel import Panel
from workbook.record.practice import Practice
from workbook.record.support import support


class SupportPanel(Panel):
    """Emergency number and confirmed lines of the practice's country."""

    def __init__(self, practice: Practice) -> None:
        super().__init__(kind="support", spec=support(practice))
