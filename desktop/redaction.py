"""Takes out of a text what a log or a report must not hold: people, their numbers, passwords."""

from __future__ import annotations

import re
from pathlib import Path

_FIELDS = (
    "name",
    "local_name",
    "contact",
    "phone",
    "email",
    "address",
    "home_address",
    "note",
    "actor",
    "client_name",
    "factory_name",
)
_VALUE = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^,;)\]}\n]+"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # passwords in URLs and in the options of a connection
    (re.compile(r"(://[^:/@\s]*):[^@\s]*@"), r"\1:***@"),
    (re.compile(r"(?i)\b(password|passwd|pwd)(['\"]?\s*[=:]\s*)(?:" + _VALUE + ")"), r"\1\2***"),
    # keys of map services, in their URLs and in the environment
    (re.compile(r"(?i)([?&](?:ak|sk|key)=|GEOCODER_KEY['\"]?\s*[=:]\s*['\"]?)[^&\s'\"]+"), r"\1***"),
    # what engines quote of the rows they refuse
    (re.compile(r"(?s)\[parameters: .*?\](?=\n|$|\))"), "[parameters: ***]"),
    (re.compile(r"(?m)^DETAIL:.*$"), "DETAIL: ***"),
    (re.compile(r"(?m)(Key|Failing row contains) \(.*$"), r"\1 (***)"),
    (re.compile(rf"\b({'|'.join(_FIELDS)})(['\"]?\s*[=:]\s*)(?:{_VALUE})"), r"\1\2***"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "***@***"),
    # seven digits or more with separators between: telephone numbers of any country
    (re.compile(r"(?<![\w.:-])(?!\d{4}-\d\d-\d\d)\+?\d(?:[ ()-]?\d){6,14}(?![\w:-])"), "***"),
    # Han characters are names and addresses here: the program's own texts have none
    (re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+"), "***"),
)
_PASSWORD = _RULES[0]


def without_passwords(text: str) -> str:
    """The text with the passwords of database URLs starred out."""
    pattern, stars = _PASSWORD
    return pattern.sub(stars, text)


def redacted(text: str) -> str:
    """The text without passwords, telephone numbers, e-mail addresses, values of fields that name people, and homes."""
    for pattern, stars in _RULES:
        text = pattern.sub(stars, text)
    home = str(Path.home())
    return text if len(home) < 3 else text.replace(home, "~")
