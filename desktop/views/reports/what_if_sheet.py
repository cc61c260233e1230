"""What is to be tried: people more, people who learn, a client less, another promise, people who are ill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.services.reports.choices import Choice
from desktop.services.worth.asking import Hire, Pay, Train, WhatIfAsked

WIDTH = 680
MOST_HIRED, MOST_ILL, MOST_HOURS, LEVELS = 50, 50, 240, 5
SECONDS = (5, 600)
PAYS: tuple[Pay, ...] = ("freelancer", "staff")


class WhatIfSheet(QDialog):
    """Asks; all that is filled in is changed together.

    Attributes:
        chosen: a WhatIfAsked.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Mapping[str, Sequence[Choice]], seconds: int, parent: QWidget, hire: Hire | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What if"))
        self.setMinimumWidth(WIDTH)
        self._choices = choices
        self.number = self._spin(0, MOST_HIRED, self.tr("People more"))
        self.skill = self._combo("skill", self.tr("Skill of the people more"))
        self.region = self._combo("region", self.tr("Region of the people more"))
        self.pay = QComboBox(self)
        self.pay.addItem(self.tr("Paid by the day"), PAYS[0])
        self.pay.addItem(self.tr("On a salary"), PAYS[1])
        self.pay.setAccessibleName(self.tr("Pay of the people more"))
        self.person = self._combo("person", self.tr("Person who learns"), nobody=self.tr("Nobody"))
        self.learns = self._combo("skill", self.tr("Skill that is learnt"))
        self.level = self._spin(1, LEVELS, self.tr("Level that is reached"))
        self.client = self._combo("client", self.tr("Client who is given up"), nobody=self.tr("None"))
        self.hours = self._spin(0, MOST_HOURS, self.tr("Hours until somebody is on site"))
        self.hours.setSpecialValueText(self.tr("as it is"))
        self.hours_client = self._combo("client", self.tr("Client of the promise"), nobody=self.tr("All clients"))
        self.ill = self._spin(0, MOST_ILL, self.tr("People who are ill"))
        self.seconds = self._spin(*SECONDS, self.tr("Seconds for each run"))
        self.seconds.setValue(seconds)
        self.run = QPushButton(self.tr("Run and compare"), self)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self._lay_out()
        if hire is not None:
            self.number.setValue(hire.number)
            self._choose(self.skill, hire.skill)
            self._choose(self.region, hire.region)
        for spin in (self.number, self.hours, self.ill):
            spin.valueChanged.connect(self._settle)
        for combo in (self.person, self.client):
            combo.currentIndexChanged.connect(self._settle)
        self.run.clicked.connect(self._on_run)
        self.cancel.clicked.connect(self.reject)
        self._settle()

    def _spin(self, least: int, most: int, name: str) -> QSpinBox:
        made = QSpinBox(self)
        made.setRange(least, most)
        made.setAccessibleName(name)
        return made

    def _combo(self, dimension: str, name: str, nobody: str = "") -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setMaxVisibleItems(16)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(14)
        if nobody:
            made.addItem(nobody, "")
        for choice in self._choices.get(dimension, ()):
            made.addItem(choice.name, choice.value)
        return made

    @staticmethod
    def _choose(combo: QComboBox, value: str) -> None:
        number = combo.findData(value)
        if number < 0:
            combo.addItem(value, value)
            number = combo.count() - 1
        combo.setCurrentIndex(number)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        said = QLabel(
            self.tr(
                "The week is solved twice for the same time, with and without what you enter, and the two plans are "
                "compared. Nothing of the plan in force changes."
            ),
            self,
        )
        said.setProperty("role", "muted")
        said.setWordWrap(True)
        column.addWidget(said)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        lines: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("Hire"), (self.number, self.skill, self.region, self.pay)),
            (self.tr("Train"), (self.person, self.learns, self.level)),
            (self.tr("Give up a client"), (self.client,)),
            (self.tr("On site within hours"), (self.hours, self.hours_client)),
            (self.tr("Ill"), (self.ill,)),
            (self.tr("Seconds a run"), (self.seconds,)),
        )
        for row, (title, entries) in enumerate(lines):
            label = QLabel(title, self)
            label.setProperty("role", "muted")
            label.setBuddy(entries[0])
            grid.addWidget(label, row, 0)
            line = QHBoxLayout()
            line.setSpacing(6)
            for entry in entries:
                line.addWidget(entry, 1 if isinstance(entry, QComboBox) else 0)
            if not any(isinstance(entry, QComboBox) for entry in entries):
                line.addStretch(1)
            grid.addLayout(line, row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(self.cancel)
        row_of_buttons.addWidget(self.run)
        self.run.setProperty("role", "primary")
        self.run.setDefault(True)
        column.addSpacing(4)
        column.addLayout(row_of_buttons)

    @property
    def asked(self) -> WhatIfAsked:
        """What stands there."""
        hire: tuple[Hire, ...] = ()
        train: tuple[Train, ...] = ()
        if self.number.value():
            pay = next(one for one in PAYS if one == self.pay.currentData())
            hire = (Hire(self.number.value(), str(self.skill.currentData()), str(self.region.currentData()), pay),)
        if self.person.currentData():
            train = (Train(str(self.person.currentData()), str(self.learns.currentData()), self.level.value()),)
        return WhatIfAsked(
            hire=hire,
            train=train,
            drop_clients=(str(self.client.currentData()),) if self.client.currentData() else (),
            hours=self.hours.value() or None,
            hours_client=str(self.hours_client.currentData()),
            ill_number=self.ill.value(),
            seconds=float(self.seconds.value()),
        )

    def _settle(self, _value: int = 0) -> None:
        asked = self.asked
        self.run.setEnabled(bool(asked.hire or asked.train or asked.drop_clients or asked.hours or asked.ill_number))

    def _on_run(self) -> None:
        self.chosen.emit(self.asked)
        self.accept()
