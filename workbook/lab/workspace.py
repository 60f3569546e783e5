"""The workspace: the folder of the pages, the practice and its backups, outside of any clone and any cloud folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workbook.errors import WorkspaceProblem
from workbook.lab import vouching
from workbook.record.files import write_atomically

START = "00-start"
_CLOUD_FOLDERS = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud service",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "proton drive": "Proton Drive",
    "megasync": "MEGA",
    "box sync": "Box",
    "creative cloud files": "Creative Cloud",
    "synologydrive": "Synology Drive",
    "seafile": "Seafile",
    "tresorit": "Tresorit",
    "hidrive": "HiDrive",
    "magentacloud": "MagentaCLOUD",
}
_CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


@dataclass(frozen=True)
class Installed:
    """What `install` did: pages written for the first time or renewed, edited pages kept, broken pages put aside."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Workspace:
    """The folders of one workspace. Create it with `prepare`, which checks the place first."""

    folder: Path

    @property
    def pages(self) -> Path:
        """The notebooks that the counselor and the clients see."""
        return self.folder / "pages"

    @property
    def practice(self) -> Path:
        """The encrypted practice and its wrapped keys."""
        return self.folder / "practice"

    @property
    def backups(self) -> Path:
        """Encrypted copies of the practice, the last ten."""
        return self.folder / "backups"

    @property
    def content(self) -> Path:
        """The counselor's own forms, steps, routes and languages, laid over the shipped ones; it may be missing."""
        return self.folder / "content"

    @property
    def kept_pages(self) -> Path:
        """Pages that were put aside, when one was broken or brought back to how it was shipped."""
        return self.folder / "kept-pages"

    @property
    def lab(self) -> Path:
        """JupyterLab's own settings and run-time files; they hold nothing of a client."""
        return self.folder / "lab"

    def page(self, path: str) -> Path:
        """The file of a page, by its path as JupyterLab names it (`02-pause.ipynb`).

        Raises:
            WorkspaceProblem: the path leads out of the pages' folder.
        """
        found = (self.pages / path).resolve()
        if not found.is_relative_to(self.pages.resolve()) or found.suffix != ".ipynb":
            raise WorkspaceProblem("That is not a page of this workspace.")
        return found


def default_folder() -> Path:
    """Where the workspace lies if nobody says otherwise: the operating system's place for a program's own data."""
    from platformdirs import user_data_path

    return user_data_path("workbook", appauthor=False)


def rehearsal_folder() -> Path:
    """Where the rehearsal's workspace lies, well apart from the real one."""
    return default_folder().with_name("workbook-rehearsal")


def prepare(folder: Path) -> Workspace:
    """The workspace in this folder; makes its folders, readable by their owner alone, if they are missing.

    Raises:
        WorkspaceProblem: the folder lies in a git work tree, is a file, or cannot be written to.
    """
    folder = folder.expanduser().absolute()
    real = folder.resolve()
    tree = next((place for place in (real, *real.parents) if (place / ".git").exists()), None)
    if tree is not None:
        raise WorkspaceProblem(
            f"The workspace may not lie in ‘{folder}’: the folder ‘{tree}’ is under version control (git), and "
            "a client's record must never end up in a repository. Please choose another folder: "
            "workbook lab --workspace FOLDER"
        )
    workspace = Workspace(folder)
    try:
        for place in (folder, workspace.pages, workspace.practice, workspace.backups, workspace.lab):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceProblem(
            f"The workspace ‘{folder}’ cannot be made or written to ({error.strerror}). "
            "Please choose another folder: workbook lab --workspace FOLDER"
        ) from None
    return workspace


def cloud_warning(folder: Path) -> str | None:
    """A sentence for the counselor when the folder seems to be copied to a cloud service; otherwise None."""
    service = _cloud_service(folder.expanduser().resolve())
    if service is None:
        return None
    return (
        f"The workspace seems to lie in a folder that {service} copies to other computers. The practice is encrypted, "
        "but copies of it, and of the times at which you work, would leave this computer, and a practice that two "
        "computers change at once can be damaged. A folder that is not synchronised is safer: "
        "workbook lab --workspace FOLDER"
    )


def install(workspace: Workspace, shipped: Path) -> Installed:
    """Bring the shipped pages into the workspace, and keep every page that a counselor changed.

    A page is renewed when its cells are still those that were installed. A page that cannot be read at all is put aside
    in `kept-pages` and installed again.
    """
    journal = vouching.read_texts(_journal(workspace))
    written, kept, broken, ours = [], [], [], []
    for source in sorted(shipped.glob("*.ipynb")):
        target, name = workspace.pages / source.name, source.stem
        if target.exists():
            present = vouching.cells_digest(target)
            if present is None:
                _put_aside(workspace, target)
                broken.append(name)
            elif present != journal.get(name) and present != vouching.cells_digest(source):
                kept.append(name)
                continue
        if not target.exists() or target.read_bytes() != source.read_bytes():
            write_atomically(target, source.read_bytes())
            written.append(name)
        ours.append(source)
    _note(workspace, ours)
    return Installed(tuple(written), tuple(kept), tuple(broken))


def restore_page(workspace: Workspace, name: str, shipped: Path) -> Path | None:
    """Bring one page back to how it was shipped; returns where the present one was put aside, None if there was none.

    Raises:
        WorkspaceProblem: no page of this name is shipped.
    """
    source = shipped / f"{Path(name).stem}.ipynb"
    if not source.is_file():
        known = ", ".join(sorted(page.stem for page in shipped.glob("*.ipynb")))
        raise WorkspaceProblem(f"The workbook ships no page called ‘{Path(name).stem}’. Its pages: {known}.")
    target = workspace.pages / source.name
    aside = _put_aside(workspace, target) if target.exists() else None
    write_atomically(target, source.read_bytes())
    _note(workspace, [source])
    return aside


def _put_aside(workspace: Workspace, page: Path) -> Path:
    workspace.kept_pages.mkdir(mode=0o700, exist_ok=True)
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")
    for number in range(1, 100):
        target = workspace.kept_pages / f"{page.stem} {moment}{'' if number == 1 else f' {number}'}{page.suffix}"
        if not target.exists():
            break
    return Path(shutil.move(page, target))


def _journal(workspace: Workspace) -> Path:
    """Digest of each page as it was installed: tells an edited page from an old one. Trust does not rest on it."""
    return workspace.lab / "installed.json"


def _note(workspace: Workspace, sources: Iterable[Path]) -> None:
    digests = {source.stem: vouching.cells_digest(source) or "" for source in sources}
    journal = {**vouching.read_texts(_journal(workspace)), **digests}
    write_atomically(_journal(workspace), json.dumps(journal, indent=1).encode())


def _cloud_service(folder: Path) -> str | None:
    for variable in _CLOUD_VARIABLES:
        place = os.environ.get(variable)
        if place and folder.is_relative_to(Path(place).resolve()):
            return "OneDrive"
    parts = [part.casefold() for part in folder.parts]
    return next((said for part in parts for start, said in _CLOUD_FOLDERS.items() if part.startswith(start)), None)
