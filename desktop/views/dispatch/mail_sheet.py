"""The mail server of the house: where, how, as whom; the password goes to the keyring of the system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError, FaultError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import Fault
from desktop.services.changes import Outcome
from desktop.services.commands import ChangeSetting
from desktop.services.dispatching.house import SECURITIES, MailSettings
from desktop.services.dispatching.mail import account_of, has_password, keep_password, read_mail, send_test
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.fitting import grow_to_fit

WIDTH = 520
PORTS = {"starttls": 587, "ssl": 465, "none": 25}


class MailSheet(QDialog):
    """Settings, password, and a test."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Mail settings"))
        self.setMinimumWidth(WIDTH)
        self._context = context
        self._kept = MailSettings()
        self.message = InlineMessage(context.look, self)
        self.host, self.user = QLineEdit(self), QLineEdit(self)
        self.address, self.own_name = QLineEdit(self), QLineEdit(self)
        self.port = QSpinBox(self)
        self.port.setRange(1, 65535)
        self.security = QComboBox(self)
        words = {
            "starttls": self.tr("STARTTLS"),
            "ssl": self.tr("TLS from the start"),
            "none": self.tr("None: only in the house's own net"),
        }
        for name in SECURITIES:
            self.security.addItem(words[name], name)
        self.password = QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.to = QLineEdit(self)
        self.to.setPlaceholderText(self.tr("Your own address"))
        self.test = QPushButton(self.tr("Send a test"), self)
        self.keep = QPushButton(self.tr("Save"), self)
        self.keep.setProperty("role", "primary")
        self.keep.setDefault(True)
        self.cancel = QPushButton(self.tr("Close"), self)
        self._lay_out()
        self.security.activated.connect(self._on_security)
        self.test.clicked.connect(self.send_test)
        self.keep.clicked.connect(self.save)
        self.cancel.clicked.connect(self.reject)
        context.runner.read(self, read_mail, self._show, self.message.show_error)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for title, field in (
            (self.tr("Server"), self.host),
            (self.tr("Security"), self.security),
            (self.tr("Port"), self.port),
            (self.tr("Sender's address"), self.address),
            (self.tr("Sender's name"), self.own_name),
            (self.tr("User"), self.user),
            (self.tr("Password"), self.password),
        ):
            field.setAccessibleName(title)
            form.addRow(title, field)
        words = QLabel(
            self.tr(
                "The password is kept by this computer's keyring, never in the database. Each desk enters it once."
            ),
            self,
        )
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        self.to.setAccessibleName(self.tr("Address for a test"))
        trial = QHBoxLayout()
        trial.setSpacing(8)
        trial.addWidget(self.to, 1)
        trial.addWidget(self.test)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.message)
        column.addLayout(form)
        column.addWidget(words)
        column.addLayout(trial)
        column.addStretch(1)
        column.addLayout(buttons)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _show(self, settings: MailSettings) -> None:
        self._kept = settings
        for field, text in (
            (self.host, settings.host),
            (self.user, settings.user),
            (self.address, settings.sender),
            (self.own_name, settings.sender_name),
        ):
            field.setText(text)
        self.port.setValue(settings.port)
        self.security.setCurrentIndex(SECURITIES.index(settings.security))
        self._work(partial(_has_password, settings), self._on_known)

    def _on_known(self, has: bool) -> None:
        self.password.setPlaceholderText(self.tr("Kept by the keyring") if has else self.tr("None is kept yet"))

    def _on_security(self, _number: int) -> None:
        if self.port.value() in PORTS.values():
            self.port.setValue(PORTS[self.security.currentData()])

    @property
    def settings(self) -> MailSettings:
        """What stands in the fields."""
        return MailSettings(
            self.host.text().strip(),
            self.port.value(),
            self.security.currentData(),
            self.address.text().strip(),
            self.own_name.text().strip(),
            self.user.text().strip(),
            self._kept.timeout_seconds,
        )

    # -- what is done --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store the settings, and have the keyring keep the password where one is entered."""
        self.message.clear()
        if self.settings == self._kept:
            self._keep_password()
            return
        values = asdict(self.settings)
        self._context.runner.handle(self, ChangeSetting("mail", values), self._on_stored, self._on_error)

    def _on_stored(self, outcome: Outcome) -> None:
        self._kept = self.settings
        self._context.feedback.done(outcome)
        self._keep_password()

    def _keep_password(self) -> None:
        if self.password.text():
            self._work(partial(_keep_password, self.settings, self.password.text()), self._on_kept)
        else:
            self.accept()

    def _on_kept(self, _nothing: object) -> None:
        self.password.clear()
        self._context.feedback.toast(self.tr("The keyring keeps the password."))
        self.accept()

    def send_test(self) -> None:
        """Send a short message by what stands in the fields."""
        to = self.to.text().strip() or self.address.text().strip()
        self.message.clear()
        self.test.setEnabled(False)
        self._work(
            partial(_send_test, self.settings, self.password.text(), to, self._context.clock.now()),
            partial(self._on_tested, to),
        )

    def _on_tested(self, to: str, fault: str) -> None:
        self.test.setEnabled(True)
        if fault:
            self.message.show_text(fault, "bad")
        else:
            self.message.show_text(self.tr("The server has taken a message to {address}.").format(address=to))
        grow_to_fit(self)

    def _on_error(self, error: DomainError) -> None:
        self.test.setEnabled(True)
        self.message.show_error(error)
        grow_to_fit(self)

    def _work(self, task: Callable[[Tell], object], then: Callable[..., object]) -> None:
        """Neither the network nor the keyring, which may ask its owner first, is waited for by the window."""
        job = BackgroundJob("mail", task, self)
        job.finished.connect(partial(self._on_done, job, then))
        job.failed.connect(partial(self._on_done, job, self._on_error))
        job.faulted.connect(partial(self._on_fault, job))
        job.start()

    @staticmethod
    def _on_done(job: BackgroundJob, then: Callable[..., object], result: object) -> None:
        job.deleteLater()
        then(result)

    def _on_fault(self, job: BackgroundJob, fault: Fault) -> None:
        job.deleteLater()
        self._context.runner.faulted.emit(fault)
        self._on_error(
            FaultError(self.tr("This could not be done: the program has a fault."), self.tr("Try it again."))
        )


def _has_password(settings: MailSettings, _tell: Tell) -> bool:
    return bool(settings.user) and has_password(settings)


def _keep_password(settings: MailSettings, password: str, _tell: Tell) -> bool:
    keep_password(settings, password)
    return True


def _send_test(settings: MailSettings, password: str, to: str, now: dt.datetime, _tell: Tell) -> str:
    return send_test(account_of(settings, password), to, now)
