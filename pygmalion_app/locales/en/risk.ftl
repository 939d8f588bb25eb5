tab-admin-risk = Risk
risk-title = Sign-ins and orders to look at
risk-lead = Simple signals give a score after the fact. Nothing is refused automatically: from { $threshold } points on, a person looks.
risk-state = State
risk-state-open = To look at
risk-state-contacted = Contacted
risk-state-approved = Approved
risk-state-clear = Nothing found
risk-kind = Kind
risk-kind-all = All
risk-kind-sign_in = Sign-in
risk-kind-order = Order
risk-score = { $score } points of 100
risk-who = Person
risk-what = What
risk-why = Why
risk-see = Look closer
risk-close = Close
risk-empty-title = Nothing to look at
risk-empty-text = No sign-in or order stands here now.
risk-none = No signal.
risk-points = +{ $points }
risk-history = Decisions
risk-no-history = Nobody has decided yet.
risk-decision-approve = Approved
risk-decision-note = Note
risk-decision-contact = Contacted
risk-by = { $name }, { $moment }
risk-note-label = Note or message
risk-note-hint = Needed for a note. When you write to the person, this text is sent to them.
risk-note-missing = Write the note.
risk-done-approve = Approved
risk-done-note = Note kept
risk-done-contact = Message sent
risk-signal-failed_before = { $counted ->
    [one] One password or code
   *[other] { $counted } passwords or codes
} refused in the hour before
risk-signal-new_place = An address and a browser this person never used before
risk-signal-country_jump = Another country than at the sign-in less than three hours before
risk-signal-many_on_device = { $counted } accounts from the same address and browser within a week
risk-signal-many_on_address = { $counted } accounts from the same address within a day
risk-signal-sign_in_velocity = { $counted } sign-ins of this account within an hour
risk-signal-card_shared = { $counted } accounts paid with this card within 90 days
risk-signal-order_velocity = { $counted } orders of this person within an hour
risk-signal-new_and_large = Account younger than a day, order of €{ $counted }
risk-signal-risky_sign_in = A sign-in of the same day scored { $counted }
mail-risk-sign-in-subject = Was it you who signed in?
mail-risk-sign-in-body =
    Hello { $first_name },

    We would like to check a sign-in to your account with you, on { $moment }. Your account works as usual.

    { $note }

    If it was not you, change your password and sign your devices out on your “Security” page.
mail-risk-order-subject = A question about your order
mail-risk-order-body =
    Hello { $first_name },

    We would like to check your order of { $moment } with you. It goes ahead: nothing is cancelled.

    { $note }

    If you ordered nothing, change your password and tell us by answering this message.
privacy-area-risk = Assessments of sign-ins and orders
retention-risk_cleared = Risk assessments that led to nothing
retention-risk_reviewed = Risk assessments that a person looked at
risk-mail-no-note = Answer this message if anything surprises you.
risk-points-head = Score
risk-decision = Decision
risk-do-approve = Approve: nothing worrying
risk-do-note = Keep a note, the decision waits
risk-do-contact = Write to the person
risk-save = Save
