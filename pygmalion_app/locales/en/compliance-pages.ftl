# Dashboard, compliance matrix and rules, as managers see them.
nav-dashboard = Dashboard
nav-dashboard-short = Board
tab-team = Overview
tab-team-matrix = Matrix
tab-team-rules = Requirements
tab-team-certificates = Certificates to check
dashboard-views = Your dashboards
dashboard-manager = My team
dashboard-school = Training organisation
dashboard-learner = My training
dashboard-none = Nothing to steer here
dashboard-none-text = Your courses and certificates wait for you in your own area.

# Words of the statuses: always with their colour and sign.
compliance-status-compliant = Valid
compliance-status-expiring = Expiring soon
compliance-status-expired = Expired
compliance-status-missing = Missing
compliance-status-planned = Planned
compliance-status-exempt = Exempt
compliance-short-compliant = Valid
compliance-short-expiring = Expiring
compliance-short-expired = Expired
compliance-short-missing = Missing
compliance-short-planned = Planned
compliance-short-exempt = Exempt
compliance-short-none = Not required

manager-lead = { $people ->
    [0] Invite your team to follow its qualifications here.
    [one] 1 person followed. What is urgent comes first.
   *[other] { $people } people followed. What is urgent comes first.
}
manager-book = Book a course
manager-matrix = Open the matrix
manager-compliance = Compliance
manager-rate = of requirements met
manager-rate-said = { $rate }% of the requirements are met
manager-rate-none = No requirements yet
manager-rate-none-text = Say what each job must hold: compliance then works itself out.
manager-rate-none-action = Set the requirements
manager-team = Team
manager-team-people = { $count ->
    [one] person
   *[other] people
}
manager-team-clear = { $count ->
    [0] nobody has everything in order
    [one] 1 has everything in order
   *[other] { $count } have everything in order
}
manager-team-none = { $count ->
    [0] everybody has a job role
    [one] 1 without a job role
   *[other] { $count } without a job role
}
manager-team-link = See the details
manager-budget = Budget
manager-budget-used = used
manager-budget-spent = Spent
manager-budget-committed = Committed
manager-budget-left = Left
manager-budget-of = of { $amount }
manager-budget-none = No budget this year
manager-budget-none-text = Set an amount to see what is committed before it is spent.
manager-budget-link = Budget details
manager-budget-set = Set a budget
manager-budget-said = { $percent }% of the budget is used
manager-alerts = To deal with
manager-alerts-all = Manage the alerts
manager-alerts-none = Nothing to deal with
manager-alerts-none-text = Nothing expired or missing, and nothing expires within 30 days.
manager-alert-expired = { $count ->
    [one] expired qualification
   *[other] expired qualifications
}
manager-alert-expired-next = { $people ->
    [one] 1 person concerned: book a refresher
   *[other] { $people } people concerned: book a refresher
}
manager-alert-missing = { $count ->
    [one] mandatory course missing
   *[other] mandatory courses missing
}
manager-alert-missing-next = { $people ->
    [one] 1 person concerned: enrol them in a session
   *[other] { $people } people concerned: enrol them in a session
}
manager-alert-expiring = { $count ->
    [one] qualification expires within { $days } days
   *[other] qualifications expire within { $days } days
}
manager-alert-expiring-next = { $people ->
    [one] 1 person concerned: time to book a refresher
   *[other] { $people } people concerned: time to book a refresher
}
manager-alert-unassigned = { $count ->
    [one] person without a job role
   *[other] people without a job role
}
manager-alert-unassigned-next = Without a role no requirement applies: give them one
manager-upcoming = Upcoming training
manager-upcoming-all = See all
manager-upcoming-none = No session booked
manager-upcoming-none-text = Your team’s sessions will appear here, with the number of people enrolled.
manager-enrolled = { $count ->
    [one] 1 enrolled
   *[other] { $count } enrolled
}
manager-timeline = Expiries of the next 12 months
manager-timeline-text = How many qualifications come to their end each month.
compliance-timeline = Qualifications that end, month by month
compliance-month-said = { $month }: { $count ->
    [0] no qualification ends
    [one] 1 qualification ends
   *[other] { $count } qualifications end
}

