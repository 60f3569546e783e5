"""The end of a case over the server's own routes: closed, exported, opened again, erased, and who is told."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf

from .client import PASSPHRASE, Server, Start
from .test_practice import CASE, add_case

SAVE = "from workbook.lab.client import connect; connect().case.save('contact-rules', {{'hard_moment': {!r}}})"


def write(server: Server, words: str = "HARDWORDS") -> None:
    """Something on the page Pause."""
    with server.page("02-pause.ipynb") as kernel:
        assert kernel.run(SAVE.format(words)) == ""


def test_close_read_and_open_again(start: Start) -> None:
    """Pages are stored and ended first and say why; then the case can be read, and writing is refused in words."""
    server = start()
    server.open_practice()
    case_id = add_case(server, "Willow")
    write(server)
    with server.page("02-pause.ipynb") as page, server.tab() as tab, ThreadPoolExecutor(1) as beside:
        page.run(CASE)
        closing = beside.submit(server.post, "ending/close", case=case_id, reason="agreed", note="", keep_until="")
        news = tab.hear()
        assert (news["say"], "closed" in news["why"]) == ("close-pages", True)
        assert "HARDWORDS" not in str(news)
        tab.say("flushed")
        closing.result()
        assert tab.hear()["say"] == "case"
        assert page.id not in server.kernels()
    assert server.get("state")["case"]["id"] == case_id
    with server.page("02-pause.ipynb") as page:
        assert page.run(CASE) == "02-pause Willow"
        assert page.run(SAVE.format("more")).startswith("CaseClosed: This case is closed")
    assert "closed already" in server.refused("ending/close", case=case_id, reason="agreed")
    server.post("ending/reopen", case=case_id, reason="again")
    write(server, "more")


def test_what_is_refused(start: Start) -> None:
    """Another case, no reason, a wrong number, a locked practice: a sentence each, and nothing is done."""
    server = start()
    server.open_practice()
    case_id = add_case(server, "Willow")
    for what in ("close", "reopen", "export", "erase"):
        assert "another case" in server.refused(f"ending/{what}", case="other", reason="agreed", number="1")
    assert "reason from the list" in server.refused("ending/close", case=case_id, reason="because")
    assert "date" in server.refused("ending/close", case=case_id, reason="agreed", keep_until="soon")
    assert "number of the case" in server.refused("ending/erase", case=case_id, number="2")
    assert "waits to be finished" in server.refused("ending/erase", pending=1)
    assert "Nothing is written" in server.refused("ending/export", case=case_id, what="pages")
    assert server.get("state")["case"]["id"] == case_id
    server.post("lock")
    for what in ("look", "export", "erase", "close"):
        assert "locked" in server.refused(f"ending/{what}", case=case_id, reason="agreed", number="1")


def test_export(start: Start) -> None:
    """One file: pages, data and what they mean; the pages alone take a password; progress is told."""
    server = start()
    server.open_practice()
    case_id = add_case(server, "Willow")
    write(server)
    with server.tab() as tab:
        answer = server.ask("POST", "workbook/ending/export", {"case": case_id, "what": "all"})
        assert {name: value for name, value in tab.hear().items() if name != "of"} == {"say": "exporting", "done": 0}
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/zip")
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = packed.namelist()
        assert names[:2] == ["case.json", "SCHEMA.md"]
        assert {"csv/log.csv", "csv/form-contact-rules.csv", "csv/versions.csv", "pages/02-pause.pdf"} <= set(names)
        found = json.loads(packed.read("case.json"))
        assert [one["answers"] for one in found["responses"]] == [{"hard_moment": "HARDWORDS"}]
        text = "".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(packed.read("pages/02-pause.pdf"))).pages
        )
        assert "HARDWORDS" in text
    answer = server.ask("POST", "workbook/ending/export", {"case": case_id, "what": "pages", "password": "paper"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert {name.split("/")[0] for name in packed.namelist()} == {"pages"}
        assert pypdf.PdfReader(io.BytesIO(packed.read("pages/02-pause.pdf"))).is_encrypted


def test_erase(start: Start) -> None:
    """After the number was typed: the case is gone from practice and backups, nobody can open it, and a PDF says so."""
    server = start()
    server.open_practice()
    kept = add_case(server, "Birch")
    case_id = add_case(server, "Quillfeather")
    write(server)
    server.post("close")
    assert server.process.wait(30) == 0
    server = start(server.workspace)
    server.post("unlock", passphrase=PASSPHRASE)
    server.post("case", id=case_id)
    (server.workspace / "backups" / "strange.backup").write_bytes(b"PK")
    look = server.post("ending/look")
    assert (look["backups"], look["asides"]) == (1, 0)
    assert look["unopened"] == [{"name": "strange.backup", "why": "it is damaged"}]
    with server.tab() as tab, ThreadPoolExecutor(1) as beside:
        erasing = beside.submit(server.post, "ending/erase", case=case_id, number=" 2 ", delete=["strange.backup"])
        assert tab.hear()["say"] == "close-pages"
        tab.say("flushed")
        done = erasing.result()
        says = [tab.hear() for _ in range(3)]
        assert says[0]["say"] == "erasing"
        assert {"done", "of", "what"} < set(says[0])
    assert (done["clean"], done["cleaned"], done["deleted"]) == (True, 1, ["strange.backup"])
    pdf = pypdf.PdfReader(io.BytesIO(base64.b64decode(done["certificate"])))
    assert "number 2" in " ".join(page.extract_text() for page in pdf.pages)
    assert server.get("state")["case"] is None
    assert "no such case" in server.refused("case", id=case_id)
    server.post("case", id=kept)
    assert not [path for path in everything(server.workspace) if b"Quillfeather" in path.read_bytes()]


def everything(folder: Path) -> list[Path]:
    """All files in a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
