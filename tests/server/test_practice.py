"""From creating a practice to closing it, over the server's own routes and with real kernels."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from workbook.record.keys import FILE
from workbook.record.moments import now
from workbook.record.practice import Practice
from workbook.record.tables import migration

from .client import PASSPHRASE, Server, Start

CASE = "from workbook.lab.client import connect; c = connect(); print(c.page, c.case and c.case.info.alias)"


def add_case(server: Server, alias: str) -> str:
    """Add a case through the start page's kernel, as its panel does, and open it."""
    with server.page("00-start.ipynb") as kernel:
        case_id = kernel.run(
            f"from workbook.lab.client import connect; print(connect().practice.add_case({alias!r}).info.id)"
        )
    server.post("case", id=case_id)
    return case_id


def test_a_practice_from_creating_to_closing(start: Start) -> None:
    """Create, confirm, open a case, work in a vouched page, close: the backup is there and the server has ended."""
    server = start()
    assert server.get("state")["practice"] == "none"
    recovery = server.post("create", passphrase=PASSPHRASE)["recovery"]
    assert server.get("state")["confirmed"] is False
    with server.page("00-start.ipynb") as kernel:
        assert kernel.run(CASE) == "00-start None"
    assert "recovery sheet" in server.refused("case", id="any")
    groups = recovery.split("-")
    assert "sheet" in server.refused("confirm", groups={"2": groups[1], "5": "0000"})
    server.post("confirm", groups={"2": groups[1].lower(), "5": groups[4]})
    case_id = add_case(server, "Willow")
    assert server.get("state")["case"] == {"id": case_id, "alias": "Willow"}
    with server.page("02-pause.ipynb") as kernel:
        assert kernel.run(CASE) == "02-pause Willow"
    server.post("close")
    assert server.process.wait(30) == 0
    assert len(list((server.workspace / "backups").glob("*.backup"))) == 1


def test_a_locked_practice_gives_its_key_to_nobody(start: Start) -> None:
    """After a lock the kernels that held the key are gone; a new one is refused until the unlock brings the case."""
    server = start()
    server.open_practice()
    add_case(server, "Willow")
    with server.page("02-pause.ipynb") as kernel:
        kernel.run(CASE)
        before = kernel.id
    server.post("lock")
    assert before not in server.kernels()
    state = server.get("state")
    assert (state["practice"], state["case"]) == ("locked", None)
    with server.page("02-pause.ipynb") as kernel:
        assert kernel.run(CASE).startswith("Locked:")
        server.post("unlock", passphrase=PASSPHRASE)
        assert kernel.run(CASE) == "02-pause Willow"  # the case that was open when it locked


def test_a_practice_of_a_newer_version(start: Start) -> None:
    """It is locked, not damaged: the sentence comes when somebody unlocks it, and an update would open it."""
    server = start()
    server.open_practice()
    folder = server.workspace / "practice"
    practice = Practice.open(folder, Practice.unlock(folder, PASSPHRASE))
    with practice.writing() as connection:
        row = {"number": 99, "name": "of_later", "applied_at": now()}
        connection.execute(migration.insert().values(row))
    practice.close()
    server.post("lock")
    for newer in (None, '{"format": 2}'):
        if newer:
            (folder / FILE).write_text(newer)
        assert "newer version" in server.refused("unlock", passphrase=PASSPHRASE)
        assert server.get("state")["practice"] == "locked"


def test_a_page_that_nobody_vouches_for_gets_no_key(start: Start) -> None:
    """Code that was neither installed nor saved by the unlocked counselor does not reach the practice."""
    server = start()
    server.open_practice()
    add_case(server, "Willow")
    strange = {"cells": [{"cell_type": "code", "source": "steal()", "outputs": []}]}
    page = server.workspace / "pages" / "strange.ipynb"
    page.write_text(json.dumps(strange))
    assert server.get("vouch?path=strange.ipynb")["why"] == "changed"
    with server.page("strange.ipynb") as kernel:
        assert kernel.run(CASE).startswith("PageNotVouched:")
        server.post("vouch", path="strange.ipynb")
        assert kernel.run(CASE) == "strange Willow"
    server.post("lock")
    assert server.get("vouch?path=strange.ipynb")["why"] == "locked"
    assert "unlock" in server.refused("vouch", path="strange.ipynb")


