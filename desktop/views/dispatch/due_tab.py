"""What is to be sent: ticked, looked at in its language, and sent by one of the ways."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop.clock import local_today
from desktop.itemmodels.dispatch_rows import due_columns, due_rows
from desktop.itemmodels.list_table import TableRow
from desktop.jobs.background import Advance
from desktop.services.commands.dispatching import Addressee
from desktop.services.dispatching.due import DueNotice
from desktop.services.slots import day_of
from desktop.views.context import PageContext
from desktop.views.dispatch.list_tab import ListTab
from desktop.views.dispatch.message_panel import MessagePanel


class DueTab(ListTab):
    """The messages that are due, with the foot from which they go out."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        self._notices: tuple[DueNotice, ...] | None = None
        self._to_tick: frozenset[str] = frozenset()
        super().__init__(context, due_columns(), self.tr("What is to be sent"), parent, span="soon")
        self.strip.group_button.show()
        self.foot = QFrame(self)
        self.ticked = QLabel(self.foot)
        self.progress = QProgressBar(self.foot)
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out_foot()
        self.show_reading()
        self.model.ticks_changed.connect(self._settle)
        context.look.changed.connect(self._paint)
        self._paint()
        self._settle()

    def make_panel(self, parent: QWidget) -> MessagePanel:
        """The message that is looked at."""
        self.panel = MessagePanel(self.context, parent)
        return self.panel

    def _lay_out_foot(self) -> None:
        self.foot.setProperty("role", "foot")
        self.ticked.setProperty("role", "muted")
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setAccessibleName(self.tr("Messages sent"))
        self.progress.hide()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.ticked)
        row.addWidget(self.progress)
        row.addStretch(1)
        for name, text in (
            ("stop", self.tr("Stop")),
            ("save", self.tr("Save PDF, ICS…")),
            ("text", self.tr("Copy as text")),
            ("files", self.tr("E-mail files…")),
            ("send", self.tr("Send")),
        ):
            action = self.context.actions.action(f"dispatch.{name}")
            button = QPushButton(text, self.foot)
            button.setToolTip(action.toolTip())
            button.setProperty("role", "primary" if name == "send" else "")
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            self.buttons[name] = button
            row.addWidget(button)
        self.buttons["stop"].hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.foot)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """How many messages are due in all."""
        return len(self._notices or ())

    def show_notices(self, notices: tuple[DueNotice, ...]) -> None:
        """Show what is due, and tick of it what was just announced."""
        self._notices = notices
        self.list_again()
        if self._to_tick:
            self.model.tick([row.key for row in self.model.rows if _request(row) in self._to_tick])
            self._to_tick = frozenset()

    def tick_requests(self, requests: Collection[str]) -> None:
        """Tick what is due of these requests, once it is read anew: of a list read before their news is not there."""
        self.strip.clear()
        self._to_tick = frozenset(requests)

    def list_again(self) -> None:
        """List what the filters ask for."""
        if self._notices is None:
            return
        shown = [notice for notice in self._notices if self._is_wanted(notice)]
        self.show_list(due_rows(shown, self.strip.by))
        self._explain()
        self.strip.shown.setText(self.tr("{number} due").format(number=f"{len(shown):,}"))
        self._settle()

    def _is_wanted(self, notice: DueNotice) -> bool:
        days, parties = self.strip.days(local_today(self.context.clock)), self.strip.wanted_parties
        if parties and notice.to.party not in parties:
            return False
        if days and (day_of(notice.last_slot) < days[0] or day_of(notice.first_slot) > days[1]):
            return False
        return self.matches(
            notice.name, notice.local_name, notice.request, notice.to.inspector, notice.factory_name, notice.client_name
        )

    def _explain(self) -> None:
        if self._notices:
            self.empty.explain(self.tr("No message matches these filters."), self.tr("Clear filters"))
        else:
            self.empty.explain(
                self.tr("Nothing is to be sent. Everybody knows what is announced.\nPublish a day, a person or a week.")
            )

    def on_chosen(self, row: TableRow | None) -> None:
        """Show the message of a row."""
        self.panel.show_notice(row.value if row and isinstance(row.value, DueNotice) else None)
        self._settle()

    # -- what is sent --------------------------------------------------------------------------------------------------

    @property
    def wanted(self) -> tuple[DueNotice, ...]:
        """What is ticked; where nothing is, what is looked at."""
        ticked = [row.value for row in self.model.ticked]
        current = self.table.current
        found = ticked or ([] if current is None else [current.value])
        return tuple(notice for notice in found if isinstance(notice, DueNotice))

    @property
    def addressees(self) -> tuple[Addressee, ...]:
        """To whom it goes."""
        return tuple(notice.to for notice in self.wanted)

    def tick_all(self) -> None:
        """Tick all that is shown; where all is ticked, nothing."""
        keys: Sequence[str] = [row.key for row in self.model.rows if not row.is_head]
        self.model.tick(() if len(self.model.ticked) == len(keys) else keys)

    def show_running(self, number: int | None) -> None:
        """So many messages are on their way; None: all have gone."""
        is_running = number is not None
        self.progress.setRange(0, number or 0)
        self.progress.setValue(0)
        self.progress.setVisible(is_running)
        self.buttons["stop"].setVisible(is_running)
        self._settle()

    def show_advance(self, advance: Advance) -> None:
        """So many have gone."""
        self.progress.setValue(advance.done)
        done, total = f"{advance.done:,}", f"{advance.total:,}"
        self.ticked.setText(self.tr("{done} of {total} sent").format(done=done, total=total))

    def _settle(self) -> None:
        if not hasattr(self, "foot"):
            return
        number, ticked = len(self.wanted), len(self.model.ticked)
        is_running = not self.progress.isHidden()
        if not is_running:
            self.ticked.setText(self._ticked_words(ticked))
        send = self.tr("Send {number}").format(number=f"{number:,}") if ticked else self.tr("Send")
        self.buttons["send"].setText(send)
        for name in ("send", "files", "text", "save"):
            self.context.actions.enable(f"dispatch.{name}", number > 0 and not is_running and self.isVisible())

    def _ticked_words(self, ticked: int) -> str:
        return self.tr("{number} ticked").format(number=f"{ticked:,}") if ticked else self.tr("Nothing ticked")

    def showEvent(self, event: QShowEvent) -> None:
        """What can be sent can be sent from here only."""
        super().showEvent(event)
        self._settle()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is sent from elsewhere."""
        super().hideEvent(event)
        for name in ("send", "files", "text", "save"):
            self.context.actions.enable(f"dispatch.{name}", False)

    def _paint(self) -> None:
        icons = {
            "stop": "stop-circle-outline",
            "save": "file-download-outline",
            "text": "content-copy",
            "files": "email-arrow-right-outline",
            "send": "send",
        }
        for name, icon in icons.items():
            self.buttons[name].setIcon(self.context.look.icon(icon, "on_accent" if name == "send" else "muted"))


def _request(row: TableRow) -> str:
    return row.value.request if isinstance(row.value, DueNotice) else ""