# Matrix
matrix-title = Compliance matrix
matrix-lead = Everybody against what their job asks for. Open a cell for the proof, the history and what to do.
matrix-search = Find a person
matrix-role = Job role
matrix-site = Site
matrix-status = Status
matrix-before = Expires before
matrix-on = What if it were…
matrix-clear = Show everything
matrix-all = All
matrix-todo = To deal with
matrix-person = Person
matrix-keys = Compliance matrix. Arrows to move, Enter to open a cell.
matrix-summary = { $count ->
    [0] Nobody
    [one] { $shown } person
   *[other] { $shown } people
}
matrix-summary-of = { $count ->
    [0] Nobody of { $total }
    [one] { $shown } person of { $total }
   *[other] { $shown } people of { $total }
}
matrix-rate = { $rate }% met
matrix-what-if = As of { $day }: { $rate }% compliance, { $out ->
    [0] nobody out of compliance
    [one] 1 person out of compliance
   *[other] { $out } people out of compliance
}
matrix-what-if-text = How things would stand that day if nothing else were booked. Sessions already booked still show as “Planned”.
matrix-today = Back to today
matrix-nobody = Nobody matches
matrix-nobody-text = Search for less, or drop a filter.
matrix-empty = No requirement applies yet
matrix-empty-text = Publish what your job roles require: the matrix fills at once.
matrix-unassigned = No job role
matrix-tally-compliant = { $count ->
    [one] 1 valid
   *[other] { $count } valid
}
matrix-tally-expiring = { $count ->
    [one] 1 expiring soon
   *[other] { $count } expiring soon
}
matrix-tally-expired = { $count ->
    [one] 1 expired
   *[other] { $count } expired
}
matrix-tally-missing = { $count ->
    [one] 1 missing
   *[other] { $count } missing
}
matrix-tally-planned = { $count ->
    [one] 1 planned
   *[other] { $count } planned
}
matrix-tally-exempt = { $count ->
    [one] 1 exempt
   *[other] { $count } exempt
}
matrix-tally-none = No requirement

# Panel of a cell
cell-all = Everything they must hold
cell-none = Nothing is asked of this person
cell-none-text = Give them a job role, or publish what theirs requires.
cell-proof = Proof
cell-proof-none = No proof on record.
cell-proof-open = Open the certificate
cell-proof-here = Certificate issued here
cell-proof-elsewhere = Certificate obtained elsewhere, checked
cell-obtained = Obtained on { $day }
cell-next = What to do
cell-book = See the sessions
cell-assign = Assign to a session
cell-history = History
cell-history-none = Nothing on record yet.
cell-exempt = Exempt this person
cell-exempt-reason = Reason
cell-exempt-reason-hint = An auditor will be shown this.
cell-exempt-reason-needed = Say why: an auditor will ask.
cell-exempt-until = Until
cell-exempt-grant = Grant the exemption
cell-exempt-granted = Exemption granted.
cell-exemption = Exemption
cell-exempt-since = Granted on { $day } by { $name }
cell-exempt-last = Until { $day }
cell-exempt-forever = Without an end
cell-exempt-end = End the exemption
cell-exempt-ended = Exemption ended.
cell-booked = A session is booked on { $day }.
cell-is-compliant = Valid until { $day }.
cell-is-compliant-forever = Valid without an end.
cell-is-expiring = Valid until { $day } only.
cell-is-expired = Expired since { $day }.
cell-is-missing = Never obtained, or no proof on record.
cell-is-planned = Not held yet: a session is booked on { $day }.
cell-is-exempt = Need not hold it.
cell-do-compliant = Nothing to do before it ends. You can already look for a session.
cell-do-expiring = Book a refresher before it ends, so that nothing is interrupted.
cell-do-expiring-booked = The refresher is booked: just make sure that it takes place in time.
cell-do-expired = This person must not do this work any more. Book the next session, or add a certificate obtained elsewhere.
cell-do-missing = Enrol this person in a session, or add a certificate obtained elsewhere.
cell-do-planned = Nothing more to do: the status changes when the certificate is issued.
cell-do-exempt = The exemption holds until it is ended.