def test_a_ticket_is_good_for_one_claim(start: Start) -> None:
    """A ticket that was read from a kernel's environment after the claim opens nothing; nor does an invented one."""
    server = start()
    server.open_practice()
    add_case(server, "Willow")
    with server.page("02-pause.ipynb") as kernel:
        kernel.run(CASE)
        ticket = kernel.run("import os; print(os.environ['WORKBOOK_TICKET'])")
    for stolen in (ticket, "invented", ""):
        answer = server.ask("POST", "workbook/kernel/claim", {}, {"X-Workbook-Ticket": stolen})
        assert answer.status == 403
        assert "key" not in answer.content


def test_the_kernel_held_ready_has_no_page_and_gets_no_key(start: Start) -> None:
    """A session takes the ready kernel over; before that it is not even listed."""
    server = start()
    server.open_practice()
    assert server.kernels() == []
    with server.page("00-start.ipynb") as kernel:
        loaded = kernel.run("import sys; print('ipywidgets' in sys.modules, 'workbook.record.case' in sys.modules)")
        assert loaded == "True True"


def test_another_case_closes_the_pages_of_the_first(start: Start) -> None:
    """Tabs are asked to store first, then the kernels of the first case end; the start page follows the new case."""
    server = start()
    server.open_practice()
    add_case(server, "Willow")
    with server.page("00-start.ipynb") as begin, server.page("02-pause.ipynb") as pause, server.tab() as tab:
        pause.run(CASE)
        other = begin.run(
            "from workbook.lab.client import connect; print(connect().practice.add_case('Birch').info.id)"
        )
        with ThreadPoolExecutor(1) as beside:
            opening = beside.submit(server.post, "case", id=other)
            assert tab.hear()["say"] == "close-pages"
            tab.say("flushed")
            opening.result()
        assert tab.hear() == {"say": "case", "case": {"id": other, "alias": "Birch"}}
        assert pause.id not in server.kernels()
        assert begin.run(CASE) == "00-start Birch"


def test_leaving_quickly_blanks_the_other_tabs_before_anything_else(start: Start) -> None:
    """One tab says `blank`: the other hears it at once, and the lock follows."""
    server = start()
    server.open_practice()
    with server.tab() as first, server.tab() as second:
        first.say("blank")
        assert second.hear()["say"] == "blank"
        with ThreadPoolExecutor(1) as beside:
            leaving = beside.submit(server.post, "leave")
            assert second.hear()["say"] == "blank"
            second.say("flushed")
            leaving.result()
    assert server.get("state")["practice"] == "locked"


def test_idle_warns_and_then_locks(start: Start) -> None:
    """Nobody there: a warning, then the lock; a sign of life after the warning takes it back."""
    server = start(idle_seconds=8)
    heard: list[str] = []
    with server.tab() as tab:
        server.open_practice()
        while heard[-1:] != ["locked"]:
            heard.append(tab.hear()["say"])
            if heard[-1] == "locking":
                tab.say("flushed")
            elif heard.count("warn-idle") == 1:
                tab.say("stay")
    assert heard[-5:] == ["warn-idle", "active", "warn-idle", "locking", "locked"]
    assert server.get("state")["practice"] == "locked"


def test_keys_can_be_changed_and_recovered(start: Start) -> None:
    """A new recovery key kills the old one; recovering sets a new passphrase; a wrong one is refused in words."""
    server = start()
    old = server.open_practice()
    new = server.post("recovery", passphrase=PASSPHRASE)["recovery"]
    server.post("confirm", groups={"1": new.split("-")[0], "7": new.split("-")[6]})
    assert "easy to guess" in server.refused("passphrase", old=PASSPHRASE, new="password")
    assert "does not open" in server.refused("passphrase", old="wrong", new="marble falcon winter compass")
    server.post("passphrase", old=PASSPHRASE, new="marble falcon winter compass")
    server.post("lock")
    assert "does not open" in server.refused("unlock", passphrase=PASSPHRASE)
    assert "does not open" in server.refused("recover", recovery=old, passphrase=PASSPHRASE)
    server.post("recover", recovery=new, passphrase=PASSPHRASE)
    assert server.get("state")["practice"] == "open"


