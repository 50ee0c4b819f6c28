"""What the program imports it also asks for: a package that only the tests ask for is missing on a clerk's machine."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_OF_PYSIDE = "shiboken6"  # comes with PySide6-Essentials in the very same version


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_the_program_imports_is_one_it_depends_on() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {_plain(re.split(r"[<>=!~;\[ ]", one)[0]) for one in project["dependencies"]}
    files = [path for part in ("forms", "desktop") for path in (_ROOT / part).rglob("*.py")]
    imported = set().union(*map(_imported, files)) - set(sys.stdlib_module_names) - {"forms", "desktop", _OF_PYSIDE}
    makers = packages_distributions()
    lacking = {name for name in imported if not asked & set(map(_plain, makers.get(name, ())))}
    assert "pypdfium2" in imported
    assert lacking == set()
