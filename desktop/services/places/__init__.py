"""Where an address lies: found offline, with how sure that is, or asked."""

from desktop.services.places.located import Candidate, Level, Located
from desktop.services.places.resolver import locate

__all__ = ["Candidate", "Level", "Located", "locate"]
