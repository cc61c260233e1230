"""The sample company: an invented inspection firm on real places, for trying out, for tests and for measuring."""

from desktop.services.demo.sample import SampleSummary, make_sample

__all__ = ["SampleSummary", "make_sample"]
