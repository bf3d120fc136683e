"""What can go wrong for a person, as one tree.

    AmbleError
    ├── NotFound      what was named is not there (any more)
    ├── NotAllowed    it is there, but not for this person
    └── Refused       it cannot be done as asked; the values say why

An error carries a code and values, never words: the user interface finds the sentence in the
catalogue under ``error.<code>`` and fills in the values.
"""

from __future__ import annotations


class AmbleError(Exception):
    """A refusal that its reader can understand and act on."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep `code` (the catalogue key after ``error.``) and what its sentence needs."""
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        """Code and values, for logs."""
        return f"{self.code} {self.values}" if self.values else self.code


class NotFound(AmbleError):
    """What was named is not there (any more)."""


class NotAllowed(AmbleError):
    """It is there, but not for this person."""


class Refused(AmbleError):
    """It cannot be done as asked."""
