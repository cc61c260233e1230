"""Commands about places: where an address lies, which factories have no place yet, and giving them one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.options import Database, Json, User
from desktop.cli.output import acknowledge, remark, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.errors import BadInputError, NotFoundError
from desktop.services.words import count

if TYPE_CHECKING:
    from desktop.services.places import Candidate, Located
    from desktop.services.places.resemblance import FactoryEntry
    from desktop.services.places.worklist import Worklist

HEADS = ("", "place", "known to", "likely", "latitude", "longitude", "because")
MOST_SHOWN = 3

# Other commands need none of the gazetteer: it is imported where it is used.


def register(app: typer.Typer) -> None:
    """Add these commands."""
    places = typer.Typer(help="Where addresses lie, and factories that have no place yet.", no_args_is_help=True)
    places.command("find")(find)
    places.command("check")(check)
    places.command("set")(set_place)
    app.add_typer(places, name="places")


def find(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="As somebody wrote it, in any script.")],
    country: Annotated[str, typer.Option("--country", metavar="CN|VN", help="Where it is known.")] = "",
    name: Annotated[str, typer.Option("--name", help="Of the firm there: it may decide between namesakes.")] = "",
    online: Annotated[
        bool, typer.Option("--online", help="Ask the map service that the settings allow, where it is unsure.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say where an address lies, how near that is known, and how sure it is. Nothing is stored."""
    from desktop.services.places import locate  # noqa: PLC0415 -- see above

    located = locate(address, country, name)
    if online:
        from desktop.services.places.online import ask, geocoder_from_environment  # noqa: PLC0415 -- see above

        located = ask(geocoder_from_environment(), located, country)
    if as_json:
        say_json(_as_json(located))
        return
    say(f"{'Sure' if located.is_sure else 'Not sure'}. {located.why}")
    if located.candidates:
        rows = [(str(number), *_cells(found), found.why) for number, found in enumerate(located.candidates, 1)]
        say_table(HEADS, rows, right=(0, 3, 4, 5))


def check(
    place_sure: Annotated[
        bool, typer.Option("--place-sure", help="Place those whose address leaves no doubt, as one step.")
    ] = False,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """List the factories that are not placed, or by their province only, with what their addresses may mean."""
    from desktop.services.places.worklist import candidates_for, place_at, read_worklist  # noqa: PLC0415 -- see above

    with opened(database, user) as desk:
        worklist = read_worklist(desk.store)
        found = [(entry, candidates_for(entry)) for entry in (*worklist.unplaced, *_better(worklist))]
        if place_sure:
            sure = [(entry, located.best) for entry, located in found if located.is_sure and entry.lat is None]
            commands = [place_at(entry, best) for entry, best in sure if best is not None]
            if not commands:
                say("No factory without a place has an address that leaves no doubt.")
            else:
                acknowledge(desk.handle_all(commands, f"Place {count(len(commands), 'factory', 'factories')}"))
            return
    if as_json:
        say_json([{"factory": entry.code, "precision": entry.precision} | _as_json(place) for entry, place in found])
    elif not found:
        say("Every factory is placed, nearer than to its city.")
    else:
        say_table(
            ("factory", "name", "known to", *HEADS[:4]), [row for one in found for row in _rows(*one)], right=(3, 6)
        )
        remark("Place one with: dupro-desk places set FACTORY --candidate NUMBER, or with --lat and --lon.")


def set_place(
    factory: Annotated[str, typer.Argument(metavar="FACTORY", help="Code of the factory.")],
    candidate: Annotated[
        int | None, typer.Option("--candidate", min=1, metavar="NUMBER", help="As `places check` numbers them.")
    ] = None,
    lat: Annotated[float | None, typer.Option("--lat", min=-90, max=90, help="Degrees north.")] = None,
    lon: Annotated[float | None, typer.Option("--lon", min=-180, max=180, help="Degrees east.")] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Place a factory: at a candidate for its address, or at coordinates, which count as the address itself."""
    from desktop.services.places.worklist import candidates_for, place_at, place_by_hand, read_worklist  # noqa: PLC0415

    if (candidate is None) == (lat is None) or (lat is None) != (lon is None):
        raise BadInputError(f"Where {factory} lies is not said.", "Give --candidate, or --lat and --lon.")
    with opened(database, user) as desk:
        entry = read_worklist(desk.store).entry(factory)
        if entry is None:
            raise NotFoundError(f"There is no factory {factory}.", "Look it up with: dupro-desk places check")
        if lat is not None and lon is not None:
            acknowledge(desk.handle(place_by_hand(entry, lat, lon)))
            return
        candidates = candidates_for(entry).candidates
        if candidate is None or candidate > len(candidates):
            has = count(len(candidates), "candidate") if candidates else "no candidate"
            raise BadInputError(
                f"The address of {factory} has {has}.", f"See: dupro-desk places find {entry.address!r}"
            )
        acknowledge(desk.handle(place_at(entry, candidates[candidate - 1])))


def _better(worklist: Worklist) -> tuple[FactoryEntry, ...]:
    """Factories known to a province only: a city is as much as many an address says."""
    return tuple(entry for entry in worklist.rough if entry.precision == "province")


def _rows(entry: FactoryEntry, located: Located) -> list[tuple[str, ...]]:
    """The candidates of a factory, a line each; one line that says why where there are none."""
    first = (entry.code, entry.name, entry.precision)
    if not located.candidates:
        return [(*first, "", located.why, "", "")]
    lines = [(str(number), *_cells(found)[:3]) for number, found in enumerate(located.candidates[:MOST_SHOWN], 1)]
    return [(*(first if position == 0 else ("", "", "")), *line) for position, line in enumerate(lines)]


def _cells(candidate: Candidate) -> tuple[str, ...]:
    return (
        candidate.title,
        candidate.level,
        f"{candidate.confidence:.0%}",
        f"{candidate.lat:.4f}",
        f"{candidate.lon:.4f}",
    )


def _as_json(located: Located) -> dict[str, object]:
    return {
        "address": located.address,
        "is_sure": located.is_sure,
        "why": located.why,
        "candidates": [
            {
                "title": found.title,
                "level": found.level,
                "confidence": round(found.confidence, 3),
                "lat": found.lat,
                "lon": found.lon,
                "country": found.place.country,
                "area": found.place.area,
                "why": found.why,
            }
            for found in located.candidates
        ],
    }
