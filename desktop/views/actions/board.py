"""What can be done on the page "board"."""

from __future__ import annotations

from desktop.views.actions.spec import QT_TRANSLATE_NOOP, ActionSpec


def _board(  # noqa: PLR0913 - the columns of the table below
    name: str,
    text: str,
    tip: str = "",
    *keys: str,
    icon: str = "",
    group: int = 0,
    checkable: bool = False,
) -> ActionSpec:
    return ActionSpec(f"board.{name}", text, "board", tip, keys, icon, "board", checkable, group)


BOARD: tuple[ActionSpec, ...] = (
    _board(
        "move",
        QT_TRANSLATE_NOOP("actions", "Move to…"),
        QT_TRANSLATE_NOOP("actions", "Give the selected request another person or day by name"),
        "F2",
        icon="calendar-edit",
    ),
    _board(
        "carry",
        QT_TRANSLATE_NOOP("actions", "Move with the keys"),
        QT_TRANSLATE_NOOP("actions", "Carry the selected request with the arrow keys; Enter puts it down, Esc lets go"),
        "M",
        icon="cursor-move",
    ),
    _board(
        "pin",
        QT_TRANSLATE_NOOP("actions", "Pin or unpin"),
        QT_TRANSLATE_NOOP("actions", "Fix the selected request where it is, or let the planner decide again"),
        "P",
        icon="lock",
    ),
    _board(
        "unassign",
        QT_TRANSLATE_NOOP("actions", "Unassign"),
        QT_TRANSLATE_NOOP("actions", "Take the selected request out of the plan"),
        "U",
        "Del",
        icon="tray-arrow-down",
    ),
    _board(
        "candidates",
        QT_TRANSLATE_NOOP("actions", "Candidates"),
        QT_TRANSLATE_NOOP("actions", "Every place where the selected request could go, cheapest first"),
        "C",
        icon="account-search",
        group=1,
    ),
    _board(
        "why",
        QT_TRANSLATE_NOOP("actions", "Why here?"),
        QT_TRANSLATE_NOOP("actions", "What was checked for the selected request where it is"),
        "W",
        icon="help-circle-outline",
        group=1,
    ),
    _board(
        "open-request",
        QT_TRANSLATE_NOOP("actions", "Open the request"),
        QT_TRANSLATE_NOOP("actions", "Show the selected request on the page Requests"),
        "O",
        icon="open-in-new",
        group=1,
    ),
    _board(
        "open-person",
        QT_TRANSLATE_NOOP("actions", "Open the inspector"),
        QT_TRANSLATE_NOOP("actions", "Show whoever the cursor is on on the page Roster"),
        "I",
        icon="account",
        group=1,
    ),
    _board(
        "eligible-first",
        QT_TRANSLATE_NOOP("actions", "Who can go, first"),
        QT_TRANSLATE_NOOP("actions", "Show those first who can serve the selected request, the cheapest on top"),
        "G",
        icon="sort-variant",
        group=1,
        checkable=True,
    ),
    _board("previous", QT_TRANSLATE_NOOP("actions", "Days before"), "", "[", icon="chevron-left", group=2),
    _board("next", QT_TRANSLATE_NOOP("actions", "Days after"), "", "]", icon="chevron-right", group=2),
    _board(
        "today",
        QT_TRANSLATE_NOOP("actions", "Today"),
        QT_TRANSLATE_NOOP("actions", "The plan that holds today"),
        "T",
        icon="calendar-today",
        group=2,
    ),
    _board(
        "search",
        QT_TRANSLATE_NOOP("actions", "Search the board"),
        QT_TRANSLATE_NOOP("actions", "Let everything fade that does not match"),
        "/",
        "Ctrl+F",
        icon="magnify",
        group=2,
    ),
    _board(
        "clear",
        QT_TRANSLATE_NOOP("actions", "Clear search and filters"),
        "",
        "Ctrl+Shift+F",
        icon="filter-remove-outline",
        group=2,
    ),
    _board("zoom-in", QT_TRANSLATE_NOOP("actions", "Wider days"), "", "Ctrl++", "Ctrl+=", icon="magnify-plus", group=3),
    _board("zoom-out", QT_TRANSLATE_NOOP("actions", "Narrower days"), "", "Ctrl+-", icon="magnify-minus", group=3),
    _board(
        "zoom-fit",
        QT_TRANSLATE_NOOP("actions", "Fit days to the window"),
        "",
        "Ctrl+0",
        icon="arrow-expand-horizontal",
        group=3,
    ),
    _board("density", QT_TRANSLATE_NOOP("actions", "Height of rows"), "", "D", icon="format-line-spacing", group=3),
    _board(
        "fold",
        QT_TRANSLATE_NOOP("actions", "Fold or unfold all teams"),
        "",
        "F",
        icon="unfold-less-horizontal",
        group=3,
    ),
    _board(
        "skills",
        QT_TRANSLATE_NOOP("actions", "Capacity by skill"),
        QT_TRANSLATE_NOOP("actions", "Rows under each team with what its people of a skill can give"),
        "K",
        icon="chart-bar",
        group=3,
        checkable=True,
    ),
    _board("panel", QT_TRANSLATE_NOOP("actions", "Panel"), "", "F4", icon="dock-right", group=4, checkable=True),
    _board("tray", QT_TRANSLATE_NOOP("actions", "Tray"), "", "F6", icon="dock-bottom", group=4, checkable=True),
)
