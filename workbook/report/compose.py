"""A document and its case as the data that the template prints: who may see what is decided here and nowhere else.

Blocks: {"t": "md"}, {"t": "form", "level", "title", "purpose", "items"}, {"t": "heading"}, {"t": "notice"},
{"t": "figure"}, {"t": "list"}, and tables. Headings never skip a level, whatever a page's
author wrote: PDF/UA asks for that.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from workbook.content import load
from workbook.content.model import Field, Form, Step
from workbook.content.words import phrase, t
from workbook.record.standing import called_gate, form_gate
from workbook.report import answers, blank, closing, entries
from workbook.report.document import Prose
from workbook.report.figures import Figures
from workbook.report.glyphs import line, paragraphs
from workbook.report.markdown import tree
from workbook.report.wording import filler, named, on_paper
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.practice import Practice

Audience = Literal["client", "counselor"]
Block = dict[str, Any]
LOGS = frozenset(("log", "measure", "screen"))
_DEEPEST = 6
_FEW_WORDS = 2
"""Paragraphs that only lead to what follows them."""
_OPEN = gates.Gate(open=True)


@dataclass
class Composer:
    """Turns the blocks of one page into data. `case` may be None for a blank page."""

    practice: Practice | None
    case: Case | None
    page: str
    audience: Audience
    empty: bool
    figures: Figures
    today: date
    whole: bool = False
    alone: bool = False
    level: int = 0
    blocks: list[Block] = field(default_factory=list)
    calls: set[str] = field(default_factory=set)
    forms: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        from workbook.record.standing import standing

        self.standing = standing(self.case, self.today) if self.case else None
        self.fill = filler(self.case)
        self.saved = self.case.last_saved() if self.case else {}
        step = load.step(self.page)
        self.gate = gates.Gate(True)
        if step and self.standing and not self.whole:
            self.gate = gates.theme_gate(step.id, self.standing)

    @property
    def counselor(self) -> bool:
        """True when the print is for the counselor's eyes."""
        return self.audience == "counselor"

    @property
    def may_print(self) -> bool:
        """True when the page is open to this audience."""
        return self.gate.open or self.counselor

    def prose(self, block: Prose) -> None:
        """The Markdown of one cell."""
        for node in tree(on_paper(block.markdown)):
            if node[0] == "h":
                self._heading(node[1], node[2])
            elif self.may_print:
                if node[0] in ("ul", "ol"):
                    self._stay()
                self.blocks.append({"t": "md", "blocks": [node]})

    def _heading(self, level: int, inline: Any) -> None:
        first = not self.level
        if not first and not self.may_print:
            return
        self.level = 1 if first else min(max(level, 2), self.level + 1)
        self.blocks.append({"t": "heading", "level": self.level, "inline": inline})
        if first and not self.may_print:
            self.notice(t(self.gate.says))
            self.blocks.extend(closing.open_now(self.case))

    def picture(self, block: Block | None) -> None:
        """A figure or a week, if there is one; the words just before it stay on its page."""
        if block is None:
            return
        self._stay()
        self.blocks.append(block)

    def _stay(self) -> None:
        """The words just before what follows do not stay behind on the page before."""
        if self.blocks and self.blocks[-1]["t"] == "md":
            self.blocks[-1]["keep"] = True

    def untell(self) -> None:
        """Take back the heading and the few words under it, or words with a colon, that lead to nothing on paper."""
        words = 0
        while words < min(len(self.blocks), _FEW_WORDS) and self.blocks[-1 - words]["t"] == "md":
            words += 1
        above = self.blocks[-1 - words] if words < len(self.blocks) else {}
        if above.get("t") != "heading" or above["level"] == 1:
            if words and str(self.blocks[-1]["blocks"][-1][1][-1]).endswith(":"):
                del self.blocks[-1]
            return
        del self.blocks[-1 - words :]
        self.level = next((one["level"] for one in reversed(self.blocks) if one["t"] == "heading"), 0)

    def notice(self, text: str) -> None:
        """A sentence set apart."""
        self.blocks.append({"t": "notice", "text": line(text)})

    def form(self, form: Form, *, quiet: bool = False, every: bool = False) -> bool:
        """Print one form; True when it stands there, False when it is open to this audience but need not stand here.

        What this audience may not see, or the case is not asked at all, prints nothing. `quiet` skips a form without
        answers, and the empty sheet of one that is at home on another page; otherwise one line says that nothing is
        there yet. `every`: all entries of a log, wherever its home is.
        """
        if not self.counselor and (form.audience == "counselor" or form.kind == "screen"):
            return True
        if not gates.shown(form.show_if, self.standing or gates.ANYBODY) or self.hides(form):
            return True
        gate = self._gate(form)
        if gate.way == "opt-in" and not gate.open and form.id not in self.saved:
            return True
        calm_theme = gate.way == "calm" and "calm" not in form.needs  # what a form itself needs calm for may be printed
        if not gate.open and (gate.way == "counselor" or calm_theme) and not self.counselor:
            self._closed(form, gate.says, by_name=not quiet)
        elif quiet and self.empty and self.home(form):
            return False
        elif self.empty or self.case is None:
            self._form_block(form, self._blank_items(named(form, self.fill)))
        else:
            items = self._filled_items(self.case, form, every, quiet) if form.id in self.saved else []
            if quiet and not items:
                return False
            self._form_block(form, items or [{"t": "small", "text": line(_nothing(form))}])
        return True

    def _gate(self, form: Form) -> gates.Gate:
        """The gate before a form, as on the screen: no copied page is a way around its themes."""
        if self.standing is None:
            return _OPEN
        return form_gate(form, self.standing) if self.whole else called_gate(form, self.standing)

    def _closed(self, form: Form, says: str, *, by_name: bool) -> None:
        """Why it is closed, under the form's title or alone; of several in a row one sentence is enough."""
        sentence = {"t": "notice", "text": line(t(says))}
        if by_name:
            self._form_block(replace(form, purpose="", example=""), [sentence])
        elif not self.blocks or self.blocks[-1] != sentence:
            self.blocks.append(sentence)

    def _form_block(self, form: Form, items: list[Any]) -> None:
        level = min(max(self.level, 1) + 1, _DEEPEST)
        purpose = paragraphs(self.fill(form.purpose))
        example = paragraphs(self.fill(form.example)) if self.empty else []
        self._stay()
        self.blocks.append({"t": "form", "level": level, "title": line(self.fill(form.title)), "purpose": purpose,
                            "example": example, "sample": t("An example"), "items": items})  # fmt: skip
        if not self.level:  # a page that begins with a form still needs its first heading
            self.level = 1
            self.blocks.insert(0, {"t": "heading", "level": 1, "text": line(t("Page"))})

    def _filled_items(self, case: Case, form: Form, every: bool, quiet: bool) -> list[Any]:
        home = self.home(form)
        if form.kind in LOGS:
            kept = [one for one in case.entries(form.id, include_private=False) if answers.written(one.answers)]
            asked = replace(form, fields=self._log_fields(case, form))
            shown = kept[-1:] if home and not every else kept
            items = entries.entries(named(asked, self.fill), shown) if kept else []
            if len(shown) < len(kept):
                said = phrase("This is the newest of {count} entries; all of them print with ‘{page}’.")
                items.append({"t": "small", "text": line(t(said, count=len(kept), page=home))})
            return items
        living = case.read(form.id)
        if living is None or living.private or not answers.written(living.answers):
            return []
        fields = self.fields(named(form, self.fill))
        if not quiet or not home:
            return answers.filled(fields, living.answers)
        words = t("These are the newest answers; the whole sheet prints with ‘{page}’.", page=home)
        items = answers.newest(fields, living.answers)
        return [*items, {"t": "small", "text": line(words)}] if items else []

    def home(self, form: Form) -> str:
        """The page that a form met again here is at home on: it prints whole there. Empty where that is this page.

        A page that the client may not see now, or that a decision leads to, is never named: there it prints whole here.
        """
        here, home = load.step(self.page), load.step_of(form.id)
        if here is None or self.alone:
            return ""
        if form.id in load.OF_THE_LOG:
            return t("Log")
        if self.whole or home is None or home is here or not self._named(home):
            return ""
        return home.title

    def _named(self, step: Step) -> bool:
        shut = self.standing and not gates.theme_gate(step.id, self.standing).open
        return not step.aside and (self.counselor or not shut)

    def _log_fields(self, case: Case, form: Form) -> tuple[Field, ...]:
        """The items of a log; for a client less those of a closed step, and those that the counselor did not open."""
        from workbook.forms.items import allowed

        fields = self.fields(form)
        return fields if self.counselor else allowed(fields, case)

    def _blank_items(self, form: Form) -> list[Any]:
        fields = self.fields(form)
        if any(one.quick for one in fields):  # the daily log: on paper a week at once
            return [blank.week(fields)]
        return blank.entries(fields) if form.kind in LOGS - {"screen"} else blank.blank(fields)

    def hides(self, form: Form) -> bool:
        """True when the form is not even named in this print."""
        standing = None if self.counselor else self.standing
        return standing is not None and gates.hidden(standing, reaches_partner=form.reaches_partner)

    def fields(self, form: Form) -> tuple[Field, ...]:
        """The questions that the page would ask now; for the counselor also what a gate closes to the client."""
        from workbook.forms.spec import fields_under, shown_fields

        if self.standing is None:  # nobody's page: what is asked only where there is no contact is left out
            return tuple(shown_fields(form, gates.ANYBODY))
        if self.counselor:
            told = fields_under(form, self.standing)
            return tuple(one for one in form.fields if one.answers or one in told)
        return fields_under(form, self.standing)


def _nothing(form: Form) -> str:
    return t("No entries yet.") if form.kind in LOGS else t("Nothing written here yet.")
