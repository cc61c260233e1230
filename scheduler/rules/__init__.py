"""The rules that no plan breaks, each said in one place.

`catalogue` names them, `visits` holds those of one visit and its crew, `weeks` those of one inspector's visits
together. Every function gives what is broken, with the numbers; nothing where the rule is kept.
"""

from __future__ import annotations

from scheduler.rules.catalogue import RULES, Broken, Rule

__all__ = ["RULES", "Broken", "Rule"]
