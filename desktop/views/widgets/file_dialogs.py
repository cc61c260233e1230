"""Choosers of files that several parts of the window use. None of them waits: they call back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.recent import path_of, short_name

Then = Callable[[str], object]


def ask_for_database(parent: QWidget, folder: Path, then: Then) -> QFileDialog:
    """Have a database file chosen."""
    dialog = QFileDialog(parent, QCoreApplication.translate("files", "Open a database"), str(folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [QCoreApplication.translate("files", "Databases (*.db)"), QCoreApplication.translate("files", "All files (*)")]
    )
    return _opened(dialog, then)


def ask_for_new_database(parent: QWidget, folder: Path, then: Then) -> QFileDialog:
    """Have a place for a new database chosen."""
    dialog = QFileDialog(parent, QCoreApplication.translate("files", "New database"), str(folder))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix("db")
    dialog.setNameFilters([QCoreApplication.translate("files", "Databases (*.db)")])
    dialog.selectFile("dupro-desk.db")
    return _opened(dialog, then)


def ask_for_backup(parent: QWidget, database: str, then: Then) -> QFileDialog:
    """Have a backup of a database chosen."""
    title = QCoreApplication.translate("files", "Restore a backup of {name}").format(name=short_name(database))
    path = path_of(database)
    folder = Path.home() if path is None else path.parent
    backups = folder / "backups"
    dialog = QFileDialog(parent, title, str(backups if backups.is_dir() else folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(dialog, then)


def ask_for_copy(parent: QWidget, folder: Path, name: str, then: Then) -> QFileDialog:
    """Have a place for a backup chosen."""
    dialog = QFileDialog(parent, QCoreApplication.translate("files", "Back up the database to"), str(folder))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix("db")
    dialog.setNameFilters([QCoreApplication.translate("files", "Databases (*.db)")])
    dialog.selectFile(name)
    return _opened(dialog, then)


def _opened(dialog: QFileDialog, then: Then) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog
