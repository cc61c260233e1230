"""What can be done on every page."""

from __future__ import annotations

from desktop.views.actions.spec import QT_TRANSLATE_NOOP, ActionSpec

SHELL: tuple[ActionSpec, ...] = (
    ActionSpec("file.sample", QT_TRANSLATE_NOOP("actions", "Open the sample company"), "file", icon="domain"),
    ActionSpec("file.new", QT_TRANSLATE_NOOP("actions", "New database…"), "file", icon="database-plus-outline"),
    ActionSpec(
        "file.open",
        QT_TRANSLATE_NOOP("actions", "Open database…"),
        "file",
        shortcuts=("Ctrl+O",),
        icon="folder-open-outline",
    ),
    ActionSpec(
        "file.backup",
        QT_TRANSLATE_NOOP("actions", "Back up…"),
        "file",
        QT_TRANSLATE_NOOP("actions", "Write a checked copy of the database to a file"),
        icon="content-save-all-outline",
        group=1,
    ),
    ActionSpec("file.quit", QT_TRANSLATE_NOOP("actions", "Quit"), "file", shortcuts=("Ctrl+Q",), group=2),
    ActionSpec("edit.undo", QT_TRANSLATE_NOOP("actions", "Undo"), "edit", shortcuts=("Ctrl+Z",), icon="undo"),
    ActionSpec(
        "edit.redo", QT_TRANSLATE_NOOP("actions", "Redo"), "edit", shortcuts=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo"
    ),
    ActionSpec(
        "view.requests",
        QT_TRANSLATE_NOOP("actions", "Requests"),
        "view",
        shortcuts=("Ctrl+1",),
        icon="inbox-arrow-down",
    ),
    ActionSpec("view.board", QT_TRANSLATE_NOOP("actions", "Board"), "view", shortcuts=("Ctrl+2",), icon="view-grid"),
    ActionSpec(
        "view.today",
        QT_TRANSLATE_NOOP("actions", "Today"),
        "view",
        QT_TRANSLATE_NOOP("actions", "What to do now, in the order of the hours that are left"),
        shortcuts=("Ctrl+5",),
        icon="calendar-today",
    ),
    ActionSpec(
        "view.urgent",
        QT_TRANSLATE_NOOP("actions", "Urgent"),
        "view",
        QT_TRANSLATE_NOOP("actions", "Find who can go at once, with what else would move and what it costs"),
        shortcuts=("Ctrl+U",),
        icon="lightning-bolt",
    ),
    ActionSpec("view.dispatch", QT_TRANSLATE_NOOP("actions", "Dispatch"), "view", shortcuts=("Ctrl+6",), icon="send"),
    ActionSpec(
        "view.visits",
        QT_TRANSLATE_NOOP("actions", "Visits"),
        "view",
        shortcuts=("Ctrl+7",),
        icon="clipboard-check-outline",
    ),
    ActionSpec(
        "view.roster", QT_TRANSLATE_NOOP("actions", "Roster"), "view", shortcuts=("Ctrl+3",), icon="account-group"
    ),
    ActionSpec(
        "view.plans", QT_TRANSLATE_NOOP("actions", "Plans"), "view", shortcuts=("Ctrl+4",), icon="chart-timeline"
    ),
    ActionSpec(
        "view.reports", QT_TRANSLATE_NOOP("actions", "Reports"), "view", shortcuts=("Ctrl+8",), icon="chart-box"
    ),
    ActionSpec(
        "view.refresh",
        QT_TRANSLATE_NOOP("actions", "Refresh"),
        "view",
        QT_TRANSLATE_NOOP("actions", "Read everything shown from the database again"),
        shortcuts=("Ctrl+R",),
        icon="refresh",
        group=1,
    ),
    ActionSpec(
        "view.light",
        QT_TRANSLATE_NOOP("actions", "Light theme"),
        "view",
        icon="weather-sunny",
        checkable=True,
        group=2,
    ),
    ActionSpec(
        "view.dark", QT_TRANSLATE_NOOP("actions", "Dark theme"), "view", icon="weather-night", checkable=True, group=2
    ),
    ActionSpec(
        "view.system",
        QT_TRANSLATE_NOOP("actions", "Theme of the system"),
        "view",
        icon="theme-light-dark",
        checkable=True,
        group=2,
    ),
    ActionSpec(
        "tools.palette",
        QT_TRANSLATE_NOOP("actions", "Commands…"),
        "tools",
        QT_TRANSLATE_NOOP("actions", "Find and run any command by its name"),
        shortcuts=("Ctrl+K", "Ctrl+Shift+P"),
        icon="magnify",
    ),
    ActionSpec(
        "tools.history",
        QT_TRANSLATE_NOOP("actions", "History…"),
        "tools",
        QT_TRANSLATE_NOOP("actions", "Every change, who made it and when"),
        shortcuts=("Ctrl+H",),
        icon="history",
    ),
    ActionSpec(
        "tools.calendars",
        QT_TRANSLATE_NOOP("actions", "Calendars…"),
        "tools",
        QT_TRANSLATE_NOOP("actions", "Holidays, make-up days, and closing days of factories"),
        icon="calendar",
    ),
    ActionSpec(
        "tools.settings",
        QT_TRANSLATE_NOOP("actions", "Settings…"),
        "tools",
        shortcuts=("Ctrl+,",),
        icon="cog-outline",
    ),
    ActionSpec("help.keys", QT_TRANSLATE_NOOP("actions", "Keys"), "help", shortcuts=("F1",), icon="keyboard-outline"),
    ActionSpec(
        "help.log", QT_TRANSLATE_NOOP("actions", "Show the log folder"), "help", icon="text-box-outline", group=1
    ),
    ActionSpec(
        "help.about", QT_TRANSLATE_NOOP("actions", "About DUPRO Desk"), "help", icon="information-outline", group=1
    ),
)
