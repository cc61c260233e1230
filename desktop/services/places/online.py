"""Map services: asked where the gazetteer is unsure, if the house allows it; never needed.

Off by default. The environment switches it on, and only there a key is kept: it comes into no database, no log, no
history. Answers are kept in the user's cache folder, so that an address is asked for once. Whatever goes wrong, what
the gazetteer says stands.
"""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import platformdirs

from desktop.config import APP_NAME, APP_VERSION
from desktop.errors import BadInputError
from desktop.services.gazetteer import Place
from desktop.services.places.answers import Answer, AnswerCache
from desktop.services.places.index import Site, index, km_between
from desktop.services.places.located import Candidate, Level, Located
from desktop.services.places.shifted import baidu_to_wgs

Service = Literal["nominatim", "baidu"]

SERVICE_NAME: Mapping[Service, str] = {"nominatim": "Nominatim", "baidu": "Baidu"}
PAUSE_SECONDS: Mapping[Service, float] = {"nominatim": 1.0, "baidu": 0.1}
"""Between two questions: the policy of OpenStreetMap's server, and a tenth of a second for Baidu's free quota."""

TIMEOUT_SECONDS = 10
AGREES_KM = 40.0
"""How far from a candidate of the gazetteer an answer may lie and still mean the same."""

AGREED, ALONE = 0.95, 0.5
"""Confidence of an answer that the gazetteer bears out, and of one that it does not."""


@dataclass(slots=True)
class Geocoder:
    """A map service to ask, one question at a time.

    Attributes:
        service: which one.
        key: for Baidu; kept out of every text of this object.
        url: of another server of the same kind; "": the public one.
        contact: who asks, for the operator of the server.
        cache: answers given before.
        clock: seconds that only go on, for the pause between questions.
        sleep: waits some seconds.
    """

    service: Service
    cache: AnswerCache
    key: str = field(default="", repr=False)
    url: str = ""
    contact: str = ""
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    asked_at: float | None = field(default=None, init=False, repr=False)

    def answer(self, address: str, country: str) -> Answer | None:
        """Where the service sees an address; None where it knows none.

        Raises:
            MapServiceError: it cannot be reached, refuses, or answers nonsense.
        """
        kept = self.cache.find(self.service, country, address)
        if kept is not None:
            return kept.answer
        self._pause()
        found = _asked(self, address, country)
        self.cache.keep(self.service, country, address, found)
        return found

    def _pause(self) -> None:
        now = self.clock()
        if self.asked_at is not None and (rest := self.asked_at + PAUSE_SECONDS[self.service] - now) > 0:
            self.sleep(rest)
        self.asked_at = self.clock()


class MapServiceError(Exception):
    """A map service gave no answer; the text is a sentence without address or key."""


