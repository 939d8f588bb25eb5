# Catalogue, course page, organisation page.
catalog-title = Aviation training courses
catalog-description = Compare aviation training sessions: security, dangerous goods, aerodrome, maintenance, crew. Live seats, prices and dates.
catalog-lead = Security, dangerous goods, aerodrome, maintenance, crew: seats updated live.
search-label = Search for a course
search-placeholder = Job, code, regulation… e.g. DGR 7.3, 11.2.6.2, airside permit
results-count = { $count ->
    [0] No course
    [one] 1 course
   *[other] { $count } courses
}
filters = Filters
filters-show = Show results
filters-clear = Clear all
filter-any = Any
filter-category = Field
filter-modality = Modality
filter-place = Place
filter-month = Month
filter-price = Highest price (€ excl. VAT)
filter-language = Language
filter-seats = Free seats
filter-seats-value = { $count ->
    [one] At least 1 seat
   *[other] At least { $count } seats
}
filter-q = Search
sort-label = Sort by
sort-relevance = Relevance
sort-date = Soonest date
sort-price = Lowest price
sort-rating = Best rated
no-session-yet = Dates to come
place-remote = Remote
reviews-count = { $count ->
    [0] No review yet
    [one] 1 review
   *[other] { $count } reviews
}
from-price = from
quality-label = Qualiopi
quality-explained = Organisation certified Qualiopi (French quality mark)
next-session = Next session
see-course = See the course
catalog-empty-title = No course fits
catalog-empty-text = Loosen a criterion, or look at the nearest courses below.
catalog-empty-drop = Without the criterion “{ $filter }”: { $total } courses
catalog-empty-drop-generic = Widen the search
catalog-nearest = Nearest to your search
error-search-invalid = This criterion is not understood: { $field }. Correct it or clear the filters.

course-back = Catalogue
course-description = Description
course-objectives = After the course you will be able to
course-legal = Legal basis
course-validity = Validity
validity-unlimited = No expiry
validity-years = { $count ->
    [one] 1 year
   *[other] { $count } years
}
validity-months = { $count } months
validity-anchor-date = from the date of success
validity-anchor-month_end = to the end of the month it expires in
validity-anchor-month = counted in whole months
validity-anchor-semester = per calendar half-year
validity-anchor-season = per winter season
validity-anchor-none = { "" }
validity-window = A renewal within the last { $count } months keeps the anniversary date.
course-duration = Duration
course-modality = Modality
course-language = Language
course-place = Place
course-code = Reference
course-prerequisites = Prerequisites
course-methods = Methods and means
course-evaluation = Assessment
course-accessibility = Accessibility and disability
course-bring = What to bring
course-sessions = Available sessions
course-sessions-live = Seats updated live
course-no-session = No open session for now
course-no-session-text = This organisation has not published a date yet. Ask for one, or see equivalent courses.
course-equivalent = Equivalent courses
course-refunds = Cancellation and refund
refund-tier = { $percent ->
    [0] Less than { $days } days before: no refund
   *[other] Up to { $days } days before the start: { $percent }% refunded
}
refund-zero = After that: no refund
refund-organizer = Session cancelled by the organisation: 100% refunded.
course-reviews = What participants say
course-no-review = No review yet: be the first after your session.
rating-out-of = { $rating } out of 5
enrol = Enrol
enrol-full = Full
session-choose = Choose the session of { $dates }
session-per-person = per person
course-organization = Organisation
course-about = Offered by
course-missing-title = This course is not in the catalogue
course-missing-text = It may have been taken down, or the address is incomplete.
table-dates = Dates
table-place = Place
table-seats = Seats
table-price = Price excl. VAT
table-language = Language
organization-title = Training organisation
organization-courses = Courses offered
organization-missing-title = This organisation is not listed
organization-missing-text = It may have left the platform, or the address is incomplete.
organization-siret = SIRET
organization-nda = Activity declaration
organization-quality = Quality certification
organization-quality-until = { $certifier }, valid until { $date }
organization-quality-none = Not certified
organization-website = Website
organization-vat = VAT
rating-scale = out of 5

