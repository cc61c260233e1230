"""A company large enough to fill the screens."""

from __future__ import annotations

import pytest

from tests.helpers.office import PlannedCompany
from tests.helpers.stores import SqliteTemplate
from tests.qt.conftest import _nothing_left, look
from tests.screenshots.scenes import PEOPLE, REQUESTS, WEEKS

__all__ = ["_nothing_left", "look"]


@pytest.fixture(scope="session")
def sample_company(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> PlannedCompany:
    folder = tmp_path_factory.mktemp("sample")
    return PlannedCompany.make(sqlite_template, folder, inspectors=PEOPLE, requests=REQUESTS, weeks=WEEKS)
