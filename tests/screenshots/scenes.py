"""What is looked at: each page of the window in the states in which people see it, on the sample company."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import PAGES, Office
from desktop.views.look import Look
from tests.helpers.office import PlannedCompany, office_on
from tests.helpers.windows import settle

SIZES = ((1280, 800), (1600, 1000), (2560, 1440))
PEOPLE, REQUESTS = 60, 200


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window.

    Attributes:
        name: as its pictures are called.
        prepare: brings a window that shows its first page into that state.
    """

    name: str
    prepare: Callable[[Office], None]


def page(name: str) -> Callable[[Office], None]:
    """A page as it is when it is opened."""

    def show(office: Office) -> None:
        office.window.show_page(name)
        settle(office)

    return show


SCENES: tuple[Scene, ...] = tuple(Scene(kind.NAME, page(kind.NAME)) for kind in PAGES)


@contextmanager
def staged(scene: Scene, company: PlannedCompany, folder: Path, look: Look, size: tuple[int, int]) -> Iterator[Office]:
    """A window of a size in the state of a scene, on a copy of a company."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with company.copied(folder) as store, office_on(store, application, look) as office:
        office.window.resize(*size)
        office.open()
        settle(office)
        scene.prepare(office)
        settle(office)
        yield office


def picture(window: QWidget) -> QPixmap:
    """A window with every dialog and menu that stands over it."""
    made = window.grab()
    painter = QPainter(made)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            painter.drawPixmap(other.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0)), other.grab())
    painter.end()
    return made
