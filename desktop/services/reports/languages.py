"""The languages that requests ask for, as reports name and narrow them."""

from __future__ import annotations

from collections.abc import Sequence

NO_LANGUAGE = "no_language"
"""Said of a request that asks for no language: a word of the vocabulary."""


def language_of(languages: Sequence[str]) -> str:
    """The languages of a request as one name, "en + zh", so that every request is in one row of a table."""
    return " + ".join(sorted(languages)) or NO_LANGUAGE
