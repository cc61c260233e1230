"""Commands about what is checked: clients' checklists, and the inspector's work sheet."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import typer

from desktop.cli.options import Database, Json, OutPath, RequestCode, User
from desktop.cli.output import acknowledge, remark, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.checklists import read_revisions
from desktop.services.commands import StoreChecklist
from desktop.services.exchange.checklist_file import check_goods, read_checklist, write_checklist_template
from desktop.services.trade.protocols import Language, house_version
from desktop.services.words import count, spell_time
from desktop.services.worksheets import WorkSheet, read_worksheet

ClientCode = Annotated[str, typer.Argument(metavar="CLIENT", help="Code of the client, like C001.")]
OfGroup = Annotated[
    str, typer.Option("--group", metavar="GROUP", help="Product group that it is for. Default: every one.")
]
OfService = Annotated[str, typer.Option("--service", metavar="SERVICE", help="Service. Default: every one.")]
Spoken = Annotated[
    str | None, typer.Option("--language", metavar="LANGUAGE", help="en, zh or vi. Default: the factory's country's.")
]

checklist = typer.Typer(help="Clients' own checklists, merged with the house's protocols.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    checklist.command("import")(import_)
    checklist.command("withdraw")(withdraw)
    checklist.command("show")(show)
    checklist.command("revisions")(revisions)
    checklist.command("template")(template)
    app.add_typer(checklist, name="checklist")
    app.command("worksheet")(worksheet)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An .xlsx or .csv file: see `checklist template`.")],
    client: Annotated[str, typer.Option("--client", metavar="CLIENT", help="Whose list it is.")],
    group: OfGroup = "",
    service: OfService = "",
    database: Database = None,
    user: User = None,
) -> None:
    """Store a client's checklist as its next revision; one that says what holds already is not stored again."""
    check_goods(group, service)
    read = read_checklist(file)
    with opened(database, user) as desk:
        acknowledge(desk.handle(StoreChecklist(client, read.items, group, service, file.name)))
    for warning in read.warnings:
        remark(warning)


def withdraw(
    client: ClientCode, group: OfGroup = "", service: OfService = "", database: Database = None, user: User = None
) -> None:
    """Give a client's checklist up: its next revision is empty. What was printed by earlier ones stays on record."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(StoreChecklist(client, (), group, service)))


def show(request: RequestCode, language: Spoken = None, as_json: Json = False, database: Database = None) -> None:
    """Say what is checked for a request: the house's protocol with the client's lists in it, and whose each item is."""
    with opened(database) as desk:
        sheet = read_worksheet(desk.store, desk.clock.now(), request)
    spoken = _language(language, sheet)
    if as_json:
        say_json(_sheet_values(sheet, spoken))
        return
    say(f"{sheet.request}, {sheet.service}, {sheet.product_group or 'goods of no group'}, {sheet.client.name}")
    for section in sheet.sections:
        if section.items:
            say(f"\n{section.title.said(spoken)}")
            say_table(
                ("check", "class", "on", "from"),
                [
                    (item.title.said(spoken), item.defect, sheet.on(item, spoken), item.origin.said(spoken))
                    for item in section.items
                ],
            )


def revisions(client: ClientCode, as_json: Json = False, database: Database = None) -> None:
    """List every revision of a client's checklists, the newest of each first."""
    with opened(database) as desk:
        found = read_revisions(desk.store, client)
    if as_json:
        say_json([asdict(row) | {"stored_at": row.stored_at.isoformat()} for row in found])
        return
    if not found:
        say(f"{client} has no checklist of its own: house protocol {house_version()} holds.")
        return
    say_table(
        ("group", "service", "revision", "items", "stored", "source", ""),
        [
            (
                row.product_group or "every",
                row.service or "every",
                str(row.revision),
                str(row.items),
                spell_time(row.stored_at),
                row.source,
                "in force" if row.holds else "",
            )
            for row in found
        ],
        right=(2, 3),
    )


def template(
    out: Annotated[Path, typer.Argument(metavar="PATH", help="The .xlsx file to write.")],
    group: OfGroup = "",
    service: Annotated[str, typer.Option("--service", metavar="SERVICE", help="Whose items it shows.")] = "DUPRO",
) -> None:
    """Write an empty checklist with its columns explained, and the house's items that a client may replace."""
    shown = write_checklist_template(out, group, service)
    say(f"Wrote {out}, with {count(shown, 'item')} of the house beside it.")


def worksheet(request: RequestCode, out: OutPath, language: Spoken = None, database: Database = None) -> None:
    """Write the inspector's work sheet of a request as PDF: its checklist, sample, golden sample and signatures."""
    # Qt takes a moment and some memory: only whoever wants a sheet loads it
    from desktop.views.paper.worksheet import write_worksheet  # noqa: PLC0415

    with opened(database) as desk:
        sheet = read_worksheet(desk.store, desk.clock.now(), request)
    pages = write_worksheet(sheet, _language(language, sheet), out)
    say(f"Wrote {out}, {count(pages, 'page')}.")


def _language(wanted: str | None, sheet: WorkSheet) -> Language:
    if wanted is None:
        return sheet.language
    if wanted not in get_args(Language):
        raise BadInputError(f'There is no work sheet in "{wanted}".', f"There are {', '.join(get_args(Language))}.")
    return cast(Language, wanted)


def _sheet_values(sheet: WorkSheet, spoken: Language) -> dict[str, Any]:
    return {
        "request": sheet.request,
        "service": sheet.service,
        "product_group": sheet.product_group,
        "client": sheet.client.code,
        "language": spoken,
        "sections": [
            {
                "section": section.key,
                "title": section.title.said(spoken),
                "items": [
                    {
                        "key": item.key,
                        "check": item.title.said(spoken),
                        "requirement": item.requirement.said(spoken),
                        "class": item.defect,
                        "on": sheet.on(item, spoken),
                        "from": item.origin.said(spoken),
                        "replaces": item.replaced,
                    }
                    for item in section.items
                ],
            }
            for section in sheet.sections
            if section.items
        ],
    }
