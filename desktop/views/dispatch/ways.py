"""The ways by which messages leave: e-mail, e-mail files, text to paste, papers and calendar files in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.errors import DomainError
from desktop.jobs.outbox_run import NOT_DUE
from desktop.services.commands.dispatching import Addressee
from desktop.services.dispatching.messages import Message, compose
from desktop.services.dispatching.outbox import lots_of

if TYPE_CHECKING:
    from desktop.views.dispatch.page import DispatchPage

BETWEEN = "\n\n----------\n\n"
"""Stands between several texts that are copied at once."""


class Ways(QObject):
    """Does what the buttons under the list of what is due say."""

    def __init__(self, page: DispatchPage) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._is_composing = False

    def send(self) -> None:
        """Send by e-mail what is ticked; those without an address are left out, and said."""
        wanted = self._page.due.wanted
        with_mail = [notice.to for notice in wanted if notice.email]
        if len(with_mail) < len(wanted):
            text = self.tr(
                "%n have no e-mail address. Copy the text for them, or write files.", "", len(wanted) - len(with_mail)
            )
            self._page.due.message.show_text(text, "warn")
        if with_mail:
            self._page.outbox.send(with_mail)

    def copy_text(self) -> None:
        """Copy the short texts of what is due, and note that they went."""
        addressees = self._page.due.addressees
        if addressees and not self._page.outbox.is_running and not self._is_composing:
            self._is_composing = True
            self._compose(list(lots_of(addressees)), [], ())

    def _compose(self, left: list[Sequence[Addressee]], made: list[Message], more: tuple[Message, ...]) -> None:
        """Make the messages of one lot after the other: in between others are served by the database."""
        made += more
        if left:
            query = partial(compose, now=self._context.clock.now(), addressees=left.pop(0), due_only=True)
            self._context.runner.read(self, query, partial(self._compose, left, made), self._on_failed)
        elif made:
            self._is_composing = False
            self._on_texts(made)
        else:
            self._on_failed(NOT_DUE)

    def _on_texts(self, messages: Sequence[Message]) -> None:
        QGuiApplication.clipboard().setText(BETWEEN.join(message.chat for message in messages))
        self._page.outbox.record([message.by("text") for message in messages])

    def ask_for_mail_folder(self) -> None:
        """Have a folder chosen for e-mail files."""
        if self._page.due.addressees:
            self._ask(self.tr("Write e-mail files into a folder"), self.write_mail)

    def write_mail(self, folder: str) -> None:
        """Write e-mail files into a folder."""
        self._page.outbox.write(self._page.due.addressees, self._remembered(folder))

    def ask_for_paper_folder(self) -> None:
        """Have a folder chosen for work sheets and calendar files."""
        if self._page.due.addressees:
            self._ask(self.tr("Save work sheets and calendar files into a folder"), self.write_papers)

    def write_papers(self, folder: str) -> None:
        """Write work sheets and calendar files into a folder."""
        self._page.outbox.save(self._page.due.addressees, self._remembered(folder))

    def _on_failed(self, error: DomainError) -> None:
        self._is_composing = False
        self._page.due.message.show_error(error)

    def _ask(self, title: str, then: Callable[[str], object]) -> None:
        dialog = QFileDialog(self._page, title, self._context.preferences.value("dispatch.folder", str(Path.home())))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(then)
        dialog.open()

    def _remembered(self, folder: str) -> Path:
        self._context.preferences.put("dispatch.folder", folder)
        return Path(folder)
