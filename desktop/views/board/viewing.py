"""How the board is looked at: order, folded teams, filter, height of rows, width of days. Kept between starts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.services.board import WeekBoard
from desktop.views.actions import Actions
from desktop.views.board.canvas import BoardCanvas
from desktop.views.board.columns import WIDE
from desktop.views.board.row_axis import Arrangement, Density

BY_ID = {column.id: column for column in WIDE}


class Viewing(QObject):
    """The choices of one board.

    Attributes:
        changed: people are to be put in another order.
        sort_column: id of the column they are sorted by; "" as the board has them.
        eligible_first: whoever can serve the selected request comes first.
    """

    changed = Signal()

    def __init__(self, canvas: BoardCanvas, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._actions = canvas, actions
        self._teams: tuple[str, ...] = ()
        self._closed: frozenset[str] = frozenset()
        self._only: frozenset[str] | None = None
        self._skills = True
        self.sort_column, self.descending = "", False
        self.eligible_first = False
        canvas.sort_wanted.connect(self.sort_by)
        canvas.fold_wanted.connect(self.fold)
        actions.on("board.fold", self.fold_all)
        actions.on("board.skills", self.toggle_skills)
        actions.on("board.eligible-first", self.toggle_eligible)
        actions.on("board.density", self.next_density)
        actions.on("board.zoom-in", self.zoom_in)
        actions.on("board.zoom-out", self.zoom_out)
        actions.on("board.zoom-fit", self.zoom_fit)
        actions.show_state("board.skills", self._skills)

    def arrangement(self, first: Mapping[str, int] | None) -> Arrangement:
        """The order of people, `first` before all others of their team."""
        column = BY_ID.get(self.sort_column)
        key = None if column is None else column.key
        return Arrangement(self._closed, key, self.descending, self._skills, first, self._only)

    @property
    def only(self) -> frozenset[str] | None:
        """The teams that are shown; None: all."""
        return self._only

    def show_board(self, board: WeekBoard) -> None:
        """Know the teams of a board."""
        self._teams = tuple(dict.fromkeys(row.team for row in board.rows))

    def sort_by(self, column: object) -> None:
        """By a column, then the other way round, then as the board has people."""
        number = BY_ID[str(column)].is_number
        if column != self.sort_column:
            self.sort_column, self.descending = str(column), number
        elif self.descending == number:
            self.descending = not number
        else:
            self.sort_column, self.descending = "", False
        self.changed.emit()

    def fold(self, team: object) -> None:
        """Close a team, or open it again."""
        self._closed = self._closed ^ {str(team)}
        self.changed.emit()

    def unfold(self, team: str) -> None:
        """Make sure that a team is open and let through."""
        if team in self._closed or (self._only is not None and team not in self._only):
            self._closed = self._closed - {team}
            self._only = None if self._only is None else self._only | {team}
            self.changed.emit()

    def fold_all(self) -> None:
        """Close all teams, or open all where all are closed."""
        self._closed = frozenset() if self._closed.issuperset(self._teams) else frozenset(self._teams)
        self.changed.emit()

    def show_teams(self, teams: object) -> None:
        """Let only these teams through; None: all."""
        self._only = teams if isinstance(teams, frozenset) else None
        self.changed.emit()

    def toggle_skills(self) -> None:
        """Capacity rows by skill, or none."""
        self._skills = not self._skills
        self._actions.show_state("board.skills", self._skills)
        self.changed.emit()

    def toggle_eligible(self) -> None:
        """Those first who can serve what is selected, or not."""
        self.eligible_first = not self.eligible_first
        self._actions.show_state("board.eligible-first", self.eligible_first)
        self.changed.emit()

    def next_density(self) -> None:
        """The next height of rows."""
        order = list(Density)
        self._canvas.use_density(order[(order.index(self._canvas.axis.density) + 1) % len(order)])

    def zoom_in(self) -> None:
        """Wider days."""
        self._canvas.zoom_by(1)

    def zoom_out(self) -> None:
        """Narrower days."""
        self._canvas.zoom_by(-1)

    def zoom_fit(self) -> None:
        """Days that fill the window."""
        self._canvas.use_zoom(None)

    def state(self) -> dict[str, object]:
        """The choices as JSON values."""
        return {
            "sort": self.sort_column,
            "descending": self.descending,
            "closed": sorted(self._closed),
            "teams": None if self._only is None else sorted(self._only),
            "skills": self._skills,
            "density": int(self._canvas.axis.density),
            "zoom": self._canvas.zoom,
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """The choices of an earlier run; what does not fit is passed over."""
        column = state.get("sort")
        if isinstance(column, str) and (column in BY_ID or not column):
            self.sort_column, self.descending = column, state.get("descending") is True
        closed, teams, density, zoom = (state.get(name) for name in ("closed", "teams", "density", "zoom"))
        if isinstance(closed, list):
            self._closed = frozenset(str(team) for team in closed)
        if isinstance(teams, list):
            self._only = frozenset(str(team) for team in teams)
        self._skills = state.get("skills") is not False
        self._actions.show_state("board.skills", self._skills)
        if density in list(Density):
            self._canvas.use_density(Density(int(str(density))))
        if isinstance(zoom, int) and 16 <= zoom <= 600:
            self._canvas.use_zoom(zoom)
        self.changed.emit()