def test_a_damaged_practice_is_restored_from_a_backup(start: Start, tmp_path: Path) -> None:
    """A file that was altered is called damaged; the backup of the last close brings the case back, elsewhere too."""
    server = start()
    recovery = server.open_practice()
    add_case(server, "Willow")
    server.post("close")
    server.process.wait(30)
    practice = server.workspace / "practice" / "practice.db"
    content = bytearray(practice.read_bytes())
    content[5000:5100] = bytes(100)
    practice.write_bytes(content)
    again = start(server.workspace)
    assert "damaged" in again.refused("unlock", passphrase=PASSPHRASE)
    assert again.get("state")["practice"] == "damaged"
    (kept,) = again.get("backups")
    again.post("restore", name=kept["name"])
    again.post("unlock", passphrase=PASSPHRASE)
    elsewhere = start()
    boundary, file = "b0und", (server.workspace / "backups" / kept["name"]).read_bytes()
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="backup"\r\n\r\n'
    body = head.encode() + file + f"\r\n--{boundary}--\r\n".encode()
    sent = {
        "Authorization": f"token {elsewhere.token}",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    assert elsewhere.ask("POST", "workbook/restore", body, sent).status == 200
    elsewhere.post("recover", recovery=recovery, passphrase=PASSPHRASE)
    with elsewhere.page("00-start.ipynb") as kernel:
        listed = kernel.run("from workbook.lab.client import connect; print(connect().practice.cases()[0].alias)")
    assert listed == "Willow"


def test_a_server_that_is_told_to_end_makes_a_backup_first(start: Start) -> None:
    """The computer shuts down while the practice is open: what is written is in a backup too."""
    server = start()
    server.open_practice()
    server.process.terminate()
    server.process.wait(60)
    assert len(list((server.workspace / "backups").glob("*.backup"))) == 1


def test_a_page_is_printed_from_its_button_and_from_the_menu(start: Start) -> None:
    """Both give a PDF of the open case, never cached; without a case the button says what to do."""
    server = start()
    server.open_practice()
    assert "start page" in server.refused("print", path="02-pause.ipynb")
    add_case(server, "Willow")
    printed = server.ask("POST", "workbook/print", {"path": "02-pause.ipynb", "audience": "client"})
    assert (printed.status, printed.content[:5]) == (200, b"%PDF-")
    assert (printed.headers["Content-Type"], printed.headers["Cache-Control"]) == ("application/pdf", "no-store")
    menu = server.ask("GET", "nbconvert/WorkbookPDF/02-pause.ipynb?download=true")
    assert (menu.status, menu.content[:5]) == (200, b"%PDF-")
    assert set(server.ask("GET", "api/nbconvert").content).isdisjoint({"pdf", "webpdf", "latex", "qtpdf"})


def test_a_restarted_kernel_gets_a_ticket_of_its_own(start: Start) -> None:
    """After a restart the page works again, and the old secret is worth nothing."""
    server = start()
    server.open_practice()
    add_case(server, "Willow")
    grant = "from workbook.lab import client; client.connect(); print(client._granted['session'])"
    with server.page("02-pause.ipynb") as kernel:
        secret = kernel.run(grant)
        assert server.ask("POST", f"api/kernels/{kernel.id}/restart").status == 200
        answer = server.ask("POST", "workbook/kernel/claim", {}, {"X-Workbook-Session": secret})
        assert answer.status == 403
    with server.page("02-pause.ipynb") as kernel:
        assert kernel.run(CASE) == "02-pause Willow"