cell-until = valid until { $day }
rules-code-needed = Choose the course that meets this requirement.
rules-preview-rate = Compliance of the team: { $before } today, { $after } then.
rules-name-needed = Give a name and choose a time zone.
profession-aerodrome = Aerodrome operator
profession-handling = Ground handler
profession-security = Security company
profession-cargo = Regulated cargo agent
profession-airline = Airline
profession-maintenance = Part-145 workshop
profession-catering = Catering and supplies
profession-shops = Airport shop

# Requirements, job roles, sites
rules-title = Requirements
rules-lead = What each job role, site or type of contract must hold. Nothing changes before you publish.
rules-views = Requirements, job roles and sites
rules-sets = Requirements
rules-roles = Job roles
rules-sites = Sites
rules-people = No job role
rules-none = No requirements yet
rules-none-text = Start from the profession’s matrix: each job role already has its courses there. Then adjust.
rules-start = Start from the profession’s matrix
rules-start-title = Start from the profession’s matrix
rules-start-text = Job roles and their requirements are created and apply from today to the people who do this work. What you have already stays as it is.
rules-start-kind = Your business
rules-start-go = Take these requirements over
rules-started = { $count ->
    [0] Everything was there already: nothing was added.
    [one] 1 job role added with its requirements.
   *[other] { $count } job roles added with their requirements.
}
rules-new = New requirements
rules-new-title = New requirements
rules-set-name = Name
rules-set-name-hint = For example: Ramp agents, Lyon site
rules-set-role = For the job role
rules-set-site = For the site
rules-set-contractor = For the type of contract
rules-everybody = Everybody
rules-create = Create the draft
rules-created = Draft created. Add the requirements.
rules-for-role = Job role: { $name }
rules-for-site = Site: { $name }
rules-for-contractor = Contract: { $name }
rules-count = { $count ->
    [0] No requirement
    [one] 1 requirement
   *[other] { $count } requirements
}
rules-in-force = In force since { $day }
rules-from = Applies from { $day }
rules-draft = Draft
rules-back = All requirements
rules-edit = Change
rules-edit-text = Your changes go into a draft; what is in force applies until you publish.
rules-add = Add a requirement
rules-add-title = Add a requirement
rules-change-title = Change the requirement
rules-course = Course
rules-or = Or one of these courses
rules-or-hint = Any one will do, for example the initial course or the refresher.
rules-months = Validity in months
rules-months-hint = Empty: the one on the certificate.
rules-anchor = Counted from
rules-anchor-date = the day of the certificate
rules-anchor-month_end = the end of the month
rules-anchor-semester = the end of the half-year
rules-window = Renewable without losing the date, in months before it ends
rules-remove = Remove
rules-save = Save
rules-saved = Saved in the draft.
rules-removed = Removed from the draft.
rules-rule-months = { $months ->
    [one] 1 month
   *[other] { $months } months
}
rules-rule-own = as the certificate says
rules-rule-window = { $months ->
    [one] renewable 1 month before
   *[other] renewable { $months } months before
}
rules-rule-recency = { $months ->
    [one] lost after 1 month without practice
   *[other] lost after { $months } months without practice
}
rules-rule-hours = { $hours } h in each period of { $months } months
rules-preview = What publishing does
rules-preview-loses = { $count ->
    [0] Nobody becomes non-compliant.
    [one] This change makes 1 person non-compliant.
   *[other] This change makes { $count } people non-compliant.
}
rules-preview-gains = { $count ->
    [0] Nobody becomes compliant.
    [one] 1 person becomes compliant.
   *[other] { $count } people become compliant.
}
rules-preview-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
rules-effective = Applies from
rules-publish = Publish
rules-published = Published: statuses are being computed again.
rules-discard = Drop the draft
rules-discarded = Draft dropped.
rules-draft-empty = Nothing is asked here yet
rules-draft-empty-text = Add a first requirement, then publish.
rules-archive = Delete these requirements
rules-archive-title = Delete these requirements?
rules-archive-text = They will apply to nobody any more. The history stays.
rules-archived = Requirements deleted.

