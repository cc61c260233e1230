"""What can be done on the page "urgent"."""

from __future__ import annotations

from desktop.views.actions.spec import QT_TRANSLATE_NOOP, ActionSpec

URGENT: tuple[ActionSpec, ...] = (
    ActionSpec(
        "urgent.book",
        QT_TRANSLATE_NOOP("actions", "Book the chosen candidate"),
        "dispatch",
        QT_TRANSLATE_NOOP("actions", "Put the request where the candidate says, and move what has to move"),
        shortcuts=("Ctrl+Return", "Ctrl+Enter"),
        icon="send",
        page="urgent",
        waits=True,
    ),
    ActionSpec(
        "urgent.hold",
        QT_TRANSLATE_NOOP("actions", "Hold the place…"),
        "dispatch",
        QT_TRANSLATE_NOOP("actions", "Keep the place for some minutes, until the client has decided"),
        shortcuts=("Ctrl+Shift+H",),
        icon="timer-sand",
        page="urgent",
        waits=True,
    ),
    ActionSpec(
        "urgent.next",
        QT_TRANSLATE_NOOP("actions", "Next candidate"),
        "dispatch",
        QT_TRANSLATE_NOOP("actions", "Choose the next candidate, also while the form has the keyboard"),
        shortcuts=("Alt+Down",),
        icon="arrow-down",
        page="urgent",
        waits=True,
    ),
    ActionSpec(
        "urgent.previous",
        QT_TRANSLATE_NOOP("actions", "Previous candidate"),
        "dispatch",
        QT_TRANSLATE_NOOP("actions", "Choose the candidate before, also while the form has the keyboard"),
        shortcuts=("Alt+Up",),
        icon="arrow-up",
        page="urgent",
        waits=True,
    ),
    ActionSpec(
        "urgent.compare",
        QT_TRANSLATE_NOOP("actions", "Compare candidates"),
        "dispatch",
        QT_TRANSLATE_NOOP("actions", "Keep this candidate open beside the next one that is chosen (Space in the list)"),
        icon="compare-horizontal",
        page="urgent",
        waits=True,
    ),
    ActionSpec(
        "urgent.why_not",
        QT_TRANSLATE_NOOP("actions", "Show why not"),
        "dispatch",
        QT_TRANSLATE_NOOP("actions", "Why each of the others cannot go (W in the list)"),
        icon="help-circle-outline",
        page="urgent",
        waits=True,
    ),
    ActionSpec(
        "urgent.message",
        QT_TRANSLATE_NOOP("actions", "Copy the message to the client"),
        "dispatch",
        icon="content-copy",
        page="urgent",
        waits=True,
    ),
    ActionSpec(
        "urgent.cancel",
        QT_TRANSLATE_NOOP("actions", "Empty the form"),
        "dispatch",
        QT_TRANSLATE_NOOP("actions", "Begin anew; nothing has been stored"),
        shortcuts=("Esc",),
        icon="close",
        page="urgent",
        waits=True,
    ),
)