def geocoder_from_environment(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Geocoder:
    """The map service that the environment allows.

    Args:
        environment: by default that of this process. `DUPRO_GEOCODER` is nominatim or baidu, `DUPRO_GEOCODER_KEY` the
            key for Baidu, `DUPRO_GEOCODER_URL` a server of the house, `DUPRO_GEOCODER_CONTACT` an e-mail address for
            its operator.
        folder: of the answers; by default the user's cache folder.

    Raises:
        BadInputError: none is allowed, or something is missing for it.
    """
    given = os.environ if environment is None else environment
    service = given.get("DUPRO_GEOCODER", "").strip().lower()
    if not service:
        raise BadInputError(
            "No map service may be asked.", "Set DUPRO_GEOCODER to nominatim or baidu, or leave --online away."
        )
    if service not in SERVICE_NAME:
        raise BadInputError(f'DUPRO_GEOCODER is "{service}".', "It can be nominatim or baidu.")
    key = given.get("DUPRO_GEOCODER_KEY", "").strip()
    if service == "baidu" and not key:
        raise BadInputError("Baidu answers only with a key.", "Set DUPRO_GEOCODER_KEY.")
    if importlib.util.find_spec("geopy") is None:
        raise BadInputError("geopy is not installed.", 'Install it with: pip install "dupro-desk[geocoding]"')
    where = folder or Path(platformdirs.user_cache_dir("dupro-desk", appauthor=False))
    cache = AnswerCache(where / "map_answers.db")
    url, contact = given.get("DUPRO_GEOCODER_URL", "").strip(), given.get("DUPRO_GEOCODER_CONTACT", "").strip()
    return Geocoder("baidu" if service == "baidu" else "nominatim", cache, key, url, contact)


def ask(geocoder: Geocoder, located: Located, country: str = "") -> Located:
    """Ask a map service where the gazetteer is unsure.

    An answer near one of the gazetteer's candidates may be taken unasked; any other is one more candidate.
    """
    if located.is_sure or not located.address.strip():
        return located
    name = SERVICE_NAME[geocoder.service]
    try:
        answer = geocoder.answer(located.address, country)
    except MapServiceError as error:
        return replace(located, why=f"{located.why} {error}")
    if answer is None:
        return replace(located, why=f"{located.why} {name} does not know the address either.")
    near = _nearest(answer)
    place = _place(answer, near)
    agreeing = [found for found in located.candidates if _agree(found, place)]
    why = f"{name} says so" + (f", and so does the gazetteer: {agreeing[0].why}" if agreeing else "")
    found = Candidate(place, answer.level, AGREED if agreeing else ALONE, why)
    is_sure = bool(agreeing) and answer.level != "province"
    said = f"{name} sees it in {place.title}."
    if not agreeing and located.candidates:
        said += " The gazetteer does not bear that out."
    return Located(located.address, (found, *located.candidates), is_sure, said if is_sure else f"{located.why} {said}")


def _agree(candidate: Candidate, place: Place) -> bool:
    """Whether both mean the same: near each other, or the candidate is a province and the place in it."""
    if candidate.level == "province":
        return candidate.place.area == place.area
    return km_between(candidate.place, place) <= AGREES_KM


def _nearest(answer: Answer) -> Site | None:
    """The district of the gazetteer whose middle is nearest: it says in which province an answer lies."""
    here = Place("", "", "", "", "", "", answer.lat, answer.lon)
    found = min(
        (site for site in index().sites if site.level == "district"), key=lambda site: km_between(site.place, here)
    )
    return found if km_between(found.place, here) < 5 * AGREES_KM else None


def _place(answer: Answer, near: Site | None) -> Place:
    if near is None:
        return Place("", answer.level, "", "", answer.title, answer.title, answer.lat, answer.lon)
    place = near.place
    return Place(
        place.country, answer.level, place.area, place.city, place.name, place.local_name, answer.lat, answer.lon
    )


def _asked(geocoder: Geocoder, address: str, country: str) -> Answer | None:
    """Put one question to a service through geopy."""
    from geopy.exc import GeopyError  # noqa: PLC0415 -- an extra that need not be installed

    name = SERVICE_NAME[geocoder.service]
    try:
        if geocoder.service == "baidu":
            return _baidu_answer(_baidu(geocoder).geocode(address))
        return _nominatim_answer(
            _nominatim(geocoder).geocode(address, country_codes=country.lower() or None, language="en")
        )
    except GeopyError as error:
        # what geopy quotes may hold the key and the address
        raise MapServiceError(f"{name} did not answer ({type(error).__name__}).") from None
    except (KeyError, TypeError, ValueError):
        raise MapServiceError(f"{name} answered something that cannot be read.") from None


def _nominatim(geocoder: Geocoder) -> Any:  # noqa: ANN401 -- geopy has no types
    from geopy.geocoders import Nominatim  # noqa: PLC0415

    agent = f"{APP_NAME}/{APP_VERSION} {geocoder.contact}".strip()
    service = Nominatim(user_agent=agent, timeout=TIMEOUT_SECONDS)
    if geocoder.url:
        service.api = f"{geocoder.url.rstrip('/')}{service.geocode_path}"
    return service


def _baidu(geocoder: Geocoder) -> Any:  # noqa: ANN401 -- geopy has no types
    from geopy.geocoders import BaiduV3  # noqa: PLC0415

    service = BaiduV3(geocoder.key, scheme="https", timeout=TIMEOUT_SECONDS)
    if geocoder.url:
        service.api = f"{geocoder.url.rstrip('/')}{service.api_path}"
    return service


def _nominatim_answer(location: Any) -> Answer | None:  # noqa: ANN401 -- geopy has no types
    """An answer of Nominatim; its rank tells a street (26 and more) from a town, a district and a province."""
    if location is None:
        return None
    rank = int(location.raw.get("place_rank", 0))
    levels: tuple[tuple[int, Level], ...] = ((26, "address"), (18, "town"), (13, "district"), (10, "city"))
    level: Level = next((level for least, level in levels if rank >= least), "province")
    return Answer(float(location.latitude), float(location.longitude), str(location.address), level)


def _baidu_answer(location: Any) -> Answer | None:  # noqa: ANN401 -- geopy has no types
    """An answer of Baidu, unshifted; its confidence tells by how many metres it may be wrong: 50 means a kilometre."""
    if location is None:
        return None
    trust = float(location.raw.get("confidence", 0))
    levels: tuple[tuple[int, Level], ...] = ((50, "address"), (30, "town"), (20, "district"), (10, "city"))
    level: Level = next((level for least, level in levels if trust >= least), "province")
    lat, lon = baidu_to_wgs(float(location.latitude), float(location.longitude))
    return Answer(lat, lon, str(location.raw.get("level", "")), level)
