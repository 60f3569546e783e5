"""`workbook …` on the command line. Each command's room is imported when it is asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from workbook.errors import WorkbookError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when it worked, 1 when it said why not, 2 for a wrong command line."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words[:1] == ["print"]:
            return _print(words[1:])
        if words[:1] == ["export"]:
            return _export(words[1:])
        asked = _parser().parse_args(words)
        return int(asked.run(asked) or 0)
    except WorkbookError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"A file could not be read or written: {problem.strerror} ({problem.filename})", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1


def _print(words: list[str]) -> int:
    from workbook.content import edition
    from workbook.lab import vouching, workspace
    from workbook.report.command import main as print_page

    def place(asked: Path | None) -> workspace.Workspace:
        found = workspace.prepare(asked or workspace.default_folder())
        edition.use(found.content)
        return found

    return print_page(words, place=place, require=vouching.require)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workbook", description="A counselor's workbook in JupyterLab.")
    commands = parser.add_subparsers(required=True, metavar="command")
    lab = _command(commands, "lab", _lab, "open the workbook in the browser")
    _add_serving(lab)
    demo = _command(commands, "demo", _demo, "open a rehearsal: fictional cases with months of log")
    _add_serving(demo)
    commands.add_parser("export", help="a whole case as one file (workbook export --help)", add_help=False)
    commands.add_parser("print", help="a page as a PDF (workbook print --help)", add_help=False)
    coverage = commands.add_parser("coverage", help="which points of the catalogue the pages cover")
    coverage.add_argument("--json", action="store_true")
    coverage.set_defaults(run=_coverage)
    languages = _command(commands, "languages", _languages, "how complete each language is")
    languages.add_argument("--json", action="store_true")
    languages.add_argument("--seen", metavar="CODE", help="its translations were compared with the English of today")
    _command(commands, "content", _content, "look through your own forms, steps and routes for mistakes")
    restore = _command(commands, "restore", _restore, "bring back a backup, or a page as it was shipped")
    restore.add_argument("backup", nargs="?", help="a backup's name or file; without it, the backups are listed")
    restore.add_argument("--page", help="bring this page back, for example 02-pause; yours is put aside")
    _command(commands, "shortcut", _shortcut, "put a shortcut on the desktop")
    return parser


def _command(commands, name, run, about) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
    found: argparse.ArgumentParser = commands.add_parser(name, help=about)
    found.set_defaults(run=run)
    found.add_argument("--workspace", type=Path, help="folder of pages, practice and backups")
    return found


def _add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument("--port", type=int, help="a port of this computer; 0 for any free one")
    parser.add_argument("--idle-seconds", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--expose-app", action="store_true", help=argparse.SUPPRESS)


def _export(words: list[str]) -> int:
    from workbook.lab import export_command

    return export_command.main(words)


def _folder(asked: argparse.Namespace) -> Path:
    from workbook.lab.workspace import default_folder

    return asked.workspace or default_folder()


def _start(asked: argparse.Namespace, folder: Path) -> None:
    from workbook.lab import launcher

    launcher.start(
        folder,
        port=asked.port,
        browser=not asked.no_browser,
        idle_seconds=asked.idle_seconds,
        expose_app=asked.expose_app,
    )


def _lab(asked: argparse.Namespace) -> None:
    _start(asked, _folder(asked))


def _demo(asked: argparse.Namespace) -> None:
    from workbook.exchange import rehearsal
    from workbook.lab.workspace import prepare, rehearsal_folder
    from workbook.record.practice import Practice

    workspace = prepare(asked.workspace or rehearsal_folder())
    if Practice.state(workspace.practice) == "none":
        print("Making the rehearsal: fictional cases with months of log …", flush=True)
        rehearsal.make(workspace.folder)
    print(f"All people in this rehearsal are made up. Its passphrase is public: {rehearsal.PASSPHRASE}", flush=True)
    _start(asked, workspace.folder)


def _coverage(asked: argparse.Namespace) -> int:
    from workbook.content import coverage

    return coverage.main(asked.json)


def _languages(asked: argparse.Namespace) -> int:
    from workbook.content import completeness
    from workbook.lab.workspace import Workspace

    content = Workspace(_folder(asked)).content
    if asked.seen:
        print(f"Written: {completeness.seen(asked.seen, content)}")
        return 0
    return completeness.main(content, asked.json)


def _content(asked: argparse.Namespace) -> int:
    from workbook.content import edition
    from workbook.lab.workspace import Workspace

    folder = Workspace(_folder(asked)).content
    used = edition.use(folder)
    for name in used.own:
        print(f"In use: {folder / name}")
    for problem in used.problems:
        print(f"{problem.file}, line {problem.line}: {problem.problem}")
    if not used.own:
        print(f"There is nothing of your own yet in ‘{folder}’. How to begin: docs/make-it-yours.md")
    return 1 if used.problems else 0


def _restore(asked: argparse.Namespace) -> int:
    from workbook.lab import launcher
    from workbook.lab.workspace import prepare, restore_page
    from workbook.record import backup

    workspace = prepare(_folder(asked))
    if asked.page:
        from workbook.content.load import notebooks_dir

        aside = restore_page(workspace, asked.page, notebooks_dir())
        print("The page is as it was shipped." + (f" Yours was put aside: {aside}" if aside else ""))
        return 0
    if not asked.backup:
        return _list_backups(workspace.backups)
    if launcher.running_address(workspace):
        print("The workbook is open. Please choose ‘Close and lock’ first, then try again.", file=sys.stderr)
        return 1
    file = Path(asked.backup)
    aside = backup.restore(file if file.is_file() else workspace.backups / file.name, workspace.practice)
    kept = f" The one before is kept: {aside}" if aside else ""
    print(f"Restored. It opens with the passphrase that holds now; one of another practice with its own.{kept}")
    return 0


def _list_backups(folder: Path) -> int:
    from workbook.record import backup

    found = backup.listing(folder)
    for one in found:
        made = f"{one.made_at.astimezone():%Y-%m-%d %H:%M}" if one.made_at else "cannot be read"
        print(f"{one.name}   {made}   {one.size / 1024:.0f} kB")
    print("workbook restore NAME brings one back." if found else "There is no backup yet: one is made at each close.")
    return 0


def _shortcut(asked: argparse.Namespace) -> None:
    from workbook.lab import shortcut
    from workbook.lab.workspace import prepare

    for path in shortcut.make(prepare(_folder(asked))):
        print(f"Made: {path}")


if __name__ == "__main__":
    sys.exit(main())
