# The screens of those who teach.
teach-lead = Who comes, who came, who passed.
teach-empty = No session yet
teach-empty-text = The sessions you teach, or those of your organisation, show here.
teach-to-do = To validate
teach-week = This week
teach-later = Later
teach-past = Past
teach-fill = { $taken } / { $capacity } seats
teach-cancelled = Cancelled
teach-over = Over
teach-to-validate = { $count ->
    [one] 1 to validate
   *[other] { $count } to validate
}
teach-validated = { $count ->
    [one] 1 passed
   *[other] { $count } passed
}
teach-session-title = Session
teach-missing = This session is not yours
teach-missing-text = Only its trainer and its organisation see it here.
teach-hours = Hours
teach-trainer = Trainer
teach-seats = Seats taken
teach-early-allowed = The session has not begun. This demonstration lets you validate all the same; in production it is refused.
teach-early-refused = The session has not begun: you can record who came and passed once it starts.
teach-people = Participants
teach-people-text = “Passed” means came and passed. Nothing is recorded before you validate.
teach-all = All present and passed
teach-nobody = Nobody enrolled yet
teach-nobody-text = Confirmed enrolments show here.
teach-marked = Marked:
teach-validate = Validate
teach-mark-absent = Absent
teach-mark-present = Present
teach-mark-passed = Passed
teach-confirm-title = Record and issue?
teach-sum-passed = { $count ->
    [one] 1 person passed: their certificate is issued
   *[other] { $count } people passed: their certificates are issued
}
teach-sum-present = { $count ->
    [one] 1 person present, without certificate
   *[other] { $count } people present, without certificate
}
teach-sum-absent = { $count ->
    [one] 1 person absent
   *[other] { $count } people absent
}
teach-confirm-text = A pass cannot be changed afterwards: the certificate is recorded on the chain in your name.
teach-confirm = Validate
teach-recorded = { $count ->
    [one] 1 participant recorded
   *[other] { $count } participants recorded
}
teach-recorded-text = Certificates are on their way.
teach-certificate-making = Certificate being made
teach-certificate-anchoring = Being recorded on the chain
teach-certificate = Certificate: { $status }
teach-certificate-see = Verify

# The organisation's courses.
courses-title = Our courses
courses-lead = Write a course, publish it, plan its sessions.
courses-new = New course
courses-empty = No course yet
courses-empty-text = A draft is seen by you alone until it is published.
courses-draft = Draft
courses-published = Published
courses-archived = Archived
courses-publish = Publish
courses-plan = Plan a session
courses-plan-it = Plan
courses-save-draft = Save the draft
courses-made = Draft saved
courses-made-text = Read it over, then publish it.
courses-now-public = The course is in the catalogue
courses-planned = The session is planned
courses-incomplete = Something is missing: a title, a description, a modality, a duration and a price are needed to publish.
courses-field-error = Please correct this value.
courses-field-title = Title
courses-field-description = Description
courses-field-category = Family
courses-field-modality = Modality
courses-field-hours = Hours
courses-field-minutes = Minutes
courses-field-price = Price excl. VAT, in euros
courses-field-validity = Validity, in months
courses-field-language = Language
courses-field-legal = Legal basis
courses-field-first-day = First day
courses-field-last-day = Last day
courses-field-from = From
courses-field-to = Until
courses-field-location = City or airport
courses-field-address = Address
courses-field-places = Seats
courses-field-changes-days = Participants can change until (days before; empty: your general rule)
courses-field-session-price = Price excl. VAT if different
courses-field-trainer = Trainer
courses-no-trainer = To be named
