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
