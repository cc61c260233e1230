"""What a dispatcher has to look at now, in the order of the hours that are left.

`reading.read_today(source, now, actor)` reads quickly what starts, who knows of it, what waits and is owed, and what
others have changed overnight. `judged.read_judged(source, now)` adds the announced visits that cannot be as announced:
it asks the rule engine about the whole plan in force, and takes longer where the records have changed.
"""
