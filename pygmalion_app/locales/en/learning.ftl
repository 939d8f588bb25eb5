### The learner's dashboard, recommendations, calendar.

learner-title = Hello { $name }
learner-to-do = { $count ->
    [0] Nothing to do: you are up to date.
    [one] 1 requirement needs your attention.
   *[other] { $count } requirements need your attention.
}
learner-rate = up to date
learner-rate-none = Nothing required of you
learner-of = { $satisfied } of { $required }
learner-satisfied = Requirements met
learner-completed = Courses completed within a year
learner-hours = Time trained within a year
learner-next = Next session
learner-next-none = Nothing booked
learner-due = To do
learner-due-empty = You are up to date
learner-due-empty-text = Nothing ends within 90 days and nothing is missing.
learner-due-none = No requirements
learner-due-none-text = Your organisation asks for no training yet. Your certificates are watched all the same.
learner-booked = Booked
learner-booked-none = No session booked
learner-booked-none-text = Sessions booked for you will appear here with their hours and place.
learner-booked-all = All my sessions
learner-certificates = My certificates
learner-certificates-all = All my certificates
learner-certificates-none = No certificate yet
learner-certificates-none-text = Your certificates will appear here as soon as a course is done. You can also add those obtained elsewhere.
learner-certificates-add = Add a certificate obtained elsewhere
learner-planned = Session on { $day }
learner-ends = until { $day }
learner-ended = expired since { $day }
learner-forever = without an end
learner-days-left = { $days ->
    [0] last day today
    [one] 1 day left
   *[other] { $days } days left
}
learner-status-missing = Missing
learner-status-expired = Expired
learner-status-expiring = Expiring soon
learner-status-planned = Session booked
learner-status-compliant = Up to date
learner-status-exempt = Exempt

learner-recommended = Recommended for you
learner-recommended-lead = The most pressing first, each with its reason.
learner-recommended-none = No recommendations
learner-recommended-none-text = Everything is up to date or booked already.
learner-session = See the session
learner-session-none = No open session for now
learner-session-search = Search the catalogue
reason-expired = Required by { $organization }; your certificate ended on { $day }.
reason-expired-plain = Required by { $organization }; your certificate has ended.
reason-missing = Required by { $organization } for your job; you do not hold it yet.
reason-expiring = Required by { $organization }; your certificate ends on { $day }.
reason-renewal = Your certificate ends on { $day }.
reason-renewal-ended = Your certificate ended on { $day }.
reason-colleagues = { $people } colleagues working as “{ $role }” took or booked it.

calendar-title = In your calendar
calendar-lead = Subscribe your calendar to this address: your sessions appear and correct themselves there.
calendar-address = Address of your calendar
calendar-hint = It is private: whoever has it reads your sessions.
calendar-copy = Copy the address
calendar-copied = The address is copied.
calendar-open = Open in my calendar
calendar-show = Show the address
calendar-renew = Change the address
calendar-renew-title = Change the address of the calendar?
calendar-renew-text = The present address will answer no more. You will have to subscribe your calendars to the new one.
calendar-renew-do = Change the address
calendar-renewed = Your calendar has a new address.
calendar-name = Pygmalion training
calendar-bring = To bring: { $what }
calendar-cancelled = Cancelled: { $course }

privacy-area-calendar = Calendar: the private address of your calendar and the version of each session
