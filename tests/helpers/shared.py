"""Where the folder beside the repository lies, and the mark of a test that reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "planning-problem.md").is_file(),
    reason=f"reads {SHARED.name}/, a folder beside the repository, which is not there",
)
