"""What a study was asked, in words: its label on record."""

from __future__ import annotations

from desktop.services.words import count, spell_list
from desktop.services.worth.asking import CeilingsAsked, Hire, PromiseAsked, RulesAsked, StudyAsked, Train, WhatIfAsked


def label_of(asked: StudyAsked) -> str:
    """What was asked."""
    if isinstance(asked, CeilingsAsked):
        return "what one more saves"
    if isinstance(asked, PromiseAsked):
        return f"the promise at {spell_list([str(hours) for hours in sorted(asked.hours)])} hours"
    if isinstance(asked, RulesAsked):
        return "what rules cost"
    return f"what if {what_of(asked)}"


def what_of(asked: WhatIfAsked) -> str:
    """What a what-if changes."""
    parts = [_hired(one) for one in asked.hire] + [_trained(one) for one in asked.train]
    parts += [f"without client {client}" for client in asked.drop_clients]
    if asked.hours is not None:
        parts.append(f"on site within {asked.hours} hours" + (f" for {asked.hours_client}" * bool(asked.hours_client)))
    if asked.ill:
        parts.append(f"{spell_list(list(asked.ill))} ill")
    if asked.ill_number:
        parts.append(f"{count(asked.ill_number, 'person', 'people')} ill")
    return spell_list(parts, len(parts)) if parts else "nothing"


def _hired(hire: Hire) -> str:
    return f"{hire.number} more {hire.skill} in {hire.region} ({hire.pay})"


def _trained(train: Train) -> str:
    level = "" if train.level is None else f" at level {train.level}"
    return f"{train.person} learns {train.what}{level}"
