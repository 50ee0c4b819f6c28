"""House rules that a machine can check: what no module may import, call or grow to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for folder in ("forms", "desktop") for path in (ROOT / folder).rglob("*.py"))
CORE = [path for path in MODULES if path.is_relative_to(ROOT / "forms")]

MOST_LINES = 400
MOST_FUNCTION_LINES = 50
MAY_CONNECT = {"forms/store/connection.py"}
MAY_PRINT = {"forms/cli"}
OPENS_THE_WINDOW = "forms/cli/main.py"
# Widths and lengths on paper are no money; everything else in the core is text or Decimal.
MAY_FLOAT = ("forms/template/sheets", "forms/typeset/", "forms/paper/", "forms/grid/", "forms/render/")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def every(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name_of)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[str]:
    """What is called in a module, as it is written: `print`, `sqlite3.connect`, `.commit` for a method of anything."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield f".{node.func.attr}"
            yield f"{owner.id}.{node.func.attr}" if isinstance(owner, ast.Name) else ""


def imports(path: Path) -> set[str]:
    """The top names of what a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_there_is_something_to_check() -> None:
    assert ROOT / "forms" / "store" / "library.py" in CORE


# The window imports no database (pyproject.toml), and what it commits is what an input method has composed.
@every(CORE)
def test_no_module_commits_or_runs_scripts_or_connects_on_its_own(path: Path) -> None:
    forbidden = {".commit", ".executescript"}
    if name_of(path) not in MAY_CONNECT:
        forbidden |= {"sqlite3.connect"}
    assert forbidden.isdisjoint(calls(path))


@every(CORE)
def test_only_the_command_line_prints(path: Path) -> None:
    assert "print" not in calls(path) or any(name_of(path).startswith(one) for one in MAY_PRINT)


@every(CORE)
def test_the_core_knows_no_window(path: Path) -> None:
    forbidden = {"PySide6", "PyQt5", "PyQt6"}
    if name_of(path) != OPENS_THE_WINDOW:
        forbidden |= {"desktop"}
    assert imports(path).isdisjoint(forbidden)


@every(CORE)
def test_no_amount_becomes_a_float(path: Path) -> None:
    assert "float" not in calls(path) or name_of(path).startswith(MAY_FLOAT)


@every(MODULES)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    long = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []
