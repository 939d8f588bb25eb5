chart-as-table = See the figures as a table
privacy-area-reports = Reports asked for and sent
nav-reports = Reports
nav-reports-short = Reports
tab-reports = Reports
report-compliance = Compliance report
report-compliance-file = compliance
report-financial = Financial report
report-financial-file = finance
report-period = { $since } to { $until }
report-amounts = Amounts including VAT, in the month in which they were entered in the books
report-column-in = { $title } ({ $currency })
report-total = Total
report-by-month = Month
report-by-course = Course
report-by-cost-center = Cost centre
report-no-cost-center = No cost centre
report-orders = Orders
report-ordered = Ordered
report-cancelled = Cancelled
report-paid = Paid
report-financed = Covered by a third party
report-refunded = Refunded
report-revenue = Revenue
report-commission = Commission
report-net = Organisation's share
mail-report-ready-subject = { $title }: your report is ready
mail-report-ready-body = The report “{ $title }” of { $organization } is ready. Sign in to download it until { $until }: what it says does not travel by e-mail.
mail-report-ready-action = Download the report
mail-report-stopped-subject = A report is no longer sent to { $recipient }
mail-report-stopped-body = The scheduled report “{ $report }” of { $organization } to { $recipient } has stopped: this person may no longer read the organisation's reports. Nothing was sent to them.

    Choose another recipient if the report is still useful.
mail-report-stopped-action = See the scheduled reports
error-report_not_ready = The file is not ready yet: wait a moment, or ask for it again if it failed.
error-report_not_ready-title = Report being prepared
error-too_many_schedules = Your organisation already has { $most } scheduled reports: remove one first.
error-too_many_schedules-title = Too many scheduled reports
report-rate-is = Compliance rate: { $rate } (compliant, expiring soon and exempt)
report-as-of = As of { $day }
report-person = Person
report-requirement = Requirement
report-rate = Rate
report-matrix = People and requirements
report-by-requirement = By requirement
report-by-job-role = Job role
report-by-site = Site
report-by-contractor-type = Contract type
report-status-compliant = Compliant
report-status-expiring = Expiring soon
report-status-expired = Expired
report-status-missing = Missing
report-status-planned = Planned
report-status-exempt = Exempt
report-status = Status
report-count = Number
reports-title = Reports
reports-lead = The same figures on screen, as a file and by e-mail.
reports-none = Choose an organisation
reports-none-text = Open the reports from an organisation's page.
report-take-away = Export
report-export-as = Export this report as { $format }
report-file-started = The file is being prepared: it appears below as soon as it is ready.
report-file-waiting = Waiting
report-file-writing = Being prepared, { $percent }%
report-file-ready = Ready, { $size } KB
report-file-failed = Failed: ask for it again
report-schedule = Receive by e-mail
report-schedule-title = Receive this report by e-mail
report-schedule-lead = The report as shown, with its filters, is prepared every week or month. The e-mail leads to the file, behind the sign-in.
report-schedule-save = Schedule it
report-scheduled = The report is scheduled.
report-unschedule = Stop
report-unscheduled = This report will no longer be sent.
report-schedules = Scheduled reports
report-what = Report
report-recipient = Recipient
report-recipient-hint = A member who may read reports; this is checked each time it is sent.
report-how-often = How often
report-weekly = Every Monday
report-monthly = Every first of the month
report-format = Format
report-next = Next: { $day }
report-stopped = Stopped: the recipient may no longer read it
report-all = All
report-no-job-role = No job role
report-no-site = No site
report-rows = { $count ->
    [0] No row
    [one] One row
   *[other] { $shown } rows
}: one for each person and requirement
report-compliance-none = No requirement yet
report-compliance-none-text = As soon as rules apply to your teams, how they stand appears here.
report-rate-what = compliant, including expiring soon and exempt
report-statuses = Requirements by status
report-worst = The requirements with the lowest rates
report-rate-by-job-role = Rate by job role
report-rate-by-site = Rate by site
report-people = People
report-see-matrix = See the matrix
report-day = Until, or planned on
report-money-chart = Amounts including VAT
report-financial-none = Nothing moved in this period
report-financial-none-text = Choose a longer period.
report-grouped = Group by
report-grouped-what = Group

