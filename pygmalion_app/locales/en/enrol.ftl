# Enrolment, order, cancellation.
session-hours = { $start } to { $end } ({ $city } time)
refund-rule = { $percent }% refunded until { $days ->
    [0] the day before
    [one] 1 day before
   *[other] { $days } days before
}
refund-rule-seller = Full refund if the organisation cancels

enrol-title = Enrolment
enrol-step-people = Participants
enrol-step-pay = Payment
enrol-step-done = Confirmation
enrol-closed-title = This session is no longer open
enrol-closed-text = It has begun or was called off. There are probably other dates.
enrol-missing-title = This session does not exist
enrol-missing-text = The address may be incomplete, or the course was withdrawn.
enrol-choose = Choose a course
enrol-payer = Who pays?
enrol-payer-legend = The contract depends on who pays
payer-company = My company
payer-company-text = Training agreement. Several participants, paid by card now.
payer-individual = Myself
payer-individual-text = Individual contract, for you alone. Your card is saved, nothing is charged today.
payer-individual-only = You enrol yourself. To enrol a team, ask your company to make you its manager.
enrol-company = Company
enrol-you = Participant
enrol-law-2 = You may withdraw without reason or cost until
enrol-people = Participants
enrol-source = How to name participants
enrol-source-team = My team
enrol-source-email = By e-mail
enrol-source-paste = Paste a list
enrol-search = Search the team
enrol-search-empty = Nobody of that name in the team. Add the person by e-mail.
enrol-add = Add
enrol-email-note = The person receives the convocation at this address.
enrol-paste = Names and e-mails, one person a line
enrol-paste-hint = Copy from a sheet: tabs, semicolons or commas, in any order.
enrol-paste-example = Marie;DUPONT;marie.dupont@company.com
enrol-paste-read = Add these people
enrol-pasted = { $added ->
    [0] Nobody to add
    [one] 1 person added
   *[other] { $added } people added
}{ $repeated ->
    [0] .
    [one] , 1 repeated or faulty left aside.
   *[other] , { $repeated } repeated or faulty left aside.
}
enrol-bad-title = Lines to correct
enrol-bad-email = Line { $line }: no valid e-mail address in “{ $text }”
enrol-bad-name = Line { $line }: no first and last name in “{ $text }”
enrol-twice = This person is on the list already.
enrol-already = Already enrolled on this session
enrol-already-short = Already enrolled
enrol-chosen = To be enrolled
enrol-chosen-none = Nobody yet. Tick, add or paste names above.
enrol-remove = Remove
enrol-price = Price
enrol-vat = VAT
enrol-no-vat = VAT: exempt or not applicable
enrol-total = Total incl. VAT
enrol-nothing-today = To pay today: nothing
enrol-refund = If I have to cancel
enrol-hold = Hold the seats and pay
enrol-hold-save = Hold my seat
enrol-hold-text = Your seats are kept for 30 minutes while you pay. All of them or none.
enrol-order = Order and pay by invoice
enrol-order-text = Your seats are confirmed as soon as you order, all of them or none. The invoice follows, to be paid by bank transfer.
enrol-nobody = Name at least one participant.
enrol-blocked = Remove the people that are flagged.
enrol-too-many = There are not enough seats left for all these participants.
enrol-refused = This enrolment could not be read. Check the participants.
enrol-when = Dates
enrol-where = Place
enrol-by = Organisation
enrol-course = See the course

order-title = Order
order-missing-title = Order not found
order-missing-text = It does not exist, or it belongs to somebody else.
order-pending = To be paid
order-confirmed = Confirmed
order-expired = Expired
order-cancelled = Cancelled
order-waiting-title = Your seats are held
order-waiting-text = Pay before the countdown ends; after that they are on sale again.
order-held = Still
order-pay = Pay
order-save-card = Save my card
order-give-up = Give the seats up
order-gateway-silent = The payment page does not answer. Your seats stay held: try again in a moment.
order-confirming-title = Payment received, confirming
order-confirming-text = This page updates by itself, usually within a second or two.
order-processing-title = Your bank is processing the payment
order-processing-text = The seats stay held until the bank answers. You will get an e-mail.
order-confirmed-title = It is confirmed
order-confirmed-text = The seats are yours. What happens next:
order-next-mail = A confirmation goes to your e-mail address.
order-next-call = Each participant receives a convocation: date, place, what to bring.
order-next-paid = Your card payment is recorded.
order-next-saved = Your card is saved. Nothing is charged up to and including
order-next-certificate = After the session the trainer validates, and each receives a verifiable certificate.
order-more = Book something else
order-expired-title = Time is up
order-expired-text = The seats were not paid in time and are on sale again. Nothing was charged.
order-cancelled-title = Order cancelled
order-cancelled-text = The seats were released.
order-refunded = The refund is on its way to your card.
order-again = Choose again
order-other-dates = See other dates
order-person = Participant
order-state = State
order-cancel-seat = Cancel this seat

cancel-title = Cancel { $name }’s seat?
cancel-refund = { $amount } will be refunded to the card that paid.
cancel-no-refund = At this date the seat is no longer refunded, under the terms accepted when buying.
cancel-nothing-taken = Nothing was charged: there is nothing to refund.
cancel-note = What is cancelled is on sale again at once. This cannot be undone.
cancel-keep = Cancel nothing
cancel-confirm = Confirm the cancellation
cancel-done = { $count ->
    [one] The seat is cancelled.
   *[other] The seats are cancelled.
}
give-up-title = Give these seats up?
give-up-text = They are on sale again at once. Nothing was charged.
give-up-keep = Keep them
give-up-confirm = Give up

seat-pending = Waiting for payment
seat-confirmed = Confirmed
seat-in-progress = In progress
seat-completed = Passed
seat-cancelled = Cancelled
seat-absent = Absent
seat-failed = Not validated
order-over-title = Session held
order-over-text = Each participant’s result is below.
