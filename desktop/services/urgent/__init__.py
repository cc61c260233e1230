"""Urgent bookings: ranked places for a request that is in no record yet, and what books, holds and frees them.

How to use it (times in seconds for 700 people and 2,300 requests):

- `opening.open_urgent(store, now)` reads the plan in hand once (1.5, on the worker) and gives an `UrgentDesk`.
- `opening.read_case(store, desk, form, now)` reads what belongs to one factory, client, order or request (0.02, on the
  worker) and gives an `UrgentCase`. `UrgentCase.fits(form)` says whether a form can be answered from it: it is read
  again only when one of those changes.
- `UrgentCase.rank(form, now)` gives an `UrgentAnswer` for one state of the form (0.05, any thread, no database).
- `UrgentCase.stream(form, now, stop)` yields answers, each with more in it: direct places, then those for which visits
  move that nobody has announced, then announced ones. The last one is whole.
- `UrgentCase.rows(form, now, candidate)` draws the people whom a candidate concerns, before and after.
- `UrgentCase.why_not(form, now)` says why each of the others cannot, `UrgentCase.ways_out(form, now, stop)` what would
  have to give.
- `UrgentCase.booking(form, now, candidate)` makes the command `BookUrgent` of a candidate; `HoldSlot(booking, until)`
  keeps the same place for a while. `UrgentCase.plan` is "" where there is no draft: `RevisePlan` makes one first.
- `holding.holds(source, now)` lists what is held; `expiry.release_expired(store, clock)` frees what has run out: every
  program calls it when it looks what others have done, and whoever ranks or books before he does.
"""
