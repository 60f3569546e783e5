"""Outputs, counts and widget state never reach a notebook's file."""

import asyncio

from workbook.lab.contents import NoCheckpoints, drop_answers

WORD = "a client's word"


def notebook():
    """A notebook that carries a word everywhere it could."""
    code = {
        "cell_type": "code",
        "source": "page.form('x')",
        "execution_count": 3,
        "outputs": [{"output_type": "stream", "text": WORD}],
        "metadata": {"execution": {"shell.execute_reply": WORD}, "tags": ["kept"]},
    }
    prose = {"cell_type": "markdown", "source": "Welcome", "metadata": {}}
    return {"cells": [code, prose], "metadata": {"widgets": {"state": WORD}, "workbook": {"page": True}}}


def test_what_was_shown_is_dropped_and_the_page_kept():
    """The code, the prose and the page's own marks stay as they are."""
    model = {"type": "notebook", "content": notebook()}
    drop_answers(model, path="02-pause.ipynb")
    assert WORD not in repr(model)
    code, prose = model["content"]["cells"]
    assert (code["source"], code["metadata"], prose["source"]) == ("page.form('x')", {"tags": ["kept"]}, "Welcome")
    assert model["content"]["metadata"] == {"workbook": {"page": True}}


def test_other_files_are_left_alone():
    """A text file is saved as it was typed."""
    model = {"type": "file", "content": "outputs: 3"}
    drop_answers(model)
    assert model == {"type": "file", "content": "outputs: 3"}


def test_a_checkpoint_is_promised_and_never_written(tmp_path, monkeypatch):
    """JupyterLab is content, the disk stays empty."""
    monkeypatch.chdir(tmp_path)
    checkpoints = NoCheckpoints()
    assert asyncio.run(checkpoints.create_checkpoint(None, "page.ipynb"))["id"] == "none"
    assert asyncio.run(checkpoints.list_checkpoints("page.ipynb")) == []
    assert list(tmp_path.iterdir()) == []