# The yearly training report (Cerfa 10443).
report-bpf = Yearly training report (BPF)
report-bpf-file = bpf
bpf-title-year = Yearly training report { $year } (bilan pédagogique et financier)
bpf-identity = Training declaration { $nda } · SIRET { $siret }
bpf-about = Income excluding VAT as entered in the books in the year, net of cancellations. Trainees and hours of the sessions that ended in the year, from presence and signed half-days. Costs (frame D) are not known here.
bpf-line = Line
bpf-source = Source of income
bpf-net = Amount excl. VAT
bpf-people = Number
bpf-hours = Hours
bpf-figure-income = Income excl. VAT
bpf-figure-trainees = Trainees
bpf-figure-trainers = Trainers
bpf-frame-c = C · Source of income
bpf-frame-e = E · People who gave training
bpf-frame-f1 = F-1 · Kinds of trainees
bpf-frame-f2 = F-2 · Of which subcontracted
bpf-frame-f3 = F-3 · General objective
bpf-frame-f4 = F-4 · Specialities
bpf-frame-g = G · Trainees entrusted by another organisation
bpf-source-1 = Companies, for their employees
bpf-source-2e = Personal training account (CPF)
bpf-source-2h = OPCO, companies’ training plans
bpf-source-3 = Public bodies, for their staff
bpf-source-9 = Individuals at their own expense
bpf-source-10 = Other training organisations
bpf-source-11 = Other income
bpf-income-total = Total income
bpf-trainer-internal = Employee of the organisation
bpf-trainer-external = External (subcontracted)
bpf-trainee-employee = Employee of a private employer
bpf-trainee-apprentice = Apprentice
bpf-trainee-jobseeker = Job seeker
bpf-trainee-individual = Individual at their own expense
bpf-trainee-other = Other trainee
bpf-total = Total
bpf-remote = Of which some or all at a distance
bpf-subcontracted = Given by external trainers
bpf-entrusted = Entrusted by another organisation
bpf-missing = Data to complete
bpf-missing-none = Nothing is missing
bpf-missing-count = { $count ->
    [one] One item to complete
   *[other] { $count } items to complete
  }
bpf-gap = Changes the totals
bpf-gap-soft = To be specified
bpf-choose = Choose…
bpf-state-trainee = Kind of trainee
bpf-state-trainer = Status of the trainer
bpf-stated = The report is up to date.
bpf-missing-nda = The training declaration number is missing.
bpf-missing-siret = The SIRET is missing.
bpf-missing-unjudged = { $course }, { $day }: { $count ->
    [one] one person has not been judged present or absent
   *[other] { $count } people have not been judged present or absent
  }, not counted.
bpf-missing-sheet = { $course }, { $day }: { $count ->
    [one] one half-day is not signed for
   *[other] { $count } half-days are not signed for
  }, counted as followed.
bpf-missing-no-trainer = { $course }, { $day }: no trainer, its hours are nobody’s.
bpf-missing-trainer = { $name }: employee or external? Counted as an employee.
bpf-missing-trainee = { $name } ({ $course }, { $day }): paid by the CPF, status unknown. Counted among other trainees.
bpf-missing-objective = { $course }: no objective stated, counted among other professional training.
bpf-missing-nsf = { $course }: no speciality (NSF) stated.
bpf-missing-funder = { $name }: a third party that is neither OPCO nor CPF, counted among other income.
bpf-missing-funding = { $name }: funding requested, not answered yet.
bpf-missing-currency = An order of { $name } is in another currency than the euro: it is not counted.
