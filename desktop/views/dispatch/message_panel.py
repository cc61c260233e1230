"""The panel of one message that is due: what is new in it, how it reads in its language, its work sheet."""

from __future__ import annotations

import html
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels.dispatch_rows import party_words
from desktop.itemmodels.slot_words import slots
from desktop.jobs.db_runner import Job
from desktop.services.commands.dispatching import Addressee
from desktop.services.dispatching.due import DueNotice
from desktop.services.dispatching.messages import Message, compose
from desktop.services.trade.protocols import Language
from desktop.views.context import PageContext
from desktop.views.dispatch.contact_line import ContactLine
from desktop.views.feedback import InlineMessage
from desktop.views.paper.preview import PreviewDialog
from desktop.views.paper.worksheet import worksheet_pictures
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.page_bar import EmptyPlace

LANGUAGES: tuple[Language, ...] = ("zh", "vi", "en")
PREVIEW_SCALE = 1.3  # pixels a point: a page fits a screen of 1280


class MessagePanel(QFrame):
    """One message, read anew whenever another is looked at.

    Attributes:
        message: as it would go out now; None while it is being read.
        shown: a message is shown now.
    """

    shown = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._context = context
        self._notice: DueNotice | None = None
        self.message: Message | None = None
        self._job: Job[tuple[Message, ...]] | None = None
        self.trouble = InlineMessage(context.look, self)
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "panel-title")
        self.where = QLabel(self)
        self.where.setProperty("role", "muted")
        self.where.setWordWrap(True)
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self.contact = ContactLine(context, self)
        self.new = QLabel(self)
        self.new.setTextFormat(Qt.TextFormat.RichText)
        self.new.setWordWrap(True)
        self.ways: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.language = QComboBox(self)
        self.language.setAccessibleName(self.tr("Language of the message"))
        for code, name in zip(LANGUAGES, ("中文", "Tiếng Việt", "English"), strict=True):
            self.language.addItem(name, code)
        self.language.activated.connect(self._on_language)
        self.subject = ElidedLabel(self)
        self.subject.setProperty("role", "strong")
        self.subject.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setPlaceholderText(self.tr("Reading\N{HORIZONTAL ELLIPSIS}"))
        self.text.setAccessibleName(self.tr("Text of the message"))
        self.sheet_button = QPushButton(self.tr("Work sheet"), self)
        self.sheet_button.setToolTip(self.tr("Show the work sheet as it will be printed"))
        self.sheet_button.clicked.connect(self.preview)
        self._nothing = EmptyPlace.of_panel(self.tr("Select a message to see how it reads."), self)
        self._lay_out()
        context.look.changed.connect(self._paint)
        self._paint()
        self.show_notice(None)

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(4)
        for name, said in (("mail", self.tr("E-mail")), ("chat", self.tr("WeChat, Zalo"))):
            chip = QPushButton(said, self)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._show_text)
            self._group.addButton(chip)
            self.ways[name] = chip
            ways.addWidget(chip)
        self.ways["mail"].setChecked(True)
        ways.addStretch(1)
        ways.addWidget(self.language)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.sheet_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.where)
        column.addWidget(self.contact)
        column.addWidget(self.trouble)
        column.addWidget(self.new)
        column.addLayout(ways)
        column.addWidget(self.subject)
        column.addWidget(self.text, 1)
        column.addLayout(foot)
        column.addWidget(self._nothing, 1)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_notice(self, notice: DueNotice | None) -> None:
        """Show what is due to somebody; None: nothing is looked at."""
        is_same = notice is not None and self._notice is not None and notice.to == self._notice.to
        self._notice = notice
        self._nothing.setVisible(notice is None)
        always = (self.title, self.where, self.subject, self.text, self.language, self.sheet_button)
        for part in (*always, *self.ways.values()):
            part.setVisible(notice is not None)
        self.contact.show_contact("" if notice is None else notice.phone, "" if notice is None else notice.email)
        self.trouble.clear()
        if notice is None:
            self.new.hide()
            self.message = None
            return
        self.title.setText(f"{notice.name} {notice.local_name}".strip())
        self.where.setText(
            f"{party_words(notice.to.party)} \N{MIDDLE DOT} {notice.request} {notice.service} \N{MIDDLE DOT} "
            f"{slots(notice.first_slot, notice.last_slot)}\n{notice.factory_name} \N{MIDDLE DOT} {notice.client_name}"
        )
        if notice.fault:
            self.trouble.show_text(notice.fault, "bad")
        self._show_changes(notice)
        if not is_same:
            self.text.clear()
            self.subject.clear()
            self.language.setCurrentIndex(LANGUAGES.index(notice.language) if notice.language in LANGUAGES else 2)
        self._read()

    def _show_changes(self, notice: DueNotice) -> None:
        """What was told, struck, over what is new."""
        theme = self._context.look.theme
        lines = []
        for change in notice.changes:
            old = f"<s style='color:{theme.faint}'>{html.escape(change.before)}</s><br>" if change.before else ""
            now = html.escape(change.now) or f"<i>{html.escape(self.tr('no longer'))}</i>"
            lines.append(
                f"<p style='margin:2px 0'><span style='color:{theme.muted}'>{html.escape(change.label)}</span>"
                f"<br>{old}{now}</p>"
            )
        self.new.setText("".join(lines))
        self.new.setVisible(bool(lines))

    def _on_language(self, _number: int) -> None:
        self._read()

    @property
    def chosen_language(self) -> Language:
        """The language that the message is looked at in."""
        found: Language = self.language.currentData()
        return found

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._notice is None:
            return
        to, language = self._notice.to, self.chosen_language
        query = partial(compose, now=self._context.clock.now(), addressees=(to,), language=language)
        self._job = self._context.runner.read(self, query, partial(self._on_read, to), self.trouble.show_error)

    def _on_read(self, to: Addressee, found: tuple[Message, ...]) -> None:
        if self._notice is None or self._notice.to != to or not found:
            return
        self.message = found[0]
        self.subject.setText(found[0].subject)
        self.sheet_button.setEnabled(found[0].sheet is not None)
        self._show_text()
        self.shown.emit()

    def _show_text(self) -> None:
        if self.message is not None:
            is_chat = self.ways["chat"].isChecked()
            self.subject.setVisible(not is_chat)
            words = self.message.chat if is_chat else self.message.text
            if self.text.toPlainText() != words:
                self.text.setPlainText(words)

    def preview(self) -> None:
        """Show the work sheet as it will be printed."""
        if self.message is None or self.message.sheet is None:
            return
        sheet, language = self.message.sheet, self.message.language
        scale = PREVIEW_SCALE * self.devicePixelRatioF()
        self._context.runner.read(
            self,
            lambda _store: worksheet_pictures(sheet, language, scale),
            partial(self._on_pictures, sheet.request),
            self._on_no_pictures,
        )

    def _on_pictures(self, code: str, pictures: list[QImage]) -> None:
        PreviewDialog(self.tr("Work sheet of {code}").format(code=code), pictures, self).open()

    def _on_no_pictures(self, error: DomainError) -> None:
        self.trouble.show_error(error)

    def _paint(self) -> None:
        self.sheet_button.setIcon(self._context.look.icon("file-pdf-box"))
        if self._notice is not None:
            self._show_changes(self._notice)
