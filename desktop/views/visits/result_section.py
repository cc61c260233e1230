"""What a visit found: defects by class against what is accepted. The outcome follows as one types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels.visit_rows import outcome_cell, severity_words
from desktop.services.commands.inspection import (
    ClientDecision,
    DefectEntry,
    RecordClientDecision,
    RecordResult,
    Severity,
)
from desktop.services.inspection.rows import ClassCount, ResultSheet, VisitCard
from desktop.services.trade.outcome import Findings, Judgement, judged
from desktop.services.trade.work import NO_SAMPLE
from desktop.services.words import sentence
from desktop.views.context import PageContext
from desktop.views.visits.defect_line import MOST, SEVERITIES, DefectLine, Entered
from desktop.views.visits.section import Section, emptied, shown_as

ROLES = {"ok": "chip-ok", "warn": "chip-warn", "bad": "chip-bad"}


class ResultSection(Section):
    """Defects and the outcome.

    Attributes:
        dirty: what stands here differs from what is stored.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.heading.setText(self.tr("Result"))
        self.dirty = False
        self.lines: list[DefectLine] = []
        self._version = 0
        self._is_just_stored = False
        self._kept: dict[str, Entered] = {}
        self.outcome = QLabel(self)
        self.outcome.setProperty("role", "chip")
        self.head.addWidget(self.outcome)
        self.because = self.muted()
        self.lot = self.muted()
        self._grid = QGridLayout()
        self._holder = QVBoxLayout()
        self.add = self.button(self.tr("Add a defect"))
        self.drawn = QSpinBox(self)
        self.missing = QLineEdit(self)
        self.remark = QLineEdit(self)
        self.save_button = self.button(self.tr("Save the result"), "primary")
        self.drop_button = self.button(self.tr("Discard"))
        self.waits = self.muted()
        self.client = QWidget(self)
        self._form = QWidget(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        for column, title in enumerate((self.tr("Class"), self.tr("Found"), self.tr("Accepted"), self.tr("Drawn"))):
            self._grid.addWidget(self.muted(title, "faint"), 0, column)
        self._cells: dict[tuple[Severity, str], QLabel] = {}
        for number, severity in enumerate(SEVERITIES, 1):
            self._grid.addWidget(QLabel(severity_words(severity), self), number, 0)
            for column, name in enumerate(("found", "accept", "drawn"), 1):
                label = QLabel(self)
                self._cells[severity, name] = label
                self._grid.addWidget(label, number, column)
        self._grid.setColumnStretch(4, 1)
        self.drawn.setRange(0, MOST)
        self.drawn.setFixedWidth(84)
        self.body.addWidget(self.because)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.lot)
        self.body.addWidget(self.waits)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        self._holder.setSpacing(4)
        form.addLayout(self._holder)
        form.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        fields = QGridLayout()
        fields.setHorizontalSpacing(8)
        fields.setVerticalSpacing(3)
        for column, (title, field) in enumerate(
            ((self.tr("Pieces drawn"), self.drawn), (self.tr("Not checked"), self.missing))
        ):
            label = QLabel(title, self._form)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            field.setAccessibleName(title)
            fields.addWidget(label, 0, column)
            fields.addWidget(field, 1, column)
        self.missing.setPlaceholderText(self.tr("What could not be checked, and why"))
        self.remark.setPlaceholderText(self.tr("Remark"))
        self.remark.setAccessibleName(self.tr("Remark"))
        fields.setColumnStretch(1, 1)
        form.addLayout(fields)
        form.addWidget(self.remark)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        form.addLayout(buttons)
        self.body.addWidget(self._form)
        self._lay_out_client()
        self.body.addWidget(self.client)

    def _lay_out_client(self) -> None:
        column = QVBoxLayout(self.client)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        self.decided = self.muted()
        self.decided_by = QLineEdit(self.client)
        self.decided_by.setPlaceholderText(self.tr("Who decided for the client"))
        self.decided_by.setAccessibleName(self.decided_by.placeholderText())
        row = QHBoxLayout()
        row.setSpacing(6)
        self.accepted = self.button(self.tr("Client accepts"))
        self.rejected = self.button(self.tr("Client rejects"))
        for part in (self.accepted, self.rejected):
            row.addWidget(part)
        row.addWidget(self.decided_by, 1)
        column.addWidget(self.decided)
        column.addLayout(row)

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_defect)
        self.drawn.valueChanged.connect(self._on_edited)
        self.missing.textEdited.connect(self._on_edited)
        self.remark.textEdited.connect(self._on_edited)
        self.save_button.clicked.connect(self.save)
        self.drop_button.clicked.connect(self.discard)
        self.accepted.clicked.connect(partial(self._decide, "accepted"))
        self.rejected.clicked.connect(partial(self._decide, "rejected"))

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_card(self, card: VisitCard) -> None:
        """Show what is stored, unless something of this visit is being entered."""
        is_other = self.card is None or self.card.row.request != card.row.request
        if is_other and self.dirty and self.card is not None:
            self._kept[self.card.row.request] = self._entered
        self.card = card
        kept = self._kept.pop(card.row.request, None) if is_other else None
        if is_other or not self.dirty:
            self._fill(_stored(card) if kept is None else kept)
            self.dirty = kept is not None
        elif self._is_just_stored:
            self._version = card.row.version
        self._is_just_stored = False
        self._show_standing(card)
        self._judge()

    @property
    def _entered(self) -> Entered:
        return Entered(
            self._version,
            tuple(line.entry for line in self.lines),
            self.drawn.value(),
            self.missing.text(),
            self.remark.text(),
        )

    def _fill(self, known: Entered) -> None:
        emptied(self._holder)
        self.lines.clear()
        for entry in known.defects:
            self._put_line(entry)
        self.drawn.blockSignals(True)
        self.drawn.setValue(known.drawn)
        self.drawn.blockSignals(False)
        self.missing.setText(known.missing)
        self.remark.setText(known.remark)
        self._version = known.version
        self.dirty = False

    def _show_standing(self, card: VisitCard) -> None:
        sheet, possible = card.result, "RecordResult" in card.possible
        is_sampled = card.row.service not in NO_SAMPLE
        self._form.setVisible(possible)
        self.waits.setVisible(not possible and not sheet.outcome)
        self.waits.setText(self.tr("The result is entered once the work on site has ended."))
        pieces = self.tr("Lot of %n piece(s)", "", sheet.lot) if sheet.lot is not None else self.tr("No lot")
        self.lot.setText(f"{pieces}: {sheet.lot_words}." if sheet.lot_words else pieces)
        self.drawn.setEnabled(is_sampled)
        for severity, count in self._classes(sheet).items():
            accept = count.accept if is_sampled or severity == "critical" else None
            self._cells[severity, "accept"].setText("\N{EN DASH}" if accept is None else f"{accept:,}")
            self._cells[severity, "drawn"].setText("\N{EN DASH}" if count.drawn is None else f"{count.drawn:,}")
        may_decide = "RecordClientDecision" in card.possible
        self.client.setVisible(may_decide)
        said = {
            "accepted": self.tr("The client accepts the goods all the same"),
            "rejected": self.tr("The client rejects the goods"),
        }.get(sheet.client_decision, self.tr("The client has not decided yet"))
        by = f" ({sheet.client_decided_by})" if sheet.client_decided_by else ""
        self.decided.setText(f"{said}{by}.")

    @staticmethod
    def _classes(sheet: ResultSheet) -> Mapping[Severity, ClassCount]:
        return {"critical": sheet.critical, "major": sheet.major, "minor": sheet.minor}

    def _put_line(self, row: DefectEntry | None) -> DefectLine:
        line = DefectLine(self.context, len(self.lines) + 1, self._form)
        if row is None:
            line.severity.setCurrentIndex(SEVERITIES.index("major"))
        else:
            line.show_defect(row.severity, row.number, row.text, row.item)
        line.edited.connect(self._on_edited)
        line.gone.connect(partial(self._drop, line))
        self.lines.append(line)
        self._holder.addWidget(line)
        line.show()
        return line

    # -- as one types --------------------------------------------------------------------------------------------------

    @property
    def found(self) -> dict[Severity, int]:
        """Pieces with defects of each class, as they are entered."""
        counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
        for line in self.lines:
            counts[line.entry.severity] += line.entry.number
        return counts

    @property
    def judgement(self) -> Judgement | None:
        """The outcome of what is entered; None where there is nothing to judge."""
        card = self.card
        if card is None or not (self.dirty or card.result.outcome):
            return None
        counts, sheet = self.found, card.result
        return judged(
            Findings(
                critical=counts["critical"],
                major=counts["major"],
                minor=counts["minor"],
                is_sampled=card.row.service not in NO_SAMPLE,
                accept_major=sheet.major.accept,
                accept_minor=sheet.minor.accept,
                to_draw=sheet.sample_planned or 0,
                drawn=self.drawn.value(),
                missing=self.missing.text().strip(),
            )
        )

    def _judge(self) -> None:
        card = self.card
        if card is None:
            return
        counts = self.found
        for severity, count in self._classes(card.result).items():
            label = self._cells[severity, "found"]
            accept = count.accept
            label.setText(f"{counts[severity]:,}")
            shown_as(label, "error" if accept is not None and counts[severity] > accept else "")
        found = self.judgement
        stored = card.result.outcome
        outcome = found.outcome if self.dirty and found is not None else stored
        because = found.because if self.dirty and found is not None else card.result.because
        cell = outcome_cell(outcome)
        self.outcome.setText(cell.text)
        self.outcome.setVisible(bool(cell.text))
        shown_as(self.outcome, ROLES.get(cell.token, "chip"))
        self.because.setText(" ".join(sentence(text) for text in because))
        self.because.setVisible(bool(because))
        self.beside.setText(self.tr("not saved") if self.dirty else "")
        self.save_button.setEnabled(self.dirty or not stored)
        self.drop_button.setVisible(self.dirty)

    def _on_edited(self, _value: object = None) -> None:
        self.dirty = True
        self._judge()

    def add_defect(self) -> None:
        """One more line, ready to be typed in."""
        line = self._put_line(None)
        self._on_edited()
        line.text.setFocus()

    def _drop(self, line: DefectLine) -> None:
        self.lines.remove(line)
        self._holder.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._on_edited()

    def begin(self) -> None:
        """Go to the fields: to the first defect, or to a new one."""
        if self.card is None or self._form.isHidden():
            return
        if self.lines:
            self.lines[0].text.setFocus()
        else:
            self.add.setFocus()

    # -- what is done --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store what is entered."""
        if self.card is None or self._form.isHidden():
            return
        is_sampled = self.card.row.service not in NO_SAMPLE
        self.wanted.emit(
            RecordResult(
                self.card.row.request,
                tuple(line.entry for line in self.lines),
                sample_size=self.drawn.value() if is_sampled else None,
                missing=self.missing.text().strip(),
                remark=self.remark.text().strip(),
                version=self._version,
            )
        )

    def stored(self, code: str) -> None:
        """What was entered of a visit is stored."""
        self._kept.pop(code, None)
        if self.card is not None and self.card.row.request == code:
            self.dirty = False
            self._is_just_stored = True

    def discard(self) -> None:
        """Show again what is stored."""
        if self.card is not None:
            self._fill(_stored(self.card))
            self._judge()

    def _decide(self, decision: ClientDecision) -> None:
        if self.card is not None:
            by = self.decided_by.text().strip()
            is_same = self.card.result.client_decision == decision
            self.wanted.emit(RecordClientDecision(self.card.row.request, "" if is_same else decision, by))


def _stored(card: VisitCard) -> Entered:
    """What is stored, as it would be entered."""
    sheet = card.result
    drawn = sheet.sample_size if sheet.sample_size is not None else sheet.sample_planned or 0
    defects = tuple(DefectEntry(row.severity, row.number, row.text, row.item) for row in sheet.defects)
    return Entered(card.row.version, defects, drawn, sheet.missing, sheet.remark)
