"""Values of settings as they are typed and shown, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.services.house_settings import HouseSetting
from desktop.views.actions.spec import QT_TRANSLATE_NOOP

CHOICES = {
    "never": QT_TRANSLATE_NOOP("settings", "never"),
    "day before": QT_TRANSLATE_NOOP("settings", "day before"),
    "always": QT_TRANSLATE_NOOP("settings", "always"),
    "starttls": QT_TRANSLATE_NOOP("settings", "STARTTLS"),
    "ssl": QT_TRANSLATE_NOOP("settings", "TLS from the start"),
    "none": QT_TRANSLATE_NOOP("settings", "none"),
}
"""What a choice is stored as, and what it is called."""


def shown(setting: HouseSetting, value: Any) -> str:  # noqa: ANN401 - any JSON
    """A value as its field shows it: cents as dollars, words with commas."""
    if setting.kind == "money":
        return f"{value / 100:,.2f}".removesuffix(".00")
    if setting.kind == "names":
        return ", ".join(value)
    if setting.kind == "switch":
        return QCoreApplication.translate("settings", "on") if value else QCoreApplication.translate("settings", "off")
    if setting.kind == "modes":
        return ", ".join(str(mode["name"]) for mode in value)
    if setting.kind in ("text", "choice"):
        return choice_words(str(value)) if setting.kind == "choice" else str(value)
    return f"{value:g}"


def choice_words(choice: str) -> str:
    """What a choice is called."""
    return QCoreApplication.translate("settings", CHOICES.get(choice, choice))


def unit(setting: HouseSetting) -> str:
    """What stands behind the field."""
    return "$" if setting.kind == "money" else setting.unit


def typed(setting: HouseSetting, text: str) -> Any:  # noqa: ANN401 - any JSON
    """The value that was typed.

    Raises:
        ValueError: with a sentence, where it is none.
    """
    if setting.kind == "names":
        return [word for part in text.split(",") if (word := part.strip())]
    if setting.kind == "text":
        return text.strip()
    number = _number(text)
    if setting.kind == "money":
        number = round(number * 100)
    elif setting.kind == "whole":
        if number != int(number):
            raise ValueError(QCoreApplication.translate("settings", "It takes whole numbers."))
        number = int(number)
    _check_range(setting, number)
    return number


def _number(text: str) -> float:
    plain = text.replace(",", "").replace("$", "").replace("%", "").strip()
    try:
        number = float(plain)
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e12:
        said = QCoreApplication.translate("settings", "“{text}” is not a number.")
        raise ValueError(said.format(text=text.strip()))
    return number


def _check_range(setting: HouseSetting, number: float) -> None:
    lowest, highest = setting.lowest, setting.highest
    if lowest is not None and number < lowest:
        said = (
            QCoreApplication.translate("settings", "It takes {lowest} or more.")
            if highest is None
            else QCoreApplication.translate("settings", "It lies between {lowest} and {highest}.")
        )
    elif highest is not None and number > highest:
        said = QCoreApplication.translate("settings", "It lies between {lowest} and {highest}.")
    else:
        return
    low, high = ("" if bound is None else shown(setting, bound) for bound in (lowest, highest))
    raise ValueError(said.format(lowest=low, highest=high))


MODE_FIELDS: Sequence[str] = (
    "name",
    "countries",
    "min_km",
    "max_km",
    "fixed_minutes",
    "kmh",
    "fixed_cost",
    "cost_per_km",
)


def mode_cell(mode: dict[str, Any], field: str) -> str:
    """A cell of the table of ways to travel; nothing stands for "any" and "no limit"."""
    value = mode[field]
    if value is None:
        return ""
    if field == "countries":
        return ", ".join(value)
    if field in ("fixed_cost", "cost_per_km"):
        return f"{value / 100:g}"
    return value if isinstance(value, str) else f"{value:g}"


def typed_mode(texts: dict[str, str]) -> dict[str, Any]:
    """A way to travel from the cells of its row. Raises ValueError with a sentence."""
    mode: dict[str, Any] = {"name": texts["name"].strip()}
    countries = [word.strip().upper() for word in texts["countries"].split(",") if word.strip()]
    mode["countries"] = countries or None
    mode["max_km"] = _number(texts["max_km"]) if texts["max_km"].strip() else None
    for field in ("min_km", "fixed_minutes", "kmh"):
        mode[field] = _number(texts[field])
    for field in ("fixed_cost", "cost_per_km"):
        mode[field] = _number(texts[field]) * 100
    return mode
