"""What is done with requests by key, button and menu: each ends in one step, or in the form, with a word about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop.services.commands import EditRecord
from desktop.services.requests.form import cancel_commands
from desktop.services.requests.rows import RequestRow
from desktop.views.requests.arrival_sheet import ArrivalSheet
from desktop.views.requests.releasing import Releasing

if TYPE_CHECKING:
    from desktop.views.requests.client_dialog import ClientDialog
    from desktop.views.requests.client_page_sheet import ClientPageSheet
    from desktop.views.requests.page import RequestsPage

MENU = (
    ("requests.edit", "requests.duplicate", "requests.ready", "requests.cancel"),
    ("requests.board", "requests.visit", "requests.arrived", "requests.client", "requests.client_page"),
    ("requests.new", "requests.import", "requests.paste"),
)
VISITED = ("published", "done")
"""Of records that have an announced visit."""


class RequestDoing(QObject):
    """The acts of one page of requests."""

    def __init__(self, page: RequestsPage) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        page.list.menu_wanted.connect(self._on_menu_wanted)
        for name, slot in (
            ("new", self.begin_new),
            ("edit", self.edit),
            ("save", self._save),
            ("duplicate", self.duplicate),
            ("cancel", self.cancel),
            ("ready", self.release),
            ("arrived", self.record_arrival),
            ("client", self.open_client),
            ("client_page", self.open_client_page),
            ("board", self._show_on_board),
            ("visit", self.open_visit),
            ("import", self._ask_for_file),
            ("paste", page.paste),
            ("template", self._ask_for_template_file),
            ("places", self.open_places),
            ("search", self._search),
            ("filter", page.list.open_filters),
            ("clear", page.list.clear_filters),
            ("next_tab", self._next_tab),
            ("previous_tab", self._previous_tab),
            ("panel", page.toggle_panel),
        ):
            self._context.actions.on(f"requests.{name}", slot)
        self.settle()

    # -- what can be done now ------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Switch on what can be done with what is selected."""
        rows: tuple[RequestRow, ...] = self._page.list.selected()
        enable = self._context.actions.enable
        enable("requests.edit", bool(rows))
        enable("requests.duplicate", len(rows) == 1)
        enable("requests.client", len(rows) == 1)
        enable("requests.client_page", len(rows) == 1)
        enable("requests.arrived", len(rows) == 1 and rows[0].record_status in VISITED)
        enable("requests.visit", len(rows) == 1 and rows[0].record_status in VISITED)
        enable("requests.board", len(rows) == 1 and rows[0].is_open)
        enable("requests.cancel", any(row.record_status not in ("done", "cancelled") for row in rows))
        enable("requests.ready", any(row.record_status == "new" for row in rows))

    def _on_menu_wanted(self, where: QPoint) -> None:
        self.make_menu().popup(where)

    def make_menu(self) -> QMenu:
        """The menu of what is selected."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in MENU:
            for action_id in group:
                menu.addAction(self._context.actions.action(action_id))
            menu.addSeparator()
        return menu

    # -- with the form -------------------------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Begin a new request."""
        self._page.open_side_for_form()
        self._page.editor.begin_new()

    def edit(self) -> None:
        """Go to the fields of what is selected."""
        if self._page.list.selected():
            self._page.open_fields()

    def duplicate(self) -> None:
        """Begin a new request like the selected one."""
        rows = self._page.list.selected()
        if len(rows) == 1:
            self._page.open_side_for_form()
            self._page.editor.begin_duplicate(rows[0])

    def _save(self) -> None:
        page = self._page
        if page.side.isHidden():
            return
        if page.is_importing:
            page.importing.go_on()
        else:
            page.setFocus()  # what is being typed is left, and so checked
            page.editor.saving.save()

    # -- as one step ---------------------------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Cancel what is selected, as one step."""
        rows = [row for row in self._page.list.selected() if row.record_status not in ("done", "cancelled")]
        if not rows:
            return
        commands = cancel_commands([(row.code, row.version) for row in rows])
        label = self.tr("Cancel %n request(s)", "", len(rows)) if len(rows) > 1 else ""
        self._context.runner.handle_all(self, commands, label, self._context.feedback.done)

    def release(self) -> None:
        """Let the next plan take what is selected of the inbox; asks where something of it is missing."""
        rows = [row for row in self._page.list.selected() if row.record_status == "new"]
        Releasing(self._context.feedback).ask(rows, self._release)

    def _release(self, rows: Sequence[RequestRow]) -> None:
        commands = [EditRecord("request", row.code, {"status": "ready"}, row.version) for row in rows]
        if commands:
            label = self.tr("Release %n request(s) to planning", "", len(rows))
            self._context.runner.handle_all(self, commands, label, self._context.feedback.done)

    # -- beside the list -----------------------------------------------------------------------------------------------

    def record_arrival(self) -> ArrivalSheet | None:
        """Ask when somebody was on site for what is selected."""
        rows = [row for row in self._page.list.selected() if row.record_status in VISITED]
        if len(rows) != 1:
            return None
        sheet = ArrivalSheet(self._context, rows[0], self._page.window())
        sheet.show()
        return sheet

    def open_client(self) -> ClientDialog | None:
        """Show the client of what is selected."""
        rows = self._page.list.selected()
        if len(rows) != 1:
            return None
        from desktop.views.requests.client_dialog import ClientDialog  # noqa: PLC0415 -- rates are much to load

        dialog = ClientDialog(self._context, rows[0].client, self._page.window())
        dialog.show()
        return dialog

    def open_client_page(self) -> ClientPageSheet | None:
        """Ask for the file of a page for the client of what is selected."""
        rows = self._page.list.selected()
        if len(rows) != 1:
            return None
        from desktop.views.requests.client_page_sheet import ClientPageSheet  # noqa: PLC0415 -- paper is much to load

        sheet = ClientPageSheet(self._context, rows[0].client, self._page.window())
        sheet.show()
        return sheet

    # -- elsewhere -----------------------------------------------------------------------------------------------------

    def _ask_for_file(self) -> None:
        self._page.importing.files.ask_for_file()

    def _ask_for_template_file(self) -> None:
        self._page.importing.files.ask_for_template()

    def open_places(self) -> None:
        """Ask where factories are: that of the request looked at first, where it is not placed."""
        from desktop.views.places.opening import open_places  # noqa: PLC0415 -- the page is ready sooner without

        rows = self._page.list.selected()
        is_asked = len(rows) == 1 and not rows[0].factory.placed
        open_places(self._context, self._page, rows[0].factory.code if is_asked else "")

    def _show_on_board(self) -> None:
        rows = self._page.list.selected()
        if len(rows) == 1:
            self._context.selection.show_request(rows[0].code, "board")

    def open_visit(self) -> None:
        """Show the visit of what is selected."""
        rows = self._page.list.selected()
        if len(rows) == 1:
            self._context.selection.show_request(rows[0].code, "visits")

    def _search(self) -> None:
        self._page.toolbar.search.setFocus()
        self._page.toolbar.search.selectAll()

    def _next_tab(self) -> None:
        self._page.list.turn_tab(1)

    def _previous_tab(self) -> None:
        self._page.list.turn_tab(-1)
