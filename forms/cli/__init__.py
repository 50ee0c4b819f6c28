"""The command line: a thin edge over the desk. Others script against it; its words and codes are a contract."""

from forms.cli.main import main

__all__ = ["main"]
