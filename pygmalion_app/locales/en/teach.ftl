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
