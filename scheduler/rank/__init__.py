"""Where a request could go in a plan: the best places, and those for which others move.

`weeks_drawn` puts weeks into arrays, `reach` legs, `pricing` prices one more visit everywhere at once, `crews` puts
crews together, `places` is one request's places, `ranking` what a caller asks, and `moving` the places for which one or
two other visits move. `remembered` keeps what is found out of the plan on the way.
"""

from __future__ import annotations

from scheduler.rank.ranking import Candidate, Ranking, Shift

__all__ = ["Candidate", "Ranking", "Shift"]
