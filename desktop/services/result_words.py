"""The figures for results and reports in words, as `trade_words` has those of other rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.services.setting_kinds import Group, SettingWords

GROUP: Group = "Results and reports"

_STEPS = {
    "communicated": ("told within", "From the day on which the action is opened."),
    "root_cause": ("cause known within", "From the day on which the defect was communicated."),
    "solution": ("solution within", "From the day on which the cause is known; for pieces made and to come."),
    "verified": ("verified within", "From the day on which the solution is known."),
}


def _of_steps() -> Iterator[tuple[str, SettingWords]]:
    for severity in ("critical", "major", "minor"):
        for step, (title, explanation) in _STEPS.items():
            words = SettingWords(f"{severity.capitalize()} defect {title}", GROUP, "whole", explanation, "days", 0, 365)
            yield f"results.{severity}.{step}", words


RESULT_WORDS: Mapping[str, SettingWords] = {
    "results.report_hours": SettingWords(
        "Report released within", GROUP, "whole", "From the end of work on site.", "h", 1, 240
    ),
    "results.report_working_days": SettingWords(
        "Only working days count for reports",
        GROUP,
        "switch",
        "Hours of days on which the factory's country does not work are left out.",
        lowest=None,
    ),
    "results.abort_man_days": SettingWords(
        "Charged for a visit in vain",
        GROUP,
        "number",
        "For each inspector who came, where goods were not ready, the address was wrong or entry was refused.",
        "man-days",
        0,
        5,
    ),
    **dict(_of_steps()),
    "results.supplier_pays": SettingWords(
        "The supplier pays for re-inspections",
        GROUP,
        "switch",
        "Off: the client pays. It can be changed for each booking.",
        lowest=None,
    ),
    "results.other_inspector": SettingWords(
        "Others make the re-inspection",
        GROUP,
        "switch",
        "Whoever found the defects is excluded from the follow-up.",
        lowest=None,
    ),
    "results.closer_level": SettingWords(
        "Re-inspections draw more",
        GROUP,
        "switch",
        "The sample is drawn by the next closer general inspection level.",
        lowest=None,
    ),
    "results.reinspection_days": SettingWords(
        "Window of a re-inspection", GROUP, "whole", "From the day on which the fix is due.", "days", 1, 60
    ),
    "results.file_megabytes": SettingWords("Largest file", GROUP, "whole", "Of a photo or report.", "MB", 1, 100),
    "results.visit_megabytes": SettingWords(
        "Files of one visit", GROUP, "whole", "All of its photos and reports together.", "MB", 1, 2000
    ),
    "results.image_side": SettingWords(
        "Largest picture", GROUP, "whole", "Along its longer side.", "pixels", 500, 50_000
    ),
    "results.names_to_clients": SettingWords(
        "Names of inspectors to clients",
        GROUP,
        "switch",
        "The client's page says who inspected. Off: it says how many.",
        lowest=None,
    ),
}
"""By name."""
