"""One tree of errors. A message says what, where, what was expected and what to do; never a client's words or a key."""

from __future__ import annotations

from pathlib import Path


class WorkbookError(Exception):
    """Base of all errors that the workbook raises on purpose; its text may be shown to a counselor."""


class ContentError(WorkbookError):
    """A content file is wrong; the text names file and line."""

    def __init__(self, file: Path | str, line: int, problem: str) -> None:
        self.file, self.line, self.problem = Path(file), line, problem
        super().__init__(f"{self.file.name}, line {line}: {problem}")


class InvalidAnswer(WorkbookError):
    """An answer does not fit its field. Names the field and what is expected, never the answer.

    `values` fill the holes of `expected` (then it is `wanted`); both are kept, to be said in another language.
    """

    def __init__(self, field: str, expected: str, **values: object) -> None:
        self.field, self.expected, self.values = field, expected, values
        self.wanted = expected.format(**values) if values else expected
        super().__init__(f"“{field}” was not stored: {self.wanted}")


class CaseMismatch(WorkbookError):
    """A save carries another case than the page's own."""


class GateClosed(WorkbookError):
    """The form or page is not open for this case now."""


class CaseClosed(WorkbookError):
    """The case is closed: it can be read and printed, and nothing new is stored in it until it is reopened."""


class KeyProblem(WorkbookError):
    """Something about a passphrase or recovery key."""


class WrongKey(KeyProblem):
    """The passphrase or recovery key does not fit this practice."""


class WeakPassphrase(KeyProblem):
    """A new passphrase is too easy to guess."""


class PracticeProblem(WorkbookError):
    """The practice file cannot be used."""


class NotAPractice(PracticeProblem):
    """There is no practice at this place, or the file is something else."""


class DamagedPractice(PracticeProblem):
    """The practice is there but cannot be read whole."""


class NewerPractice(PracticeProblem):
    """A newer version of the workbook wrote this practice."""


class HostProblem(WorkbookError):
    """The page cannot reach what it needs to run."""


class NoServer(HostProblem):
    """The page runs outside the workbook's own JupyterLab."""


class Locked(HostProblem):
    """The practice is locked."""


class NoCase(HostProblem):
    """No case is open."""


class PageNotVouched(HostProblem):
    """The page's code is not the one that was installed or saved by the unlocked counselor."""


class WorkspaceProblem(WorkbookError):
    """The workspace folder cannot be used."""


class ImportProblem(WorkbookError):
    """A file cannot be read in."""


class PrintProblem(WorkbookError):
    """A page cannot be printed."""
