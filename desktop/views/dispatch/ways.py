"""The ways by which messages leave: e-mail, e-mail files, text to paste, papers and calendar files in a folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.errors import DomainError
from desktop.services.dispatching.messages import Message, compose

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
        """Copy the short texts, and note that they went."""
        self._compose(self._on_texts)

    def _on_texts(self, messages: tuple[Message, ...]) -> None:
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

    def _compose(self, then: Callable[[tuple[Message, ...]], object]) -> None:
        addressees = self._page.due.addressees
        if addressees and not self._page.outbox.is_running:
            query = partial(compose, now=self._context.clock.now(), addressees=addressees)
            self._context.runner.read(self, query, then, self._on_failed)

    def _on_failed(self, error: DomainError) -> None:
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
