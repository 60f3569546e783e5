"""YAML with line numbers, so that a mistake in data/ is told with its file and line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from workbook.errors import ContentError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where the wheel brings it: ten times faster


class Marked(dict[str, Any]):
    """A YAML mapping that knows its file and the line of each key (1 is the first)."""

    file: Path
    line: int
    lines: dict[str, int]

    def error(self, problem: str, key: str | None = None) -> ContentError:
        """A ContentError that points at `key`, or at the mapping itself."""
        return ContentError(self.file, self.lines.get(key or "", self.line), problem)

    def only(self, known: Iterable[str]) -> None:
        """Raise ContentError for a key that is not in `known`, naming the nearest one that is."""
        names = list(known)
        for key in self:
            if key not in names:
                near = difflib.get_close_matches(key, names, 1)
                hint = f"did you mean ‘{near[0]}’?" if near else f"known are: {', '.join(names)}."
                raise self.error(f"‘{key}’ is not known here; {hint}", key)

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """The value of `key` if it is of `kind`, `default` if it is absent; else a ContentError."""
        value = self.get(key, default)
        if value is None and default is None and key not in self:
            return None
        wanted = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            names = " or ".join(_PLAIN.get(k, k.__name__) for k in wanted)
            raise self.error(f"‘{key}’ must be {names}.", key)
        return value

    def names(self, key: str, default: Iterable[str] = ()) -> tuple[str, ...]:
        """The texts of a list, `default` if it is absent; else a ContentError."""
        found = self.take(key, list, list(default))
        if not all(isinstance(one, str) for one in found):
            raise self.error(f"‘{key}’ must be a list of plain texts, as in [one, two].", key)
        return tuple(found)

    def need(self, key: str, kind: type | tuple[type, ...]) -> Any:
        """Like `take`, but the key must be there."""
        if key not in self:
            raise self.error(f"‘{key}’ is missing.")
        return self.take(key, kind)


_PLAIN: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a block of ‘name: value’ lines",
}


def files(folder: Path) -> list[Path]:
    """The YAML files of a folder by their names; not the hidden ones that editors and systems put beside them."""
    return sorted(path for path in folder.glob("*.yaml") if path.is_file() and not path.name.startswith("."))


def read(path: Path) -> Marked:
    """The mapping in a YAML file.

    Raises:
        ContentError: the file cannot be read, is not UTF-8, not YAML, or not one mapping.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise ContentError(path, 1, "the file is missing; restore it from the installed workbook.") from None
    except OSError as problem:
        raise ContentError(path, 1, f"the file cannot be read ({problem.strerror}).") from None
    except UnicodeDecodeError:
        raise ContentError(path, 1, "the file is not UTF-8; save it as UTF-8 text.") from None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        value = _build(loader, node, path) if node is not None else Marked()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        raise ContentError(path, mark.line + 1 if mark else 1, f"not readable as YAML: {problem.problem}.") from None
    except yaml.YAMLError:
        unseen = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, unseen.start()) + 1 if unseen else 1
        raise ContentError(path, line, "a sign that cannot be seen stands in this line; write it anew.") from None
    except RecursionError:
        raise ContentError(path, 1, "a block of this file holds itself (‘&’ and ‘*’); write it out.") from None
    finally:
        loader.dispose()
    if not isinstance(value, Marked):
        raise ContentError(path, 1, "expected ‘name: value’ lines at the top.")
    if node is None:
        value.file, value.line, value.lines = path, 1, {}
    return value


def _build(loader: Any, node: Any, path: Path) -> Any:
    if isinstance(node, yaml.MappingNode):
        out = Marked()
        out.file, out.line, out.lines = path, node.start_mark.line + 1, {}
        for key_node, value_node in node.value:
            key = str(_build(loader, key_node, path))
            if key in out:
                raise ContentError(path, key_node.start_mark.line + 1, f"‘{key}’ stands here twice.")
            out[key] = _build(loader, value_node, path)
            out.lines[key] = key_node.start_mark.line + 1
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, path) for item in node.value]
    try:
        return loader.construct_object(node)
    except ValueError:  # what looks like a date or a number and is none
        raise ContentError(path, node.start_mark.line + 1, f"‘{node.value}’ is no date or number; quote it.") from None
