"""Figures of a plan in a row: what it is now, what it would be, and the difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLineF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.plan_review import PlanReview, Side
from desktop.services.planning.stored_plans import PlanDetail
from desktop.views.bar_painting import Ink, painting, write
from desktop.views.look import Look
from desktop.views.plans.counted import counted
from desktop.views.plans.wording import cost_change, count_change, gap_word
from desktop.views.words import money

HEIGHT = 62
PADDING = 14.0
ARROW = "\N{RIGHTWARDS ARROW}"
BOLD = QFont.Weight.DemiBold


class Kpi(NamedTuple):
    """One figure.

    Attributes:
        now: of the plan now, "" where there is none.
        under: what stands below: the difference, or a remark.
        token: the colour of the theme for that.
    """

    title: str
    now: str
    new: str
    under: str = ""
    token: str = "muted"

    @property
    def words(self) -> str:
        """For those who hear it."""
        return ", ".join(part for part in (f"{self.title}: {self.now} {ARROW} {self.new}", self.under) if part)


class KpiStrip(QWidget):
    """Figures side by side; those at the end give way where there is no room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._figures: tuple[Kpi, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @property
    def figures(self) -> tuple[Kpi, ...]:
        """What is shown, what matters most first."""
        return self._figures

    def show_figures(self, figures: Sequence[Kpi]) -> None:
        """Show figures, what matters most first."""
        self._figures = tuple(figures)
        self.setAccessibleName(". ".join(figure.words for figure in figures))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it is let be."""
        return QSize(400, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As many as fit."""
        theme = self._look.theme
        with painting(self) as painter:
            painter.fillRect(event.rect(), QColor(theme.surface))
            small, now_ink = Ink(theme.muted, 11), Ink(theme.muted, 13)
            big = Ink(theme.text, 15, BOLD)
            x = 0.0
            for figure in self._figures:
                under = Ink(getattr(theme, figure.token), 11, BOLD)
                before = f"{figure.now} {ARROW} " if figure.now else ""
                line = now_ink.width_of(before) + big.width_of(figure.new)
                width = max(small.width_of(figure.title), line, under.width_of(figure.under)) + 2 * PADDING
                if x + width > self.width():
                    break
                left = x + PADDING
                write(painter, QRectF(left, 6, width, 15), figure.title, small)
                write(painter, QRectF(left, 22, width, 20), before, now_ink)
                write(painter, QRectF(left + now_ink.width_of(before), 22, width, 20), figure.new, big)
                write(painter, QRectF(left, 42, width, 15), figure.under, under)
                x += width
                painter.setPen(QPen(QColor(theme.line), 1))
                painter.drawLine(QLineF(x - 0.5, 0, x - 0.5, HEIGHT))
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QLineF(0, HEIGHT - 0.5, self.width(), HEIGHT - 0.5))


def _less_is_good(change: float) -> str:
    return "ok" if change < 0 else "warn" if change > 0 else "muted"


def review_figures(review: PlanReview) -> list[Kpi]:
    """The figures of a review."""
    titles = {
        "cost": QCoreApplication.translate("Plans", "Plan cost"),
        "unassigned": QCoreApplication.translate("Plans", "Unassigned"),
        "late": QCoreApplication.translate("Plans", "Late"),
        "nights": QCoreApplication.translate("Plans", "Hotel nights"),
        "travel": QCoreApplication.translate("Plans", "Travel cost"),
    }
    now, new = review.now, review.new
    found = [
        _cents(titles["cost"], None if now is None else now.cost.total, new.cost.total),
        _count(titles["unassigned"], None if now is None else now.unassigned, new.unassigned),
        _count(titles["late"], None if now is None else now.late, new.late),
        _count(titles["nights"], None if now is None else now.nights, new.nights),
        _cents(titles["travel"], None if now is None else now.cost.travel, new.cost.travel),
        _calls(review),
        _utilisation(review),
        _load(now, new),
    ]
    return [figure for figure in found if figure is not None]


def _cents(title: str, now: int | None, new: int) -> Kpi:
    if now is None:
        return Kpi(title, "", money(new))
    return Kpi(title, money(now), money(new), cost_change(new - now), _less_is_good(new - now))


def _count(title: str, now: int | None, new: int) -> Kpi:
    if now is None:
        return Kpi(title, "", f"{new:,}")
    return Kpi(title, f"{now:,}", f"{new:,}", count_change(new - now), _less_is_good(new - now))


def _calls(review: PlanReview) -> Kpi | None:
    if review.now is None or review.now.status != "published":
        return None
    calls = review.tally.calls
    under = counted("visits", calls) if calls else ""
    return Kpi(QCoreApplication.translate("Plans", "Calls to make"), "", f"{calls:,}", under, "warn")


def _utilisation(review: PlanReview) -> Kpi:
    room = max(1, review.available)
    title, new = QCoreApplication.translate("Plans", "Utilisation"), 100 * review.new.worked / room
    if review.now is None:
        return Kpi(title, "", f"{new:.1f} %")
    now = 100 * review.now.worked / room
    change = round(new, 1) - round(now, 1)
    under = QCoreApplication.translate("Plans", "same")
    if round(change, 1):
        sign = "+" if change > 0 else "\N{MINUS SIGN}"
        under = QCoreApplication.translate("Plans", "{points} pt").format(points=f"{sign}{abs(change):.1f}")
    return Kpi(title, f"{now:.1f} %", f"{new:.1f} %", under)


def _load(now: Side | None, new: Side) -> Kpi:
    title = QCoreApplication.translate("Plans", "Worst load")
    days = counted("days", new.most_days)
    if now is None:
        return Kpi(title, "", days)
    return Kpi(title, f"{now.most_days}", days, count_change(new.most_days - now.most_days))


def detail_figures(detail: PlanDetail) -> list[Kpi]:
    """The figures of a stored plan by itself."""
    header = detail.header
    people = counted("people", detail.people)
    pinned = counted("pinned", detail.pinned) if detail.pinned else ""
    return [
        Kpi(QCoreApplication.translate("Plans", "Plan cost"), "", money(header.cost_cents), gap_word(header.gap)),
        Kpi(QCoreApplication.translate("Plans", "Assigned"), "", f"{header.assigned:,}", people),
        Kpi(QCoreApplication.translate("Plans", "Unassigned"), "", f"{header.left_out:,}", pinned),
        Kpi(QCoreApplication.translate("Plans", "Late"), "", f"{detail.late:,}"),
        Kpi(QCoreApplication.translate("Plans", "Travel cost"), "", money(int(header.cost_parts.get("travel", 0)))),
    ]