# Reports of a course or a review.
report-course = Report this course
report-review = Report this review
report-this = Report
report-content-lead = Pygmalion’s team reads your report. The organisation does not learn who sent it.
report-reason = Reason
report-choose = Choose a reason
report-reason-missing = Choose a reason.
report-reason-misleading = Misleading information
report-reason-unlawful = Unlawful content
report-reason-unsafe = Danger to safety or security
report-reason-offensive = Offensive words
report-reason-private = A person’s private life
report-reason-fake = Fake review or course
report-reason-other = Other
report-note = Details (optional)
report-note-hint = What we should look at: a sentence, a date, a legal text.
report-send = Send the report
report-sent = Report sent
report-sent-text = You will be told what becomes of it.
error-already_reported-title = Already reported
error-already_reported = Your earlier report is still being looked at.
error-nothing_reported-title = No report
error-nothing_reported = Nothing is reported here, or the content is gone.
error-course_suspended-title = Course hidden
error-course_suspended = This course was hidden after a report. Answer Pygmalion’s team: only they put it back online.
retention-content_reports = Decided reports
moderation-title = Moderation
moderation-lead = Courses and reviews that were reported. The organisation and whoever reported them are told of your decision.
moderation-open = To decide
moderation-kept = Kept
moderation-hidden = Hidden
moderation-empty = Nothing here
moderation-empty-text = What is reported in the catalogue appears here, the most often reported first.
moderation-course = Course
moderation-review = Review
moderation-count = { $count ->
    [one] One report
   *[other] { $count } reports
}
moderation-state-open = Online, to decide
moderation-state-kept = Online
moderation-state-hidden = Hidden
moderation-decide = Decide
moderation-decide-title = What is to become of it?
moderation-notes = What people wrote
moderation-decision = Decision
moderation-do-keep = Keep, or put back online
moderation-do-hide = Hide
moderation-do-reply = Write to the organisation without deciding
moderation-answer = Message to the organisation
moderation-answer-hint = Needed to hide or to write. Name nobody in it.
moderation-answer-missing = Write a message to the organisation: it must know why.
moderation-answered = Message to the organisation:
moderation-confirm = Confirm
moderation-done-keep = The content is online, the reports are closed.
moderation-done-hide = The content is hidden, the organisation is told.
moderation-done-reply = The message is on its way.
tab-admin-moderation = Moderation
mail-course-hidden-subject = Course hidden: { $course }
mail-course-hidden-body =
    Hello { $first_name },

    Your course “{ $course }” was reported, and then taken out of the catalogue by Pygmalion’s team. Seats that are booked stay booked.

    { $answer }

    Correct it, then answer this message: it goes back online after another look.
mail-course-hidden-action = See our courses
mail-course-asked-subject = A question on your course: { $course }
mail-course-asked-body =
    Hello { $first_name },

    Your course “{ $course }” was reported. It stays online. Pygmalion’s team writes to you:

    { $answer }
mail-course-asked-action = See our courses
mail-course-back-subject = Course online: { $course }
mail-course-back-body =
    Hello { $first_name },

    After another look, your course “{ $course }” is in the catalogue.

    { $answer }
mail-course-back-action = See our courses
mail-review-hidden-subject = A review hidden: { $course }
mail-review-hidden-body =
    Hello { $first_name },

    A review of your course “{ $course }” was reported, and then hidden. It no longer counts in its rating.

    { $answer }
mail-review-hidden-action = See our courses
mail-review-asked-subject = A question on a review: { $course }
mail-review-asked-body =
    Hello { $first_name },

    A review of your course “{ $course }” was reported. Pygmalion’s team writes to you:

    { $answer }
mail-review-asked-action = See our courses
mail-review-back-subject = A review kept: { $course }
mail-review-back-body =
    Hello { $first_name },

    After another look, the reported review of your course “{ $course }” stays.

    { $answer }
mail-review-back-action = See our courses
mail-report-followed-subject = What became of your report: { $course }
mail-report-followed-body =
    Hello { $first_name },

    What you reported about “{ $course }” is no longer shown. Thank you for your care.
mail-report-followed-action = See the catalogue
mail-report-declined-subject = Your report was looked at: { $course }
mail-report-declined-body =
    Hello { $first_name },

    We looked again at what you reported about “{ $course }”: nothing there is against our rules, and it stays.
mail-report-declined-action = See the catalogue
