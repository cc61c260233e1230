"""What is drawn of some pieces, as a small table: critical, major and minor defects."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.services.trade.sampling import SamplingPlan, printed
from desktop.services.trade.work import Plans

KINDS = ("critical", "major", "minor")


class SampleTable(QWidget):
    """Letter, sample, accept and reject by kind of defects, with a remark where an arrow led elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cells: dict[tuple[str, str], QLabel] = {}
        self.remark = QLabel(self)
        self.remark.setProperty("role", "muted")
        self.remark.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        heads = {
            "aql": self.tr("AQL"),
            "letter": self.tr("Letter"),
            "size": self.tr("Sample"),
            "accept": self.tr("Accept"),
            "reject": self.tr("Reject"),
        }
        names = {"critical": self.tr("Critical"), "major": self.tr("Major"), "minor": self.tr("Minor")}
        for place, (key, text) in enumerate(heads.items(), 1):
            grid.addWidget(self._label(text, "muted"), 0, place, Qt.AlignmentFlag.AlignRight)
            for row, kind in enumerate(KINDS, 1):
                cell = self._label("", "strong" if key == "size" else "")
                cell.setAccessibleName(f"{names[kind]}, {text}")
                self.cells[kind, key] = cell
                grid.addWidget(cell, row, place, Qt.AlignmentFlag.AlignRight)
        for row, kind in enumerate(KINDS, 1):
            grid.addWidget(self._label(names[kind], ""), row, 0)
        grid.addWidget(self.remark, len(KINDS) + 1, 0, 1, len(heads) + 1)
        grid.setColumnStretch(0, 1)

    def show_plans(self, plans: Plans, major: str, minor: str) -> None:
        """Show what is drawn; the limits are written as the standard does."""
        remarks = []
        for kind, aql, plan in (
            ("critical", "", plans.critical), ("major", major, plans.major), ("minor", minor, plans.minor),
        ):  # fmt: skip
            self._show(kind, aql, plan)
            if aql and plan.letter != plan.of_letter:
                remarks.append(self._arrow(aql, plan))
        if plans.critical.is_whole or plans.major.is_whole or plans.minor.is_whole:
            remarks.append(self.tr("Where the sample is the whole lot, every piece is inspected."))
        self.remark.setText("\n".join(remarks))
        self.remark.setVisible(bool(remarks))

    def _arrow(self, aql: str, plan: SamplingPlan) -> str:
        said = (
            self.tr("AQL {aql}: the arrow points down from {own} to {letter}.")
            if printed(plan.of_letter, aql) == "down"
            else self.tr("AQL {aql}: the arrow points up from {own} to {letter}.")
        )
        return said.format(aql=aql, own=plan.of_letter, letter=plan.letter)

    def _show(self, kind: str, aql: str, plan: SamplingPlan) -> None:
        texts = {
            "aql": aql,
            "letter": plan.letter,
            "size": self.tr("all {size}").format(size=f"{plan.size:,}") if plan.is_whole else f"{plan.size:,}",
            "accept": str(plan.accept),
            "reject": str(plan.reject),
        }
        for key, text in texts.items():
            self.cells[kind, key].setText(text)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        if role:
            label.setProperty("role", role)
        return label
