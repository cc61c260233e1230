"""What is done on the board: by mouse, key and menu, each ends in one command and a word about it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from desktop.errors import ConflictError, DomainError
from desktop.services.changes import Outcome
from desktop.services.verdicts import Offer, Verdict
from desktop.views.board.canvas import Pressed
from desktop.views.board.gestures import Grab, price
from desktop.views.board.hit import Hit
from desktop.views.board.marks import Cell
from desktop.views.board.panel import CANDIDATES, WHY, WHY_NOT
from desktop.views.board.sheets import MoveAsked, MoveSheet, Reasoned, ReasonSheet
from desktop.views.board.stage import Dropped, grab_of, grab_of_bar, grab_of_request
from desktop.views.board.tray import TrayPressed
from desktop.views.board.wording import crew_in_words, names_of, when_in_words

if TYPE_CHECKING:
    from desktop.views.board.page import BoardPage

NEEDS_REQUEST = ("move", "carry", "candidates", "why", "why-not", "open-request", "open-visit", "eligible-first")
NEEDS_PLACE = ("pin", "unassign")
OPENING = ("open-request", "open-visit", "open-person")
OF_REQUEST = ("move", "carry", "pin", "unassign", "", "why", "why-not", "candidates", "", *OPENING)
BREAKS = ("", "dispatch.ill", "dispatch.not_ready", "dispatch.overrun")
"""What breaks a visit: offered on its bar."""
OF_BAR = (*OF_REQUEST, *BREAKS)
OF_CELL = ("open-person", "", "skills", "fold", "zoom-fit", "density")


class BoardDoing(QObject):
    """The acts of one board page."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self.reason_sheet = ReasonSheet(page.context.look, page)
        self.move_sheet = MoveSheet(page.context.look, page)
        self.menu = QMenu(page)
        self._connect()

    def _connect(self) -> None:
        page, canvas, stage = self._page, self._page.canvas, self._page.stage
        canvas.drag_wanted.connect(self._on_drag)
        canvas.hovered.connect(self._on_hovered)
        canvas.pressed.connect(self._on_pressed)
        canvas.activated.connect(self._on_activated)
        canvas.menu_wanted.connect(self._on_menu)
        page.tray.table.drag_wanted.connect(self._on_tray_drag)
        page.tray.table.opened.connect(self._on_open)
        page.tray.table.menu_wanted.connect(self._on_tray_menu)
        page.panel.place_wanted.connect(self._on_offer)
        page.panel.open_wanted.connect(self._on_open)
        page.panel.visit_wanted.connect(self._on_visit)
        stage.placed.connect(self._on_placed)
        stage.refused.connect(self._on_refused)
        stage.unassigned.connect(self._on_unassigned)
        stage.began.connect(self._on_began)
        stage.over.connect(self.settle)
        self.reason_sheet.given.connect(self._on_reason)
        self.reason_sheet.closed.connect(self._focus_canvas)
        self.move_sheet.asked.connect(self._on_move_asked)
        self.move_sheet.closed.connect(self._focus_canvas)
        actions = self._context.actions
        for name, slot in (
            ("move", self.ask_where),
            ("carry", self.carry),
            ("pin", self.toggle_pin),
            ("unassign", self.unassign),
            ("candidates", self.show_candidates),
            ("why", self.show_why),
            ("why-not", self.show_why_not),
            ("open-request", self.open_request),
            ("open-visit", self.open_visit),
            ("open-person", self.open_person),
            ("open-plan", self.open_plan),
            ("previous", self.previous),
            ("next", self.following),
            ("today", page.go_today),
            ("search", self.search),
            ("clear", self.clear),
            ("panel", self.toggle_panel),
            ("tray", self.toggle_tray),
        ):
            actions.on(f"board.{name}", slot)

    # -- what can be done now ------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Switch on what can be done with what is selected."""
        actions, page = self._context.actions, self._page
        card = page.selected.card
        can_change = page.shown.plan is not None and page.shown.plan.status in ("draft", "")
        for name in NEEDS_REQUEST:
            actions.enable(f"board.{name}", card is not None)
        for name in NEEDS_PLACE:
            actions.enable(f"board.{name}", card is not None and card.place is not None and can_change)
        actions.show_state("board.tray", not page.tray.is_folded)

    def _grab(self) -> Grab | None:
        """What is selected, taken where the cursor stands if it stands there."""
        plan, card = self._page.shown.plan, self._page.selected.card
        if plan is None or card is None:
            return None
        hit = self._page.canvas.under_cursor()
        if hit.bar is not None and hit.bar.request == card.code:
            return grab_of(hit.bar, hit.inspector, hit.bar.first_slot)
        return grab_of_request(plan.board, card)

    # -- by mouse ------------------------------------------------------------------------------------------------------

    def _on_drag(self, pressed: object) -> None:
        assert isinstance(pressed, Pressed)
        assert pressed.hit.bar is not None
        view, grab = self._page.canvas.viewport(), grab_of_bar(pressed, pressed.hit.bar)
        lengths = self.lengths(pressed.hit)
        if lengths:
            self._page.stage.resize(replace(grab, mode=pressed.hit.bar.mode), lengths, view, pressed.point)
        else:
            self._page.stage.drag(grab, view, pressed.point)

    def lengths(self, hit: Hit) -> dict[int, int]:
        """Half-days by mode, where the end of a bar can be pulled: its crew can make it in several."""
        bar = hit.bar
        card = self._page.selected.card_of(bar.request) if bar is not None and hit.is_end else None
        if bar is None or card is None:
            return {}
        size = max(1, len(bar.crew))
        found = {number: mode.half_days for number, mode in enumerate(card.modes) if mode.crew == size}
        return found if len(found) > 1 else {}

    def _on_hovered(self, hit: object) -> None:
        assert isinstance(hit, Hit)
        view = self._page.canvas.viewport()
        if self._page.stage.gesture is None:
            view.setCursor(Qt.CursorShape.SizeHorCursor if self.lengths(hit) else Qt.CursorShape.ArrowCursor)

    def _on_tray_drag(self, pressed: object) -> None:
        assert isinstance(pressed, TrayPressed)
        plan, card = self._page.shown.plan, self._page.selected.card_of(pressed.entry.request)
        if plan is not None and card is not None:
            grab = grab_of_request(plan.board, card)
            self._page.stage.drag(grab, self._page.tray.table.viewport(), pressed.point)

    def _on_began(self, request: object) -> None:
        self._page.hovering.end()
        self._page.selected.select(str(request))

    def _on_pressed(self, hit: object) -> None:
        assert isinstance(hit, Hit)
        if hit.bar is not None:
            self._page.selected.select(hit.bar.request)

    def _on_activated(self, hit: object) -> None:
        """Enter or two clicks: take the offer that stands there, or open what is there."""
        assert isinstance(hit, Hit)
        offer = self._offer_at(hit)
        if hit.bar is not None:
            self._page.selected.select(hit.bar.request)
            self._page.want_panel(wanted=True)
        elif offer is not None:
            self._on_offer(offer)
        elif hit.inspector and hit.part == "name":
            self._context.selection.show_inspector(hit.inspector)

    def _offer_at(self, hit: Hit) -> Offer | None:
        marks = self._page.canvas.overlay.marks.offers.get(hit.inspector, ())
        for mark in marks:
            if mark.first_slot <= hit.slot <= mark.last_slot:
                for offer in self._page.selected.offers:
                    if offer.inspector == hit.inspector and offer.first_slot == mark.first_slot:
                        return offer
        return None

    def _on_menu(self, pressed: object) -> None:
        assert isinstance(pressed, Pressed)
        bar, selection = pressed.hit.bar, self._context.selection
        if bar is not None:
            selection.request, selection.inspector = bar.request, pressed.hit.inspector or selection.inspector
        self._open_menu(OF_BAR if bar is not None else OF_CELL, pressed)

    def _on_tray_menu(self, pressed: object) -> None:
        self._open_menu(OF_REQUEST, pressed)

    def _open_menu(self, names: tuple[str, ...], pressed: object) -> None:
        assert isinstance(pressed, Pressed | TrayPressed)
        self.menu.clear()
        for name in names:
            if name:
                self.menu.addAction(self._context.actions.action(name if "." in name else f"board.{name}"))
            else:
                self.menu.addSeparator()
        self.menu.popup(pressed.point)

    # -- placing -------------------------------------------------------------------------------------------------------

    def _on_placed(self, dropped: object) -> None:
        assert isinstance(dropped, Dropped)
        assert dropped.verdict is not None
        self.place(dropped.grab, dropped.verdict)
        arrived = [code for code in dropped.verdict.inspectors if code not in dropped.grab.inspectors]
        self.go_to((arrived or [dropped.grab.member])[0], dropped.verdict.first_slot)

    def place(self, grab: Grab, verdict: Verdict, reason: str = "") -> None:
        """Put a request where a verdict says; asks for a reason where a rule is to be waived."""
        plan = self._page.shown.plan
        assert plan is not None
        if verdict.state == "bad":
            self._on_refused(Dropped(grab, verdict))
            return
        if verdict.waive and not reason:
            self.reason_sheet.ask(plan.board, grab, verdict)
            return
        self._page.message.clear()
        text = self._moved_in_words(verdict)
        self._page.shown.place(verdict, reason, partial(self._on_done, text), self._on_failed)

    def _moved_in_words(self, verdict: Verdict) -> str:
        plan = self._page.shown.plan
        assert plan is not None
        text = self.tr("{request} moved to {who}, {when}").format(
            request=verdict.request,
            who=crew_in_words(names_of(plan.board), verdict.inspectors),
            when=when_in_words(plan.board, verdict.first_slot, verdict.last_slot),
        )
        return text if verdict.cost is None else f"{text} · {price(verdict.cost.total)}"

    def _on_reason(self, given: object) -> None:
        assert isinstance(given, Reasoned)
        plan, asked = self._page.shown.plan, given.verdict
        if plan is not None:
            verdict = plan.verdict(asked.request, asked.inspectors, asked.first_slot, asked.mode)
            self.place(given.grab, verdict, given.reason if verdict.waive == asked.waive else "")

    def _on_offer(self, offer: object) -> None:
        assert isinstance(offer, Offer)
        plan, card = self._page.shown.plan, self._page.selected.card
        if plan is not None and card is not None:
            crew = offer.inspectors or (offer.inspector,)
            verdict = plan.verdict(card.code, crew, offer.first_slot, offer.mode)
            self.place(grab_of_request(plan.board, card), verdict)
            self.go_to(offer.inspector, offer.first_slot)

    def _on_refused(self, dropped: object) -> None:
        """A hard rule forbids it: say which, and leave all as it is."""
        assert isinstance(dropped, Dropped)
        assert dropped.verdict is not None
        causes = [line.text for line in dropped.verdict.lines if line.state == "bad"]
        text = self.tr("{request} stays where it is. {cause}").format(
            request=dropped.grab.request, cause=" ".join(causes) or self.tr("A rule forbids the place.")
        )
        self._context.feedback.toast(text, kind="bad")

    def _on_unassigned(self, dropped: object) -> None:
        assert isinstance(dropped, Dropped)
        self._take_out(dropped.grab.request)

    def _take_out(self, request: str) -> None:
        text = self.tr("{request} taken out").format(request=request)
        self._page.shown.unassign(request, partial(self._on_done, text), self._on_failed)

    def _on_done(self, text: str, outcome: Outcome) -> None:
        self._context.feedback.toast(text, undo=outcome.inverse is not None)

    def _on_failed(self, error: DomainError) -> None:
        """It has been put back already."""
        if isinstance(error, ConflictError):
            self._context.feedback.toast(f"{error.text} {error.hint}".strip(), kind="warn")
        else:
            self._page.message.show_error(error)

    # -- by key and menu -----------------------------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask for person and day."""
        plan, grab = self._page.shown.plan, self._grab()
        if plan is None or grab is None:
            return
        cursor = self._page.canvas.overlay.marks.cursor
        inspector = grab.member or (cursor.inspector if cursor is not None else "")
        slot = grab.first_slot if grab.first_slot is not None else cursor.slot if cursor is not None else 0
        self.move_sheet.ask(plan.board, grab, inspector, slot)

    def _on_move_asked(self, asked: object) -> None:
        assert isinstance(asked, MoveAsked)
        stage = self._page.stage
        crew = stage.crew_for(asked.grab, asked.inspector, asked.slot)
        verdict = stage.judge(asked.grab, crew, asked.slot)
        if not asked.is_final:
            self.move_sheet.show_verdict(verdict)
        elif verdict is not None:
            self.place(asked.grab, verdict)
            self.go_to(asked.inspector, asked.slot)

    def carry(self) -> None:
        """Move with the keys."""
        grab, canvas = self._grab(), self._page.canvas
        if grab is None:
            return
        cursor = canvas.overlay.marks.cursor
        cell = Cell(grab.member, grab.first_slot) if grab.first_slot is not None else cursor
        cell = cell or canvas.stepped(None, 0)
        if cell is not None:
            self.go_to(cell.inspector, cell.slot)
            self._page.stage.carry(grab, cell)

    def toggle_pin(self) -> None:
        """Pin what is selected, or unpin it."""
        card, shown = self._page.selected.card, self._page.shown
        if card is None or card.place is None:
            return
        if card.pinned:
            text = self.tr("{request} unpinned: the planner may move it").format(request=card.code)
            shown.unpin(card.code, partial(self._on_done, text), self._on_failed)
        else:
            text = self.tr("{request} pinned").format(request=card.code)
            shown.pin(card.code, partial(self._on_done, text), self._on_failed)

    def unassign(self) -> None:
        """Take what is selected out of the plan."""
        card = self._page.selected.card
        if card is not None and card.place is not None:
            self._take_out(card.code)

    def show_candidates(self) -> None:
        """Show where else it could go."""
        self._page.want_panel(wanted=True)
        self._page.panel.show_tab(CANDIDATES)
        self._page.panel.table.setFocus()

    def show_why_not(self) -> None:
        """Show what keeps others from it."""
        self._page.want_panel(wanted=True)
        self._page.panel.show_tab(WHY_NOT)

    def show_why(self) -> None:
        """Show why it is where it is."""
        self._page.want_panel(wanted=True)
        self._page.panel.show_tab(WHY)

    def open_request(self) -> None:
        """Show what is selected on its own page."""
        if self._page.selected.code is not None:
            self._on_open(self._page.selected.code)

    def open_visit(self) -> None:
        """Show the visit of what is selected on its own page."""
        if self._page.selected.code is not None:
            self._on_visit(self._page.selected.code)

    def _on_visit(self, code: object) -> None:
        self._context.selection.show_request(str(code), "visits")

    def _on_open(self, code: object) -> None:
        self._context.selection.show_request(str(code))

    def open_person(self) -> None:
        """Show whoever the cursor is on on his own page."""
        cursor = self._page.canvas.overlay.marks.cursor
        if cursor is not None:
            self._context.selection.show_inspector(cursor.inspector)

    def open_plan(self) -> None:
        """Show the plan on its own page; where there is none yet, the page where one is made."""
        plan = self._page.shown.plan
        if plan is not None and plan.code:
            self._context.selection.show_plan(plan.code, page="plans")
        else:
            self._context.selection.page_wanted.emit("plans")

    def previous(self) -> None:
        """The days before."""
        self._page.go_by(-1)

    def following(self) -> None:
        """The days after."""
        self._page.go_by(1)

    def search(self) -> None:
        """Type what to look for."""
        self._page.toolbar.search.setFocus()
        self._page.toolbar.search.selectAll()

    def clear(self) -> None:
        """Look for nothing, let every team through."""
        self._page.toolbar.clear_search()
        self._page.toolbar.show_teams(None)
        self._page.viewing.show_teams(None)

    def toggle_panel(self) -> None:
        """Show the panel, or hide it."""
        self._page.want_panel(wanted=self._page.panel.isHidden())

    def toggle_tray(self) -> None:
        """Fold the tray, or unfold it."""
        self._page.tray.fold(folded=not self._page.tray.is_folded)
        self.settle()

    def go_to(self, inspector: str, slot: int) -> None:
        """Put the cursor on a cell and bring it into view; opens the team it is in."""
        canvas = self._page.canvas
        row = next((row for row in canvas.board.rows if row.inspector == inspector), None)
        if row is None:
            return
        self._page.viewing.unfold(row.team)
        cell = Cell(inspector, min(max(slot, 0), canvas.grid.slots - 1))
        canvas.reveal(cell)
        canvas.put_cursor(cell)

    def close_sheets(self) -> None:
        """Ask nothing any more."""
        self.reason_sheet.close_sheet()
        self.move_sheet.close_sheet()
        self.menu.close()

    def _focus_canvas(self) -> None:
        self._page.canvas.setFocus()
