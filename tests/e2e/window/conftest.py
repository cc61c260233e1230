"""The window as in its own tests: on a small planned company, and nothing of it left behind."""

from tests.qt.conftest import _nothing_left, company_store, look, office, planned_company

__all__ = ["_nothing_left", "company_store", "look", "office", "planned_company"]
