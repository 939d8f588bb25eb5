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
school-report = Financial report
school-ratings = Reviews
school-said = Last comments
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

# Quality (Qualiopi indicators) and satisfaction surveys.
tab-teach-quality = Quality
quality-title = Quality
quality-none = No quality report here
quality-none-text = This report is for those who run a training organisation.
quality-year = Year
quality-show = Show
quality-empty = No session ended this year
quality-empty-text = The indicators fill up when the first session ends.
quality-summary = { $sessions ->
    [one] 1 session held
   *[other] { $sessions } sessions held
}, { $learners } participants, { $hours } followed.
quality-sessions = Sessions
quality-learners = Participants
quality-completion-rate = Completion
quality-success-rate = Success
quality-abandon-rate = Abandonment
quality-hot-satisfaction-rate = Satisfied at the end
quality-hot-response-rate = Answers at the end
quality-cold-satisfaction-rate = Satisfied after 3 months
quality-cold-response-rate = Answers after 3 months
quality-recommendation = Recommendation
quality-basis-judged = { $count ->
    [one] of 1 participant judged
   *[other] of { $count } participants judged
}
quality-basis-answers = { $answered } answers of { $sent }, mean { $mean } / 5
quality-basis-recommendation = from −100 to +100
quality-course = Course
quality-chart = Success by course
quality-by-course = Indicators by course
quality-whole = Whole
quality-about = Sessions that ended in the period. Completion: who came, of those the trainer has judged and those who gave up on the way. Satisfied: 4 or 5 out of 5.
quality-missing = Missing data
quality-whole-data = Nothing is missing: the figures are whole.
quality-missing-nda = The training provider number (NDA) is not filled in.
quality-missing-certifier = The Qualiopi certifier is not filled in.
quality-missing-expired = The Qualiopi certificate is out of date.
quality-missing-unjudged = { $count ->
    [one] { $course }, { $day }: 1 participant without a result.
   *[other] { $course }, { $day }: { $count } participants without a result.
}
quality-missing-objectives = { $course }: no learning objectives.
quality-mend-nda = Fill in
quality-mend-certifier = Fill in
quality-mend-expired = Bring up to date
quality-mend-unjudged = Validate
quality-mend-objectives = Our courses
quality-comments = What participants write
quality-no-comments = No comment in the period.
quality-said-hot = { $rating } / 5 at the end · { $course } · { $day }
quality-said-cold = { $rating } / 5 after 3 months · { $course } · { $day }
report-quality = Quality report
report-quality-file = quality

survey-title = Your opinion
survey-hello = Hello { $name },
survey-lead-hot = how did this course go? It takes a minute, and your name is not shown to the school.
survey-lead-cold = three months have passed: what remains of this course? Your name is not shown to the school.
survey-overall = All in all
survey-content = The content
survey-trainer = The trainer
survey-practice = I use what I learned
survey-recommend = Would you recommend it to a colleague?
survey-comment = Anything else (optional)
survey-worst = not at all satisfied
survey-best = very satisfied
survey-never = never
survey-surely = without hesitation
survey-send = Send my opinion
survey-incomplete = Give a mark to each question, then send.
survey-done = Thank you!
survey-done-text = Your opinion is on record. It helps the school get better.
survey-missing = This link leads nowhere any more
survey-missing-text = Questions are open for 60 days after the message. You have done nothing wrong.
mail-survey-hot-subject = Your opinion of “{ $course }”
mail-survey-hot-body =
    Hello { $name },

    You took “{ $course }” ({ $days }) with { $organization }. How did it go?

    A few marks will do, in a minute and without signing in. Your name is not shown to the school.
mail-survey-hot-action = Give my opinion
mail-survey-cold-subject = Three months after “{ $course }”
mail-survey-cold-body =
    Hello { $name },

    Three months ago you took “{ $course }” ({ $days }) with { $organization }. What remains of it in your work?

    A few marks will do, in a minute and without signing in. Your name is not shown to the school.
mail-survey-cold-action = Give my opinion

privacy-area-surveys = Satisfaction surveys
privacy-kept-surveys = Your satisfaction marks
privacy-kept-surveys-why = The marks alone, among the school’s figures, for 7 years after the session; your words are erased.
retention-surveys = Satisfaction surveys
error-survey_answered-title = Opinion given already
error-survey_answered = You have answered this survey already. Thank you!

# The papers of a session.
papers-title = Documents
papers-programme = Programme
papers-programme-open = See the course
papers-contracts = Contracts of individuals
papers-conventions = Training agreements
papers-conventions-open = Download
papers-attendance = Attendance, half-days over
papers-attendance-open = Open the sheet
papers-certificates = Certificates
papers-certificates-open = Issued certificates
papers-invoices = Invoices
papers-invoices-open = See the invoices
papers-nothing = Nothing to produce
papers-there = Complete: { $done } / { $total }
papers-missing = Missing: { $done } / { $total }
papers-call = Send convocations again
papers-called = { $count ->
    [0] Convocations were sent within the hour
    [one] 1 convocation sent
   *[other] { $count } convocations sent
}
papers-called-text = Everybody also gets theirs as soon as they are confirmed.

school-demand = Sessions asked for
school-demand-note = What people wait for without a published date
school-demand-from = From { $month }
school-demand-seats = { $seats ->
    [one] 1 seat
   *[other] { $seats } seats
} · { $people ->
    [one] 1 person
   *[other] { $people } people
}