roles-add = Add a job role
roles-name = Name of the job role
roles-people = { $count ->
    [0] nobody
    [one] 1 person
   *[other] { $count } people
}
roles-rename = Rename
roles-rename-title = Rename the job role
roles-archive = Delete
roles-archive-title = Delete this job role?
roles-archive-text = { $count ->
    [0] Nobody does it. Its requirements will not apply any more.
    [one] 1 person does it: they would be left without a role, and so without requirements, until you give them another.
   *[other] { $count } people do it: they would be left without a role, and so without requirements, until you give them another.
}
roles-move = Give these people instead
roles-move-none = No other job role
roles-saved = Job role saved.
roles-archived = Job role deleted.
roles-none = No job role
roles-none-text = A job role gathers the people who must hold the same things.
sites-add = Add a site
sites-name = Name of the site
sites-zone = Time zone
sites-zone-hint = Days are counted by the site’s clock.
sites-change-title = Change the site
sites-change = Change
sites-saved = Site saved.
sites-close = Close the site
sites-close-title = Close this site?
sites-close-people = { $count ->
    [0] Nobody works there.
    [one] 1 person works there.
   *[other] { $count } people work there.
}
sites-close-sets = { $count ->
    [one] 1 set of requirements is for this site alone: without another site, it ends.
   *[other] { $count } sets of requirements are for this site alone: without another site, they end.
}
sites-move = Move everything to
sites-move-none = No other site
sites-closed = Site closed.
sites-none = No site
sites-none-text = Add your places of work to filter the matrix and to ask for things by site.
people-none = Everybody has a job role
people-none-text = People without a job role appear here: nothing is asked of them until they have one.
people-give = Give a job role
people-choose = Choose…
people-given = { $name }: job role saved.

rules-exceptions = Exceptions

# Exemptions and equivalences
exceptions-requirement = Requirement
exceptions-person = Find a person
exceptions-found = Person
exceptions-search-first = Type a name to find the person.
exceptions-member-needed = Choose the person.
exceptions-requirement-needed = Choose the requirement.
exceptions-reason-needed = Say why: an auditor will ask.
exceptions-until-wrong = There is no such day.
exceptions-courses-needed = Choose two different courses.
exceptions-state = State
exceptions-end = End
exceptions-end-title = End it now?
exceptions-end-now = End it now
exemptions-title = Exemptions
exemptions-lead = Who need not hold a qualification, and why.
exemptions-add = Grant an exemption
exemptions-none = No exemption
exemptions-none-text = Everybody must hold what their job asks for.
exemptions-over = Ended on { $day }
exemptions-end-text = “{ $title }” will be required again from now on.
equivalences-title = Equivalences
equivalences-lead = Which course stands for another one in your requirements.
equivalences-add = Add an equivalence
equivalences-save = Add
equivalences-none = No equivalence
equivalences-none-text = Each requirement is met by its own course alone.
equivalences-course = The course
equivalences-for = Stands for
equivalences-own = Yours
equivalences-profession = The whole profession
equivalences-look = Choose both courses to see whom it changes.
equivalences-met = { $count ->
    [0] Today it changes nothing for anybody.
    [one] 1 person would meet a requirement that they lack:
   *[other] { $count } people would meet a requirement that they lack:
}
equivalences-lost = { $count ->
    [0] Today it changes nothing for anybody.
    [one] 1 person would no longer meet a requirement:
   *[other] { $count } people would no longer meet a requirement:
}
equivalences-added = Equivalence added.
equivalences-ended = Equivalence ended.
