### Plan for me: the bookings that keep a team compliant.

error-plan_under_way-title = A plan is being made already
error-plan_under_way = A plan of your organisation is being worked out right now. Wait for it or stop it, then start again.
error-plan_not_ready-title = The plan is not ready
error-plan_not_ready = This plan is still being worked out, or it is booked already. Reload the page to see where it stands.
error-plan_empty-title = Nothing to book
error-plan_empty = This plan proposes no booking. See what could not be planned, change a limit and plan again.
error-plan_outdated-title = The plan is out of date
error-plan_outdated = “{ $course }” has changed since the plan was made: a seat is gone, or the session is closed. Nothing was booked. Plan again.
error-plan_until-title = Check the date
error-plan_until = Choose a date between tomorrow and a year from now.
error-unavailability-title = Check the dates
error-unavailability = The last day has to follow the first, and an absence cannot be longer than two years.

privacy-area-plans = Training plans
retention-plans = Training plans that were proposed
retention-plan_unavailabilities = Past unavailabilities

plan-title = Plan for me
tab-team-plan = Plan
plan-lead = One click proposes the bookings that keep the whole team compliant, at the least cost, with the least travel and absence. You adjust it, then book it all at once.
plan-start = Plan for me
plan-again = Plan again with these choices
plan-until = Compliant until
plan-until-error = Choose a date.
plan-budget = Budget at most, VAT included
plan-budget-hint = In euros. Empty: no limit.
plan-budget-cents-error = Write an amount in euros, such as 12500.
plan-site = Site
plan-site-all = All sites
plan-role = Job role
plan-role-all = All job roles
plan-priorities = Priorities and cost centre
plan-priorities-text = The plan adds up course prices, journeys and absences. Say what a journey and half a day of absence are worth: the more, the more the plan avoids them.
plan-trip = A journey is worth
plan-trip-hint = In euros, for each session away from the person's site.
plan-trip-cents-error = Write an amount between 0 and €100,000.
plan-half-day = Half a day of absence is worth
plan-half-day-hint = In euros, for each person.
plan-half-day-cents-error = Write an amount between 0 and €100,000.
plan-cost-center = Cost centre
plan-cost-center-none = None
plan-center = { $name } ({ $left } left)
plan-empty = No plan yet
plan-empty-text = Click “Plan for me”: a first proposal is there within seconds.

plan-state-queued = Waiting
plan-state-solving = Searching
plan-state-stopping = Stopping
plan-state-ready = Ready
plan-state-failed = Search interrupted
plan-state-cancelled = Plan stopped
plan-state-booked = Booked
plan-search = Searching for the best plan
plan-search-queued = The search begins in a moment.
plan-search-text = A first proposal is there within seconds and then gets better. The curve shows how far it may be from the best plan there is.
plan-gap = Distance to the best possible plan
plan-after = After
plan-seconds = { $seconds } s
plan-percent = { $percent }%
plan-stop = Stop
plan-stop-keep = Stop and keep this plan
plan-quality-best = The best possible plan
plan-quality-unknown = Distance to the best plan not known yet
plan-quality-gap = Within { $percent }% of the best plan
plan-failed-text = The search broke down several times. Plan again; if it fails once more, choose one site or a nearer date.
plan-cancelled-text = The search was stopped before its first proposal. Plan again whenever you like.
plan-nothing = Nothing to plan until { $until }
plan-nothing-text = Nothing is missing or runs out until then without being booked already.

