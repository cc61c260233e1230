"""The files of a visit: dropped or chosen, shown small, opened by the system's own viewer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QMenu, QVBoxLayout, QWidget

from desktop.errors import DomainError, FaultError
from desktop.itemmodels.list_table import plain_tip
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import Fault
from desktop.services.commands.inspection import AttachFile, DescribeFile, FileContents, FileKind, RemoveFile
from desktop.services.inspection.files import FileBounds, file_bounds, file_data, read_file, save_file, too_many
from desktop.services.inspection.rows import FileRow, VisitCard
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.visits.section import Section
from desktop.views.visits.thumbnails import SIDE, Thumbnails
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.flow_layout import FlowLayout

TILE = 112
MOST_TILES = 60
OPENED = ("application/pdf", "text/plain", "text/csv")
"""Kinds beside pictures that are handed to the system's viewer; nothing is that could run."""
ICONS = {"report": "file-document-outline", "photo": "image-outline", "other": "file-outline"}
KINDS: tuple[FileKind, ...] = ("photo", "report", "other")


class FileTile(QFrame):
    """One file: a small picture or a sign, its name and size.

    Attributes:
        opened: it is to be opened.
        menu_wanted: a place (QPoint) for what can be done with it.
    """

    opened = Signal()
    menu_wanted = Signal(object)

    def __init__(self, context: PageContext, file: FileRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(TILE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._look = context.look
        self.file = file
        self.has_picture = False
        self.picture = QLabel(self)
        self.picture.setFixedHeight(72)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.name = ElidedLabel(self, Qt.TextElideMode.ElideMiddle)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setText(file.caption or file.name)
        self.size_said = QLabel(_size(file.size), self)
        self.size_said.setProperty("role", "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 4)
        column.setSpacing(1)
        for part in (self.picture, self.name, self.size_said):
            column.addWidget(part)
        self.setToolTip(plain_tip("\n".join(part for part in (file.name, file.caption, file.added_by) if part)))
        self.setAccessibleName(f"{file.name}, {_size(file.size)}")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        context.look.changed.connect(self._paint)
        self._paint()

    def show_picture(self, picture: QImage) -> None:
        """Show what was decoded; where nothing could be, the sign stays."""
        if not picture.isNull():
            self.has_picture = True
            shown = QPixmap.fromImage(picture)
            shown.setDevicePixelRatio(self.devicePixelRatioF())
            self.picture.setPixmap(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open; the menu key asks what else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def _on_menu(self, place: QPoint) -> None:
        self.menu_wanted.emit(place)

    def _paint(self) -> None:
        if not self.has_picture:
            self.picture.setPixmap(self._look.icon(ICONS.get(self.file.kind, "file-outline")).pixmap(QSize(36, 36)))


class FilesSection(Section):
    """Photos, the report, what else there is."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.heading.setText(self.tr("Photos and report"))
        self.setAcceptDrops(True)
        self._folder: Path | None = None
        self._small = Thumbnails(self)
        self._small.ready.connect(self._on_small, Qt.ConnectionType.QueuedConnection)
        self._pictures: dict[str, QImage] = {}
        self.tiles: list[FileTile] = []
        self.message = InlineMessage(context.look, self)
        self.attach_button = self.button(self.tr("Attach…"))
        self.attach_button.clicked.connect(self.ask)
        self.hint = self.muted()
        self.more = self.muted()
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder, 6)
        self.head.addWidget(self.attach_button)
        self.body.addWidget(self.message)
        self.body.addWidget(self.hint)
        self.body.addWidget(self._holder)
        self.body.addWidget(self.more)
        context.runner.closing.connect(self._clean_up)
        context.look.changed.connect(self._paint)
        self._paint()

    def show_card(self, card: VisitCard) -> None:
        """Show the files of a visit."""
        is_other = self.card is None or self.card.row.request != card.row.request
        before = () if self.card is None else self.card.files
        self.card = card
        if is_other:
            self.message.clear()
            self._pictures.clear()
        if is_other or before != card.files:
            self._show_files(card.files)
        self.attach_button.setEnabled(self._may_attach)
        self.hint.setText(
            self.tr("Drop photos and the report here.")
            if self._may_attach
            else self.tr("Photos and the report can be attached once the visit has begun.")
        )
        self.beside.setText(_size(sum(file.size for file in card.files)) if card.files else "")

    @property
    def _may_attach(self) -> bool:
        return self.card is not None and "AttachFile" in self.card.possible

    def _show_files(self, files: tuple[FileRow, ...]) -> None:
        self._small.forget()
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = []
        for file in files[:MOST_TILES]:
            tile = FileTile(self.context, file, self._holder)
            tile.opened.connect(partial(self.open, file))
            tile.menu_wanted.connect(partial(self._offer, tile))
            self._flow.addWidget(tile)
            tile.show()
            self.tiles.append(tile)
            if file.is_image:
                self._fetch(tile)
        self._holder.setVisible(bool(files))
        self.hint.setVisible(not files)
        left = len(files) - MOST_TILES
        self.more.setText(self.tr("%n more", "", left) if left > 0 else "")
        self.more.setVisible(left > 0)
        self._holder.updateGeometry()

    def _fetch(self, tile: FileTile) -> None:
        known = self._pictures.get(tile.file.sha256)
        if known is not None:
            tile.show_picture(known)
            return
        key = tile.file.id
        read = partial(file_data, key=key)
        self.context.runner.read(self, read, partial(self._on_data, key), self._on_no_data, background=True)

    def _on_data(self, key: int, data: bytes) -> None:
        if any(tile.file.id == key for tile in self.tiles):
            self._small.decode(key, data, round(SIDE * self.devicePixelRatioF()))

    def _on_no_data(self, _error: DomainError) -> None:
        """The sign stays; whoever opens the file is told."""

    def _on_small(self, ready: tuple[int, QImage]) -> None:
        key, picture = ready
        for tile in self.tiles:
            if tile.file.id == key:
                self._pictures[tile.file.sha256] = picture
                tile.show_picture(picture)

    # -- what comes in -------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Have files chosen."""
        if not self._may_attach:
            return
        folder = self.context.preferences.value("visits.folder", str(Path.home()))
        dialog = QFileDialog(self, self.tr("Attach photos and report"), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.attach)
        dialog.open()

    def attach(self, paths: Sequence[str]) -> None:
        """Read files beside all other work, and keep them with the visit."""
        if self.card is None or not paths:
            return
        self.message.clear()
        self.context.preferences.put("visits.folder", str(Path(paths[0]).parent))
        code = self.card.row.request
        read = partial(self._read, code, [Path(path) for path in paths])
        self.context.runner.read(self, file_bounds, read, self.message.show_error)

    def _read(self, code: str, paths: list[Path], bounds: FileBounds) -> None:
        self.attach_button.setEnabled(False)
        job = BackgroundJob("reading files", partial(_read_all, paths, bounds), self)
        job.finished.connect(partial(self._on_read, job, code))
        job.faulted.connect(partial(self._on_fault, job))
        job.start()

    def _on_read(
        self, job: BackgroundJob, code: str, found: tuple[tuple[FileContents, ...], tuple[DomainError, ...]]
    ) -> None:
        job.deleteLater()
        self.attach_button.setEnabled(self._may_attach)
        files, errors = found
        if errors:
            self.message.show_error(errors[0])
        if files:
            label = self.tr("Attach %n file(s) to {code}", "", len(files)).format(code=code)
            commands = [AttachFile(code, file) for file in files]
            self.context.runner.handle_all(self, commands, label, self.context.feedback.done, self._on_refused)

    def _on_refused(self, error: DomainError) -> None:
        self.message.show_error(error)

    def _on_fault(self, job: BackgroundJob, fault: Fault) -> None:
        job.deleteLater()
        self.attach_button.setEnabled(self._may_attach)
        self.context.runner.faulted.emit(fault)
        text = self.tr("The files could not be read: the program has a fault.")
        self.message.show_error(FaultError(text, self.tr("Try it again.")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if self._may_attach and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere on it."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are attached."""
        event.acceptProposedAction()
        self.attach([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    # -- what is done with one -----------------------------------------------------------------------------------------

    def open(self, file: FileRow) -> None:
        """Hand a picture or a PDF to the system's viewer; anything else is saved where the user says."""
        if not file.is_image and file.media_type not in OPENED:
            self.ask_to_save(file)
            return
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="dupro-desk-"))
        folder = self._folder / str(file.id)
        folder.mkdir(exist_ok=True)
        target = folder / file.name
        if target.exists():
            self.hand_over(target)
            return
        self.context.runner.work(
            self, lambda desk: save_file(desk.store, file.id, folder), self.hand_over, self._on_refused
        )

    def hand_over(self, path: Path) -> None:
        """Open a file in the system's viewer."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def ask_to_save(self, file: FileRow) -> None:
        """Have a folder chosen to write a file into."""
        folder = self.context.preferences.value("visits.folder", str(Path.home()))
        dialog = QFileDialog(self, self.tr("Save {name} into a folder").format(name=file.name), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(partial(self._save, file))
        dialog.open()

    def _save(self, file: FileRow, folder: str) -> None:
        self.context.runner.work(
            self, lambda desk: save_file(desk.store, file.id, Path(folder)), self._on_saved, self._on_refused
        )

    def _on_saved(self, path: Path) -> None:
        self.context.feedback.toast(self.tr("{name} is written.").format(name=path.name))

    def _offer(self, tile: FileTile, place: QPoint) -> None:
        menu = QMenu(tile)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        file = tile.file
        for text, deed in ((self.tr("Open"), self.open), (self.tr("Save a copy…"), self.ask_to_save)):
            menu.addAction(text).triggered.connect(partial(_do, deed, file))
        kinds = menu.addMenu(self.tr("It is"))
        for kind in KINDS:
            action = QAction(self._kind_words(kind), kinds)
            action.setCheckable(True)
            action.setChecked(file.kind == kind)
            action.triggered.connect(partial(self._be, file, kind))
            kinds.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Remove")).triggered.connect(partial(_do, self._remove, file))
        menu.popup(tile.mapToGlobal(place))

    def _kind_words(self, kind: FileKind) -> str:
        return {"photo": self.tr("a photo"), "report": self.tr("the report"), "other": self.tr("something else")}[kind]

    def _be(self, file: FileRow, kind: FileKind, _checked: bool = False) -> None:
        self.wanted.emit(DescribeFile(file.id, kind=kind, version=file.version))

    def _remove(self, file: FileRow) -> None:
        self.wanted.emit(RemoveFile(file.id, file.version))

    def _clean_up(self) -> None:
        """What was written for the viewers goes with the window."""
        self._small.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _paint(self) -> None:
        self.attach_button.setIcon(self.context.look.icon("paperclip"))


def _do(deed: Callable[[FileRow], object], file: FileRow, _checked: bool = False) -> None:
    deed(file)


def _read_all(
    paths: Sequence[Path], bounds: FileBounds, tell: Tell
) -> tuple[tuple[FileContents, ...], tuple[DomainError, ...]]:
    """Those that could be read, as far as a visit may have them, and why others could not."""
    files: list[FileContents] = []
    errors: list[DomainError] = []
    size = 0
    for number, path in enumerate(paths):
        tell(number, len(paths), path.name)
        try:
            file = read_file(path, bounds)
        except DomainError as error:
            errors.append(error)
            continue
        size += len(file.data)
        if size > bounds.visit_bytes:  # no more of them in memory than a visit may keep
            errors.append(too_many(path.name, bounds))
            break
        files.append(file)
    return tuple(files), tuple(errors)


def _size(number: int) -> str:
    """Bytes in the few characters that a tile has room for."""
    if number < 1000:
        return f"{number} B"
    return f"{number / 1000:.0f} kB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"
