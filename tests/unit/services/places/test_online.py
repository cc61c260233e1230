"""Map services, asked over HTTP: answers unshifted, kept and paced; failures that leave what the gazetteer says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import BadInputError
from desktop.services.places import locate
from desktop.services.places.online import PAUSE_SECONDS, Geocoder, ask, geocoder_from_environment
from desktop.services.places.shifted import baidu_to_gcj, baidu_to_wgs, gcj_to_baidu, gcj_to_wgs, wgs_to_gcj

pytest.importorskip("geopy", reason="the extra geocoding is not installed")

KEY = "s3cret-canary"
SUZHOU = (31.30, 120.62)
"""In Jiangsu: the other Suzhou lies in Anhui."""


class Server(ThreadingHTTPServer):
    """Answers like both services, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.status = 200
        self.answer: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One question."""

    server: Server

    def do_GET(self) -> None:
        parsed = urlparse(self.path)
        self.server.asked.append((parsed.path, parse_qs(parsed.query)))
        body = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def geocoder(server: Server, folder: Path, service: str) -> Geocoder:
    given = {"DUPRO_GEOCODER": service, "DUPRO_GEOCODER_KEY": KEY, "DUPRO_GEOCODER_URL": server.url}
    return geocoder_from_environment(given, folder)


def baidu_says(lat: float, lon: float, confidence: int) -> dict[str, Any]:
    shifted_lat, shifted_lon = gcj_to_baidu(*wgs_to_gcj(lat, lon))
    where = {"location": {"lat": shifted_lat, "lng": shifted_lon}, "confidence": confidence, "level": "道路"}
    return {"status": 0, "result": where}


def nominatim_says(lat: float, lon: float, rank: int) -> list[dict[str, Any]]:
    return [{"lat": str(lat), "lon": str(lon), "display_name": "8 Example Road, Suzhou", "place_rank": rank}]


def test_baidu_decides_between_namesakes_and_its_shift_is_undone(server: Server, tmp_path: Path) -> None:
    server.answer = baidu_says(*SUZHOU, confidence=80)
    service = geocoder(server, tmp_path, "baidu")
    unsure = locate("8 Example Road, Suzhou", "CN")
    found = ask(service, unsure, "CN")
    assert found.is_sure
    assert found.best is not None
    assert (found.best.level, found.best.place.area) == ("address", "江苏省")
    assert (found.best.lat, found.best.lon) == pytest.approx(SUZHOU, abs=1e-5)
    path, query = server.asked[0]
    assert (path, query["ak"], query["address"]) == ("/geocoding/v3/", [KEY], ["8 Example Road, Suzhou"])
    again = ask(geocoder(server, tmp_path, "baidu"), unsure, "CN")
    assert again == found
    assert len(server.asked) == 1
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Example Road" not in kept
    assert KEY.encode() not in kept
    assert KEY not in f"{service!r}{found!r}"


def test_an_answer_that_the_gazetteer_does_not_bear_out_is_asked(server: Server, tmp_path: Path) -> None:
    server.answer = nominatim_says(41.8, 123.4, rank=30)
    found = ask(geocoder(server, tmp_path, "nominatim"), locate("8 Example Road, Suzhou", "CN"), "CN")
    assert not found.is_sure
    assert "does not bear that out" in found.why
    assert [candidate.place.area for candidate in found.candidates[:2]] == ["辽宁省", "江苏省"]
    assert server.asked[0][1]["countrycodes"] == ["cn"]
    assert "8 Example Road, Suzhou" in server.asked[0][1]["q"]


def test_what_is_sure_is_not_asked_and_questions_keep_their_distance(server: Server, tmp_path: Path) -> None:
    server.answer = []
    waited: list[float] = []
    service = geocoder(server, tmp_path, "nominatim")
    service.clock, service.sleep = lambda: 5.0, waited.append
    sure = locate("Hangzhou, Zhejiang")
    assert ask(service, sure) is sure
    for address in ("Suzhou", "Fuzhou", "Suzhou"):
        assert "does not know the address either" in ask(service, locate(address)).why
    assert len(server.asked) == 2
    assert waited == [PAUSE_SECONDS["nominatim"]]


@pytest.mark.parametrize(
    ("status", "answer"),
    [(500, {}), (200, {"status": 240, "message": "no right"}), (200, {"status": 0, "result": {"location": {}}})],
)
def test_where_the_service_fails_the_gazetteer_stands(
    server: Server, tmp_path: Path, status: int, answer: object
) -> None:
    server.status, server.answer = status, answer
    unsure = locate("Suzhou", "CN")
    found = ask(geocoder(server, tmp_path, "baidu"), unsure, "CN")
    assert (found.candidates, found.is_sure) == (unsure.candidates, False)
    assert found.why.startswith(unsure.why)
    assert "Baidu" in found.why
    assert KEY not in found.why


@pytest.mark.parametrize("given", [{}, {"DUPRO_GEOCODER": "atlas"}, {"DUPRO_GEOCODER": "baidu"}])
def test_no_service_is_asked_unless_it_is_set(given: dict[str, str]) -> None:
    with pytest.raises(BadInputError, match=r"DUPRO_GEOCODER|key|map service"):
        geocoder_from_environment(given)


def test_the_shift_is_that_of_the_published_example() -> None:
    # a pair that implementations of the formula are held against
    assert wgs_to_gcj(31.1774276, 121.5272106) == pytest.approx((31.17530398364597, 121.531541859215), abs=1e-9)
    assert wgs_to_gcj(51.5, 0.0) == (51.5, 0.0)


@settings(max_examples=60, deadline=None)
@given(st.floats(18, 53), st.floats(74, 134))
def test_shifting_and_back_is_right_to_a_metre(lat: float, lon: float) -> None:
    assert gcj_to_wgs(*wgs_to_gcj(lat, lon)) == pytest.approx((lat, lon), abs=1e-7)
    assert baidu_to_gcj(*gcj_to_baidu(lat, lon)) == pytest.approx((lat, lon), abs=1e-5)
    assert baidu_to_wgs(*gcj_to_baidu(*wgs_to_gcj(lat, lon))) == pytest.approx((lat, lon), abs=1e-5)