plan-proposal = Proposal
plan-figure-seats = seats to book
plan-figure-price = total price, VAT included
plan-figure-trips = journeys
plan-figure-absence = of absence
plan-figure-unmet = requirements left out
plan-days = { $days } d
plan-gap-days = days without compliance remain: the plan found no earlier session.
plan-calendar = Calendar
plan-week = Week of { $day }
plan-seats-of = { $wanted ->
    [one] 1 seat wanted, { $left } free
   *[other] { $wanted } seats wanted, { $left } free
}
plan-not-bookable = Not enough seats left
plan-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
plan-mark-pinned = Pinned
plan-mark-forbidden = Ruled out
plan-wish-pinned = To be pinned
plan-wish-forbidden = To be ruled out
plan-wish-free = To be free again
plan-wish-pinned-do = Pin this booking
plan-wish-forbidden-do = Rule this booking out
plan-wish-free-do = Leave this booking to the plan
plan-changes = { $count ->
    [one] 1 change to plan again
   *[other] { $count } changes to plan again
}
plan-replan = Plan again
plan-outdated = A session has not enough seats any more

plan-gaps = What could not be planned
plan-gaps-text = For each requirement, the reason and what you can do.
plan-people = { $count } people: { $names }
plan-lost-pin = Pinned booking
plan-why-none = Nobody offers this course until { $until }.
plan-why-after = No session before { $until }: the next one is on { $when } ({ $place }).
plan-why-full = No seat left: the session of { $when } ({ $place }) is full, and so are the others.
plan-why-unavailable = { $name } is unavailable on { $day }, the day of the session ({ $place }).
plan-why-overlap = { $name } is in another session on { $when }.
plan-why-forbidden = You ruled out the session of { $when } ({ $place }).
plan-why-budget = The budget lacks { $missing } for the session of { $when } ({ $place }).
plan-why-shift = Too few people would be at work on { $day }: { $crew }.
plan-why-several = Several limits at once rule out the session of { $when } ({ $place }): { $rules }.
plan-advice-none = Ask a training organisation for a session, or move the plan's date further away.
plan-advice-after = Move the plan's date further away to book it.
plan-advice-full = Join the session's waiting list, or move the plan's date further away.
plan-advice-unavailable = Remove or move the unavailability, then plan again.
plan-advice-overlap = Move the other session, or the plan's date further away.
plan-advice-forbidden = Allow it again, then plan again.
plan-advice-budget = Raise the budget, then plan again.
plan-advice-shift = Lower the minimum at work, or find a replacement for that day.
plan-advice-several = Lift these limits one by one, then plan again.
plan-other-ways = Another way: lift { $ways }.
plan-rule-full = the lack of seats
plan-rule-unavailable = the unavailability
plan-rule-overlap = the other session
plan-rule-forbidden = your ban
plan-rule-budget = the budget
plan-rule-shift = the minimum at work
plan-rules-and = {", "}
plan-rules-or = {" or "}

plan-book = Book it all
plan-book-text = All seats or none: if a single one has gone meanwhile, nothing is booked and the plan says which.
plan-book-confirm = Book everything
plan-payment = Payment
plan-payment-invoice = By invoice and bank transfer
plan-payment-card = By card: each order is then to be paid, its seats are held meanwhile
plan-purchase-order = Your order number
plan-booked = Everything is booked
plan-booked-text = Each session has its order. Participants get their confirmation by e-mail.
plan-order = See the order
plan-order-pay = Pay

plan-limits = Limits
plan-limits-text = The plan always keeps to them. After a change, plan again.
plan-absences = Unavailable days
plan-absences-none = Nobody is unavailable.
plan-person = Person
plan-person-choose = Choose
plan-user-id-error = Choose a person.
plan-first-day = First day
plan-first-day-error = Choose the first day.
plan-last-day = Last day
plan-last-day-error = Choose the last day.
plan-from-to = { $first } to { $last }
plan-minimums = Minimum at work
plan-minimums-none = No minimum: everybody may leave on the same day.
plan-minimum = People
plan-minimum-error = Write a number of at least 1.
plan-minimum-of = { $minimum } of { $people }
plan-crew-error = Choose a site or a job role.
plan-add = Add
plan-remove = Remove
plan-limit-saved = Limit saved. Plan again to take it into account.
plan-limit-removed = Limit removed. Plan again to take it into account.
plan-gap-ask = See the courses, or ask for a session
