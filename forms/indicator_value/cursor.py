"""A place in the tokens of one clause, which the rules of the grammar move."""

from __future__ import annotations

from collections.abc import Sequence

from forms.indicator_value.tokens import Token
from forms.indicator_value.words import Sort


class Cursor:
    """The tokens of a clause and the one to read next (`at`, from 0); a rule that fails puts `at` back."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self._text = text

    @property
    def done(self) -> bool:
        """Whether all tokens are read."""
        return self.at >= len(self.tokens)

    def peek(self, *sorts: Sort, ahead: int = 0) -> Token | None:
        """Give the next token, or one further ahead, if it is of one of these sorts."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) and self.tokens[at].sort in sorts else None

    def take(self, *sorts: Sort) -> Token | None:
        """Give the next token and go past it, if it is of one of these sorts."""
        token = self.peek(*sorts)
        self.at += token is not None
        return token

    def before(self) -> Sort | None:
        """Tell the sort of the token just read."""
        return self.tokens[self.at - 1].sort if self.at else None

    def letters(self, token: Token) -> str:
        """Give a token as typed."""
        return self._text[token.start : token.end]
