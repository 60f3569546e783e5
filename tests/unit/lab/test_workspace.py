"""The workspace lies in a safe place, and a counselor's pages are theirs."""

import os
from pathlib import Path

import pytest

from workbook.errors import WorkspaceProblem
from workbook.lab import workspace as module
from workbook.lab.workspace import cloud_warning, install, prepare, restore_page


@pytest.mark.parametrize("marker", ["folder", "file"])
def test_a_git_work_tree_is_refused(tmp_path, marker):
    """Also deep below its top, and when .git is a file, as in a worktree."""
    git = tmp_path / "clone" / ".git"
    git.parent.mkdir()
    git.mkdir() if marker == "folder" else git.write_text("gitdir: elsewhere")
    with pytest.raises(WorkspaceProblem, match=r"clone.*git.*--workspace"):
        prepare(tmp_path / "clone" / "a" / "b")
    assert not (tmp_path / "clone" / "a").exists()


def test_a_link_into_a_work_tree_is_refused(tmp_path):
    """What counts is where the folder really lies."""
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    link = tmp_path / "link"
    try:
        link.symlink_to(tmp_path / "clone", target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    with pytest.raises(WorkspaceProblem):
        prepare(link / "workspace")


def test_a_place_that_cannot_hold_it_is_refused_in_words(tmp_path):
    """A file in the way is named, with what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceProblem, match=r"cannot be made.*--workspace"):
        prepare(tmp_path / "file" / "workspace")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights, given by the user's own folder")
def test_only_its_owner_may_look_into_it(workspace):
    """No folder of the workspace can be listed by another user of the computer."""
    for folder in (workspace.folder, workspace.pages, workspace.practice, workspace.backups, workspace.lab):
        assert folder.stat().st_mode & 0o077 == 0, folder


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox", "Dropbox"),
        ("OneDrive - Practice", "OneDrive"),
        ("iCloud Drive", "iCloud"),
        ("Google Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Nextcloud2", "Nextcloud"),
        ("SynologyDrive", "Synology"),
        ("Seafile", "Seafile"),
        ("Tresorit", "Tresorit"),
        ("HiDrive", "HiDrive"),
        ("MagentaCLOUD", "MagentaCLOUD"),
    ],
)
def test_a_cloud_folder_is_warned_of(tmp_path, folder, service):
    """The warning names the service."""
    assert service in (cloud_warning(tmp_path / folder / "workbook") or "")


def test_onedrive_under_another_name_is_found(tmp_path, monkeypatch):
    """Windows says where OneDrive lies, whatever its folder is called."""
    monkeypatch.setenv("OneDrive", str(tmp_path / "Documents"))
    assert "OneDrive" in (cloud_warning(tmp_path / "Documents" / "workbook") or "")


def test_a_plain_folder_is_not_warned_of(tmp_path):
    """A warning that always comes would soon be read by nobody."""
    assert cloud_warning(tmp_path / "workbook") is None


def test_pages_are_installed_and_renewed(workspace, shipped, write_page):
    """A page that nobody changed follows the package."""
    assert install(workspace, shipped).written == ("00-start", "02-pause")
    assert install(workspace, shipped).written == ()
    write_page(shipped, "02-pause", "page.form('a-newer-one')")
    done = install(workspace, shipped)
    assert (done.written, done.kept) == (("02-pause",), ())
    assert "a-newer-one" in (workspace.pages / "02-pause.ipynb").read_text()


@pytest.mark.parametrize("change", [{"prose": "My own words"}, {"code": "page.form('mine')"}])
def test_a_changed_page_survives_an_upgrade(workspace, shipped, write_page, change):
    """Prose or code: what the counselor wrote stays, at every later start too."""
    install(workspace, shipped)
    mine = write_page(workspace.pages, "02-pause", **change).read_text()
    write_page(shipped, "02-pause", "page.form('a-newer-one')")
    for _ in range(2):
        assert install(workspace, shipped).kept == ("02-pause",)
        assert (workspace.pages / "02-pause.ipynb").read_text() == mine


def test_a_tag_is_a_change(workspace, shipped):
    """Who reads a paragraph was the counselor's word: a later start does not take it back."""
    install(workspace, shipped)
    page = workspace.pages / "02-pause.ipynb"
    mine = page.read_text().replace('"metadata": {}', '"metadata": {"tags": ["with-contact"]}', 1)
    page.write_text(mine)
    assert install(workspace, shipped).kept == ("02-pause",)
    assert page.read_text() == mine


def test_a_page_saved_without_a_change_is_still_ours(workspace, shipped, write_page):
    """JupyterLab rewrites a file's form at each save; that is no edit."""
    install(workspace, shipped)
    page = workspace.pages / "02-pause.ipynb"
    page.write_text(page.read_text().replace("{", "{\n "))
    write_page(shipped, "02-pause", "page.form('a-newer-one')")
    assert install(workspace, shipped).written == ("02-pause",)


def test_a_broken_page_is_put_aside_and_installed_again(workspace, shipped):
    """Its bytes are not thrown away."""
    install(workspace, shipped)
    (workspace.pages / "02-pause.ipynb").write_text("{ half a no")
    assert install(workspace, shipped).broken == ("02-pause",)
    assert [one.read_text() for one in workspace.kept_pages.iterdir()] == ["{ half a no"]
    assert "pause-plan" in (workspace.pages / "02-pause.ipynb").read_text()


def test_a_page_can_be_brought_back(workspace, shipped, write_page):
    """The counselor's version is kept aside, and the page follows upgrades again."""
    install(workspace, shipped)
    write_page(workspace.pages, "02-pause", prose="Mine")
    aside = restore_page(workspace, "02-pause", shipped)
    assert aside is not None
    assert "Mine" in aside.read_text()
    assert install(workspace, shipped).kept == ()
    with pytest.raises(WorkspaceProblem, match="00-start, 02-pause"):
        restore_page(workspace, "no-such-page", shipped)


@pytest.mark.parametrize("path", ["../practice/keys.json", "../../other.ipynb", "/etc/passwd", "02-pause.txt"])
def test_no_path_leads_out_of_the_pages(workspace, path):
    """A question from the browser reaches notebooks of this workspace and nothing else."""
    with pytest.raises(WorkspaceProblem):
        workspace.page(path)


def test_the_rehearsal_lies_apart():
    """Made-up people and real ones never share a folder."""
    assert module.rehearsal_folder() != module.default_folder()
    assert not module.rehearsal_folder().is_relative_to(module.default_folder())
    assert isinstance(module.default_folder(), Path)
