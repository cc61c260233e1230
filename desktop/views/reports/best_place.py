"""The best place to add people: what the first of them saves, the second, the third, and who could go."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.services.reports.vocabulary import Language
from desktop.services.worth.asking import Hire
from desktop.services.worth.views import CeilingRow, Ceilings, StudyHeader, WorthView
from desktop.views.charts.numbers import write_day, write_moment, write_money
from desktop.views.context import PageContext

MOST_WHO = 12


class BestPlace(QFrame):
    """A card of the report "worth".

    Attributes:
        person_wanted: the code (str) of somebody who could go.
        trial_wanted: a Hire: solve the week with it and without.
    """

    person_wanted = Signal(object)
    trial_wanted = Signal(object)

    def __init__(self, context: PageContext, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Best place to add people"))
        self._context, self._language = context, language
        self._row: CeilingRow | None = None
        self.title = QLabel(self.tr("Best place to add people"), self)
        self.title.setProperty("role", "name")
        self.about = QLabel(self)
        self.about.setProperty("role", "muted")
        self.box = QFrame(self)
        self.box.setProperty("role", "note")
        self.figure, self.unit, self.text = QLabel(self.box), QLabel(self.box), QLabel(self.box)
        self.figure.setProperty("role", "headline")
        self.unit.setProperty("role", "muted")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.who = QPushButton(self.tr("Who could go"), self)
        self.trial = QPushButton(self.tr("Try with +1 person"), self)
        self.valid = QLabel(self)
        self._lay_out()
        self.who.clicked.connect(self._on_who)
        self.trial.clicked.connect(self._on_trial)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 4)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.about, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.figure)
        left.addWidget(self.unit)
        inner = QHBoxLayout(self.box)
        inner.setContentsMargins(14, 10, 14, 10)
        inner.setSpacing(18)
        inner.addLayout(left)
        inner.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.who)
        foot.addWidget(self.trial)
        foot.addStretch(1)
        foot.addWidget(self.valid)
        body = QVBoxLayout()
        body.setContentsMargins(12, 4, 12, 12)
        body.setSpacing(10)
        body.addWidget(self.box)
        body.addLayout(foot)
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(rule)
        column.addLayout(body)

    def show_view(self, view: WorthView) -> bool:
        """Show the best of a study; False where there is none to show."""
        self._row = None if view.ceilings is None else best_of(view.ceilings[1])
        if view.ceilings is None or self._row is None:
            return False
        header, ceilings = view.ceilings
        self._say(header, ceilings, self._row)
        return True

    def _say(self, header: StudyHeader, ceilings: Ceilings, row: CeilingRow) -> None:
        saved = row.at_most if row.exact is None else row.exact
        self.figure.setText(write_money(saved))
        is_day = row.kind in ("hand", "day")
        if row.exact is None:
            self.unit.setText(self.tr("at most per inspector-day") if is_day else self.tr("at most this week"))
        else:
            self.unit.setText(self.tr("per inspector-day") if is_day else self.tr("this week"))
        self.text.setText("\n".join(self._sentences(ceilings, row)))
        made = write_moment(header.made_at, self._language)
        self.about.setText(self.tr("plan {plan}, proven on {made}").format(plan=header.plan, made=made))
        self.who.setVisible(bool(row.who))
        self.trial.setVisible(bool(row.region and row.skill))
        said = self.tr("Valid until the plan changes") if header.holds else self.tr("The plan has changed since")
        self.valid.setText(said)
        self.valid.setProperty("role", "muted" if header.holds else "warn")
        self.valid.style().unpolish(self.valid)
        self.valid.style().polish(self.valid)

    def _sentences(self, ceilings: Ceilings, row: CeilingRow) -> list[str]:
        if row.kind == "hand" and row.day is not None:
            words = self.tr("One more {skill} inspector in {region} on {day}")
            what = words.format(skill=row.skill, region=row.region, day=write_day(row.day, self._language))
        else:
            what = row.text
        lines = [self.tr("{what} saves at most {money}: proven.").format(what=what, money=write_money(row.at_most))]
        if row.exact is not None:
            line = self.tr("Solved anew, a plan with it costs {money} less than one without.")
            line = line.format(money=write_money(row.exact))
            if ceilings.without is not None and ceilings.without > 0:
                extra = self.tr("Better planning alone saved up to {money} besides.")
                line = f"{line} {extra.format(money=write_money(ceilings.without))}"
            lines.append(line)
        later = [write_money(cents) for cents in row.units[1:]]
        if len(later) > 1:
            words = self.tr("The second one saves {second}, the third {third}.")
            lines.append(words.format(second=later[0], third=later[1]))
        elif later:
            lines.append(self.tr("The second one saves {second}.").format(second=later[0]))
        return lines

    def make_who(self) -> QMenu:
        """Who could go, the nearest first; a click shows the person."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in () if self._row is None else self._row.who[:MOST_WHO]:
            state = self.tr("free") if one.is_free else self.tr("has visits")
            pay = self.tr("freelancer") if one.is_freelancer else self.tr("salary")
            text = self.tr("{name}, {region}, {km} km, {state}, {pay}").format(
                name=one.name, region=one.region, km=f"{one.km:,}", state=state, pay=pay
            )
            menu.addAction(text.replace("&", "&&")).triggered.connect(partial(self._on_person, one.code))
        return menu

    def _on_who(self) -> None:
        self.make_who().popup(self.who.mapToGlobal(QPoint(0, self.who.height())))

    def _on_person(self, code: str, _checked: bool = False) -> None:
        self.person_wanted.emit(code)

    def _on_trial(self) -> None:
        if self._row is not None:
            self.trial_wanted.emit(Hire(1, self._row.skill, self._row.region))


def best_of(ceilings: Ceilings) -> CeilingRow | None:
    """The person-day that saves most, solved anew before merely proven; another kind where there is none."""
    rows = [row for row in ceilings.rows if row.kind == "hand"] or list(ceilings.rows)
    solved = [row for row in rows if row.exact is not None]
    if solved:
        return max(solved, key=lambda row: (row.exact or 0, row.at_most))
    return max(rows, key=lambda row: row.at_most, default=None)
