# Orders: discount codes, changed seats, refunds.

mail-participant-replaced-subject = Your seat went to a colleague: { $course }
mail-participant-replaced-body =
    Hello { $first_name },

    You are no longer expected at “{ $course }” by { $organization } ({ $dates }, { $place }): somebody else takes your place.

    If this is a mistake, please ask the person who had enrolled you.
mail-participant-replaced-action = See my training

mail-seat-moved-subject = New dates: { $course }
mail-seat-moved-body =
    Hello { $first_name },

    Your seat at “{ $course }” by { $organization } has moved to another session. This invitation replaces the previous one.

    Dates: { $dates }, from { $start }
    Place: { $place }

    { $bring }
mail-seat-moved-action = See my training

mail-seat-moved-buyer-subject = Session changed: { $course }
mail-seat-moved-buyer-body =
    Hello { $first_name },

    The seat of { $participant } at “{ $course }” is now in the session { $dates }, { $place }. The price does not change.
mail-seat-moved-buyer-action = See the order

error-discount_refused-title = Code refused
error-discount_refused = { $reason ->
    [early] This code is not valid yet.
    [over] This code is no longer valid.
    [used] This code has been used as often as it may be.
    [course] This code is for another course of this organisation.
   *[unknown] This organisation has no such code. Check the spelling.
}
error-discount_exists-title = Code exists
error-discount_exists = There is a code of this name already. Choose another.
error-not_changeable-title = This cannot be changed
error-not_changeable = { $reason ->
    [over] This seat is cancelled.
    [validated] Attendance has been recorded: this seat changes no more.
    [started] This session has begun or was called off.
    [late] Changes are open until { $days } days before the start. Please ask the organisation.
    [individual] An individual's contract names the person and the dates: cancel, then enrol again.
    [unpaid] This seat is not paid yet. Give it up and choose another session.
    [price] This session has another price. Cancel the seat (the refund is shown first) and book the other one.
   *[course] This session is of another course.
}
error-not_refundable-title = This cannot be refunded
error-not_refundable = This is more than can still be refunded.

nav-orders = Orders
tab-orders = Orders
tab-organization-discounts = Discounts and changes
price-discount = Discount
price-net = Price after discount, excl. VAT
price-refunded = Refunded
code-label = Discount code
code-apply = Apply
code-drop = Remove
code-percent = { $percent }% off
code-amount = { $amount } off the order

order-seat-price = Price incl. VAT
order-actions = Actions
order-replace = Replace
order-move = Move
order-cancel-all = Cancel the whole order
order-changes-until = Can be changed until
order-history = History
order-next-free = There is nothing to pay.
order-next-invoice = Your invoice is on its way to you; it is paid by bank transfer.
order-event-placed = { $seats ->
    [one] One seat ordered
   *[other] { $seats } seats ordered
}
order-event-paid = Payment received
order-event-confirmed = Seats confirmed
order-event-replaced = { $after } replaces { $before }
order-event-moved = { $participant } moves from { $before } to { $after }
order-event-seat-cancelled = Seat of { $participant } cancelled
order-event-refund-requested = Refund requested
order-event-refunded = Refund arrived
order-event-refund-failed = Refund refused by the bank; we try again
order-event-refunded-by-hand = Refund paid by bank transfer
order-event-refund-covered = Refund closed: your bank has given you this money back
order-event-disputed = Payment disputed with the bank
order-event-dispute-closed = Dispute closed
order-event-expired = Time to pay is over, seats on sale again
order-event-cancelled = Order cancelled

cancel-several-title = { $count ->
    [one] Cancel one seat?
   *[other] Cancel { $count } seats?
}
cancel-percent = { $percent }% of the price, by the terms of the purchase
cancel-credit = A credit note of { $amount } lowers your invoice.
replace-title = Replace a participant
replace-text = This person takes the seat of
replace-confirm = Replace
replace-done = { $name } has the seat now and receives the invitation.
move-title = Change session
move-text = A new session for
move-legend = Sessions at the same price
move-note = The price does not change. For a session of another price, cancel the seat: the refund is shown first.
move-choose = Choose a session.
move-confirm = Move
move-done = The seat of { $name } has moved to another session.
move-none-title = No other session at the same price
move-none-text = No coming date of this course has a free seat at the price that was paid.

