"""What this program is, which version, and whose work it ships."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

import resources
from desktop.config import APP_NAME, APP_VERSION
from desktop.views.look import Look
from desktop.views.widgets.mark import Mark

SIZE = (640, 520)
RESOURCES = Path(resources.__file__).parent


class AboutDialog(QDialog):
    """Version and licences."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About {name}").format(name=APP_NAME))
        self.resize(*SIZE)
        name = QLabel(APP_NAME, self)
        name.setProperty("role", "headline")
        version = QLabel(
            self.tr("Version {version} · Python {python} · Qt {qt}").format(
                version=APP_VERSION, python=platform.python_version(), qt=qVersion()
            ),
            self,
        )
        version.setProperty("role", "muted")
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text = QTextBrowser(self)
        text.setOpenExternalLinks(True)
        text.setAccessibleName(self.tr("Licences of what is shipped"))
        text.setMarkdown("\n\n".join(_read(path) for path in (RESOURCES / "CREDITS.md", RESOURCES / "fonts/README.md")))
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(name)
        titles.addWidget(version)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(Mark(look, 40, self))
        head.addLayout(titles, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(text, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
