"""What can be done with a stored plan: publish, discard, export, begin one by hand. Each asks the worker and tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import DomainError
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.services.commands import DiscardPlan, PublishPlan, PublishVisits
from desktop.services.planning.blank import blank_draft
from desktop.services.planning.reading import Source
from desktop.services.planning.stored_plans import Publication, publication
from desktop.services.planning.week import settings_for
from desktop.services.repair.partial import Accepted
from desktop.services.words import spell_list
from desktop.views.context import PageContext
from desktop.views.plans.run_form import Wish

MOST_NAMED = 12  # requests in a question
Export = Callable[[Source, str, Path], object]


class PlanDeeds(QObject):
    """Carries out what the page asks for.

    Attributes:
        failed: a DomainError: it could not be done.
        begun: the code (str) of a draft that was begun by hand.
    """

    failed = Signal(object)
    begun = Signal(object)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    # -- publishing ----------------------------------------------------------------------------------------------------

    def publish(self, code: str) -> None:
        """Ask whether to announce a draft; nothing happens before the answer."""
        self._context.runner.read(self, partial(publication, code=code), self._ask_to_publish, self.failed.emit)

    def _ask_to_publish(self, found: Publication) -> None:
        lines = [self.tr("%n visit(s) are announced for the first time.", "", found.first)]
        if found.otherwise:
            lines.append(self.tr("%n differ from what was announced: call the factories.", "", found.otherwise))
        if found.withdrawn:
            lines.append(self.tr("%n announced visit(s) are withdrawn.", "", found.withdrawn))
        if found.same:
            lines.append(self.tr("%n stay as announced.", "", found.same))
        lines.append("")
        lines.append(
            self.tr("People act on it from now on. It cannot be undone, and neither can what was done before it.")
        )
        self._context.feedback.ask(
            self.tr("Publish {plan}?").format(plan=found.plan),
            "\n".join(lines),
            (self.tr("Publish %n visit(s)", "", found.visits), self.tr("Not now")),
            partial(self._on_answer, found.plan),
        )

    def ask_to_publish_part(self, accepted: Accepted) -> None:
        """Ask whether to announce just what a repair has changed; the rest of its draft stays one."""
        number = len(accepted.requests)
        self._context.feedback.ask(
            self.tr("Publish what the repair changed?"),
            "\n".join(
                (
                    self.tr("Draft {plan} has it. Nobody has been told yet.").format(plan=accepted.code),
                    spell_list(accepted.requests, MOST_NAMED),
                    "",
                    self.tr("People act on it from then on. It cannot be undone."),
                )
            ),
            (self.tr("Publish %n change(s)", "", number), self.tr("Not yet")),
            partial(self._on_part_answer, accepted),
        )

    def _on_part_answer(self, accepted: Accepted, choice: int) -> None:
        if choice == 0:
            command = PublishVisits(accepted.code, accepted.requests)
            self._context.runner.handle(self, command, self._part_published, self.failed.emit)
        else:
            self._context.feedback.toast(self.tr("Draft {plan} is kept.").format(plan=accepted.code), undo=True)

    def _part_published(self, outcome: Outcome) -> None:
        self._context.feedback.toast("\n".join((outcome.label, *outcome.messages)))

    def _on_answer(self, code: str, choice: int) -> None:
        if choice == 0:
            self._context.runner.handle(self, PublishPlan(code), partial(self._published, code), self.failed.emit)

    def _published(self, code: str, outcome: Outcome) -> None:
        text = self.tr("{plan} is published.").format(plan=code)
        self._context.feedback.toast(" ".join((text, *outcome.messages)))

    # -- drafts --------------------------------------------------------------------------------------------------------

    def discard(self, code: str) -> None:
        """Give a draft up."""
        self._context.runner.handle(self, DiscardPlan(code), partial(self._discarded, code), self.failed.emit)

    def _discarded(self, code: str, _outcome: Outcome) -> None:
        self._context.feedback.toast(self.tr("Draft {plan} is discarded.").format(plan=code), undo=True)

    def begin(self, wish: Wish) -> None:
        """Begin a draft for planning by hand."""
        self._context.runner.work(self, partial(_begin, wish), self._begun, self.failed.emit)

    def _begun(self, code: str) -> None:
        text = self.tr("Draft {plan} is begun. Place its requests on the board.").format(plan=code)
        self._context.feedback.toast(text, undo=True)
        self.begun.emit(code)

    # -- export --------------------------------------------------------------------------------------------------------

    def export_workbook(self, code: str) -> None:
        """Write a plan as a workbook, where the user says."""
        self._ask_for_file(code, "xlsx", self.tr("Workbooks (*.xlsx)"), _write_workbook)

    def export_csv(self, code: str) -> None:
        """Write a plan as CSV."""
        self._ask_for_file(code, "csv", self.tr("Tables (*.csv)"), _write_csv)

    def export_json(self, code: str) -> None:
        """Write a plan and its problem as the two files of the format."""
        self._ask_for_file(code, "json", self.tr("Plans (*.json)"), _write_pair)

    def _ask_for_file(self, code: str, suffix: str, kind: str, export: Export) -> None:
        dialog = QFileDialog(self._page, self.tr("Export {plan}").format(plan=code), str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilters([kind])
        dialog.selectFile(f"{code}.{suffix}")
        dialog.fileSelected.connect(partial(self.write, code, export))
        dialog.open()

    def write(self, code: str, export: Export, path: str) -> None:
        """Write a plan to a file."""
        self._context.runner.work(  # no question: it is finished before the window closes
            self, partial(_export, export, code, Path(path)), partial(self._written, path), self._failed_to_write
        )

    def _written(self, path: str, _: object) -> None:
        self._context.feedback.toast(self.tr("Wrote {path}").format(path=path))

    def _failed_to_write(self, error: DomainError) -> None:
        self._context.feedback.failed(error)


def _begin(wish: Wish, desk: Desk) -> str:
    return blank_draft(desk, settings_for(desk.store, wish.first_day, **wish.values))


def _export(export: Export, code: str, path: Path, desk: Desk) -> object:
    return export(desk.store, code, path)


def _write_workbook(source: Source, code: str, path: Path) -> object:
    from desktop.services.exchange.plan_workbook import export_plan_workbook  # noqa: PLC0415 - only who exports needs it

    export_plan_workbook(source, code, path)
    return path


def _write_csv(source: Source, code: str, path: Path) -> object:
    from desktop.services.exchange.plan_files import export_plan_csv  # noqa: PLC0415 - as above

    return export_plan_csv(source, code, path)


def _write_pair(source: Source, code: str, path: Path) -> object:
    """The plan where the user said, its problem beside it."""
    from desktop.services.exchange.plan_files import export_pair  # noqa: PLC0415 - as above

    problem = path.with_name(f"{path.stem}-problem{path.suffix}")
    export_pair(source, code, problem, path)
    return path
