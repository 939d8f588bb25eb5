# The dashboard and the calendar of a training organisation.
school-lead = What needs doing today, the sessions ahead, what they bring in and what people say of them.
school-none = No training organisation
school-none-text = This page is for training organisations and their trainers.
school-figures = Figures
school-percent = { $value }%
school-ahead = sessions within 90 days
school-at-risk = { $count ->
    [0] all have enough people
    [one] 1 still needs people
   *[other] { $count } still need people
}
school-fill = of the seats taken
school-this-month = sold this month
school-month-before = { $amount } the month before
school-rating = out of 5, mean rating
school-opinions = { $count ->
    [one] 1 review
   *[other] { $count } reviews
}
school-to-do = To do today
school-nothing-to-do = Nothing waits. Everything is signed, validated and full enough.
school-more-tasks = And { $count } more, in your sessions
school-task-conflict = Conflict
school-task-conflict-text = The trainer has another session at the same time.
school-task-below-minimum = To decide
school-task-below-minimum-text = { $count ->
    [one] 1 person is missing to hold the session: remind people, move it or call it off.
   *[other] { $count } people are missing to hold the session: remind people, move it or call it off.
}
school-task-no-trainer = No trainer
school-task-no-trainer-text = Say who leads this session.
school-task-countersign = To sign
school-task-countersign-text = { $count ->
    [one] 1 half-day without the trainer’s signature.
   *[other] { $count } half-days without the trainer’s signature.
}
school-task-validate = To validate
school-task-validate-text = { $count ->
    [one] 1 participant waits for the result.
   *[other] { $count } participants wait for their results.
}
school-task-waiting = Waiting list
school-task-waiting-text = { $count ->
    [one] The session is full and 1 request waits: another date would be taken.
   *[other] The session is full and { $count } requests wait: another date would be taken.
}
school-next = Next sessions
school-no-session = No session is planned.
school-all-sessions = All sessions
school-floor = The notch marks the minimum of people
school-held = Will be held
school-full = Full
school-full-waiting = Full, { $count } waiting
school-missing = { $count ->
    [one] 1 person missing
   *[other] { $count } people missing
}
school-conflict = Trainer conflict
school-revenue = Revenue
school-revenue-text = Sales by month, including VAT, after cancellations
school-revenue-net = Your part
school-revenue-commission = Commission
school-month = Month
school-no-revenue = No sale in the last twelve months.
school-report = Payouts
school-ratings = Reviews
school-no-rating = No review yet: they come after sessions.
school-stars = { $rating } out of 5

tab-teach-calendar = Calendar
calendar-before = Month before
calendar-after = Month after
calendar-today = Today
calendar-nothing = No session this month.
calendar-mon = Mon
calendar-tue = Tue
calendar-wed = Wed
calendar-thu = Thu
calendar-fri = Fri
calendar-sat = Sat
calendar-sun = Sun
calendar-trainers = Trainers’ planning
calendar-trainer-days = { $count ->
    [one] 1 day taken
   *[other] { $count } days taken
}
