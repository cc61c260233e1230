"""All shortcuts, from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.views.actions import Actions
from desktop.views.actions.spec import MENUS

SIZE = (620, 680)


class KeysDialog(QDialog):
    """Each action that has keys, by menu; can be searched."""

    def __init__(self, actions: Actions, menus: dict[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(*SIZE)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search by name or key"))
        self.search.setAccessibleName(self.tr("Search by name or key"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(self.tr("Keys"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([self.tr("What"), self.tr("Keys")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.setColumnWidth(1, 190)
        self.tree.setIndentation(14)
        for name in MENUS:
            rows = [spec for spec in actions.table if spec.menu == name and spec.shortcuts]
            if not rows:
                continue
            head = QTreeWidgetItem([menus.get(name, name).replace("&", ""), ""])
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            self.tree.addTopLevelItem(head)
            for spec in rows:
                action = actions.action(spec.id)
                keys = [keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts()]
                child = QTreeWidgetItem([action.text().replace("&", ""), ", ".join(keys)])
                child.setToolTip(0, action.statusTip())
                head.addChild(child)
        self.tree.expandAll()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for number in range(self.tree.topLevelItemCount()):
            head = self.tree.topLevelItem(number)
            if head is None:
                continue
            shown = 0
            for place in range(head.childCount()):
                child = head.child(place)
                if child is None:
                    continue
                told = f"{head.text(0)} {child.text(0)} {child.text(1)}".casefold()
                fits = all(word in told for word in words)
                child.setHidden(not fits)
                shown += fits
            head.setHidden(shown == 0)
