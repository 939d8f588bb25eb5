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
courses-now-public = The course is in the catalogue
courses-planned = The session is planned
courses-field-error = Please correct this value.
courses-field-title = Title
courses-field-description = Description
courses-field-category = Family
courses-field-modality = Modality
courses-field-hours = Hours
courses-field-minutes = Minutes
courses-field-price = Price excl. VAT, in euros
courses-field-language = Language
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
courses-edit = Edit
courses-finish = Complete and publish
courses-field-objectives = Learning objectives
courses-field-prerequisites = Prerequisites
courses-field-bring = To bring
courses-field-type-code = Regulated course it corresponds to
courses-field-methods = Methods and means
courses-field-evaluation = Assessment
courses-field-accessibility = Accessibility and disability contact
courses-field-nsf-code = Speciality (NSF)
courses-field-bpf-objective = Objective (yearly training report)
courses-field-legal-basis = Legal basis
courses-field-validity-months = Validity, in months
courses-field-title-en = Title in English
courses-field-description-en = Description in English
courses-field-objectives-en = Objectives in English
courses-field-prerequisites-en = Prerequisites in English
courses-field-methods-en = Methods in English
courses-field-evaluation-en = Assessment in English
courses-field-accessibility-en = Accessibility in English

# The course editor and its list.
editor-back = Our courses
editor-lead = The list beside it follows each field that you leave.
editor-archived = This course is archived: it keeps its history and changes no more.
editor-what = The course
editor-rules = Rules and validity
editor-public = Public information
editor-public-text = What Qualiopi’s indicator 1 wants public, and what the yearly training report asks.
editor-english = English version
editor-objectives-hint = One objective a line, each with a verb: “Refuse a prohibited article”.
editor-prerequisites-hint = “None” where there are none.
editor-accessibility-hint = What you adapt, and whom to contact.
editor-no-type = None (the organisation’s own course)
editor-type-hint = Brings its legal basis and validity, and counts for your customers’ compliance.
editor-saved = Course saved
checks-title = Before publishing
checks-ok = In order
checks-doubt = To check
checks-fault = Blocking
checks-faults = { $count ->
    [one] One blocking item
   *[other] { $count } blocking items
  }
checks-doubts = { $count ->
    [one] Can be published, one item to check
   *[other] Can be published, { $count } items to check
  }
checks-fine = Everything is in order
checks-fine-items = In order
checks-mend = Go to the field
checks-see = See the list
checks-go = See to it
check-title = Title
check-title-missing = Without a title nobody finds the course.
check-description = Description
check-description-missing = Say whom it is for and what happens in it.
check-description-short = { $characters } characters: it takes about { $wanted } to know what one buys.
check-objectives = Learning objectives
check-objectives-missing = French labour law and Qualiopi ask for them before anybody enrols.
check-objectives-single = A single objective: detail what people will be able to do.
check-prerequisites = Prerequisites
check-prerequisites-missing = Write “None” where there are none: that has to be said.
check-duration = Duration
check-duration-missing = Say how long the course lasts.
check-duration-short = Shorter than usual for this type ({ $usual }).
check-duration-session = A planned session lasts only { $shortest }.
check-modalities = Modality
check-modalities-missing = Choose at least one modality.
check-price = Price
check-price-missing = Give a price excluding VAT.
check-type = Regulated course
check-type-missing = Without it, the certificate counts for none of your customers’ requirements.
check-legal-basis = Legal basis
check-legal-basis-missing = No text is named for a course of this family.
check-legal-basis-regulated = This course is regulated: name the text ({ $usual }).
check-validity = Validity
check-validity-unusual = The known rule of this type is { $usual } months.
check-validity-endless = The known rule of this type has no end.
check-language = Languages
check-language-title = Taught in English, without an English title.
check-language-untranslated = Without an English title and description, the English page shows the French.
check-methods = Methods and means
check-methods-missing = Indicator 1: the methods must be public.
check-evaluation = Assessment
check-evaluation-missing = Indicator 1: say how learning is assessed.
check-accessibility = Accessibility
check-accessibility-missing = Indicator 1: name the disability contact and what you adapt.
check-nsf = Speciality (NSF)
check-nsf-missing = The yearly training report asks for it (frame F-4).
check-bpf = Objective in the yearly report
check-bpf-missing = Without it, the course counts among other professional training (frame F-3).
check-suspension = Moderation
check-suspension-hidden = Hidden after a report: correct it, then answer Pygmalion’s team, who put it back online.
check-verification = Verification of the organisation
check-verification-missing = Your organisation must be verified before it publishes.
check-quality = Qualiopi certificate
check-quality-missing = No certificate known: your customers cannot use public or mutualised funds.
check-quality-expired = The certificate expired on { $day }.
check-nda = Training declaration number
check-nda-missing = The training declaration number is missing: conventions and invoices show it.
check-session = Sessions
check-session-missing = No session to come: the course cannot be booked.
check-trainer = Trainer
check-trainer-missing = { $count ->
    [one] One session has no trainer.
   *[other] { $count } sessions have no trainer.
  }
bpf-objective-unsaid = Not stated
bpf-objective-rncp = Diploma, title or CQP registered at the RNCP
bpf-objective-rs = Certification registered at the specific register (RS)
bpf-objective-cqp = CQP not registered at the RNCP
bpf-objective-professional = Other professional training
bpf-objective-assessment = Skills assessment
bpf-objective-experience = Support for the recognition of experience (VAE)
nsf-unsaid = Not stated
nsf-253 = 253 · Aerospace mechanics
nsf-311 = 311 · Transport, handling, warehousing
nsf-344 = 344 · Safety of goods and people
nsf-315 = 315 · Human resources, organisation
nsf-333 = 333 · Teaching, training
nsf-128 = 128 · Law, political science