orders-lead = Your orders and those of your company.
orders-filter = Filter orders
orders-filter-all = All
orders-filter-open = To pay
orders-filter-confirmed = Confirmed
orders-filter-over = Expired or cancelled
orders-search = Course or organisation
orders-search-button = Search
orders-export = Export (CSV)
orders-count = { $count ->
    [one] 1 order
   *[other] { $count } orders
}
orders-seats = { $count ->
    [one] 1 seat
   *[other] { $count } seats
}
orders-course = Course
orders-dates = Session
orders-placed = Ordered on
orders-processing = Waiting for the bank
orders-none-title = No order matches
orders-none-text = Widen the search or choose another state.
orders-empty-title = No order yet
orders-empty-text = Your bookings will appear here, with their payments and invoices.
orders-method-card = Card
orders-method-invoice = Invoice
orders-column-order = Order
orders-column-placed = Date
orders-column-status = State
orders-column-course = Course
orders-column-organization = Organisation
orders-column-session = Session
orders-column-place = Place
orders-column-seats = Seats
orders-column-list = Price excl. VAT
orders-column-discount = Discount
orders-column-net = Net excl. VAT
orders-column-vat = VAT
orders-column-total = Total incl. VAT
orders-column-refunded = Refunded
orders-column-currency = Currency
orders-column-method = Payment

discounts-lead = The codes that you give to your clients, and until when they change their seats by themselves.
discounts-school-title = For training organisations
discounts-school-text = Discount codes are made by the organisation that sells the course.
discounts-empty-title = No code yet
discounts-empty-text = Make a code and give it to a client: the price falls as soon as they type it.
discount-code = Code
discount-code-hint = 4 to 40 letters, digits or dashes. Capitals do not matter.
discount-code-error = 4 to 40 plain letters, digits, dashes.
discount-value = Discount
discount-value-error = A percentage from 1 to 100, or an amount in euros.
discount-kind = Kind of discount
discount-kind-percent = Percentage
discount-kind-amount = Amount
discount-percent = Percentage of the price excl. VAT
discount-amount = Amount in euros excl. VAT, off the whole order
discount-course = Good for
discount-all-courses = All courses
discount-course-id-error = Choose one of your courses.
discount-valid = Validity
discount-valid-from = From
discount-valid-from-error = Give a date.
discount-valid-until = Until (included)
discount-valid-until-error = Give a date to come, after the first.
discount-max-uses = Orders at most
discount-max-uses-hint = Empty: no limit. An order that is not paid gives its use back.
discount-max-uses-error = Give a number from 1.
discount-uses = Uses
discount-uses-of = { $uses } / { $most }
discount-given = Given excl. VAT
discount-new = New code
discount-create = Create the code
discount-created = The code { $code } is ready.
discount-always = No date limit
discount-between = { $start } to { $end }
discount-from = from { $day }
discount-until = until { $day }
discount-state-good = Active
discount-state-early = To come
discount-state-over = Over
discount-state-used = Used up
discount-state-off = Deactivated
discount-off = Deactivate
discount-off-title = Deactivate this code?
discount-off-text = it lowers no price any more. Orders placed keep theirs. This cannot be undone.
discount-off-done = The code { $code } is deactivated.
changes-title = Changes by the client
changes-text = Until this limit a client replaces or moves a participant without you. You can until the session begins.
changes-days = Days before the start
changes-days-hint = For orders to come; those placed already keep their rule.
changes-days-error = Give a number from 0 to 60.
changes-saved = The limit is saved.

enrol-hold-free = Book
enrol-hold-free-text = There is nothing to pay: the seats are confirmed at once.
