### Budgets, booking for a team, requests for training.

error-cost_center_exists-title = Code taken
error-cost_center_exists = A cost centre of this year has this code already.
error-cost_center_in_use-title = Cost centre in use
error-cost_center_in_use = Orders, requests or a plan are charged to it ({ $orders }). Allot them to another cost centre first.
error-budget_exceeded-title = Not enough budget
error-budget_exceeded = { $left_amount } are left on “{ $center }”, and { $wanted_amount } are needed. Choose another cost centre or raise its budget.
error-budget_below_used-title = Budget too low
error-budget_below_used = { $used_amount } are used already: the budget cannot be less.
error-order_not_chargeable-title = An order of no cost
error-order_not_chargeable = This order has expired: it costs nothing, so there is nothing to allot.
error-second_approval_needed-title = Second approval needed
error-second_approval_needed = “{ $center }” needs a second manager's approval above { $limit_amount } an order. Ask for it.
error-other_manager_needed-title = Another manager's approval
error-other_manager_needed = You have given your approval already: another manager of the company has to give the second.
error-not_in_team-title = Somebody is not in the team
error-not_in_team = One of the people chosen is no longer with the company. Reload the page and choose again.
error-already_asked-title = Asked already
error-already_asked = You have asked for this session already, and your company's answer is awaited.
error-request_over-title = Request closed
error-request_over = This request is no longer open: it was answered, withdrawn, or its session has begun.

privacy-area-training_requests = Training requests
retention-training_requests = Training requests of past sessions

mail-request-asked-subject = Training request: { $course }
mail-request-asked-body =
    Hello { $first_name },

    { $asker } asks for “{ $course }”, { $dates }, { $place }.

    Reason: { $reason }

    Without an answer before the session begins, the request expires.
mail-request-asked-action = Answer the request

mail-request-second-subject = Second approval asked for: { $course }
mail-request-second-body =
    Hello { $first_name },

    The course “{ $course }”, { $dates }, for { $count ->
        [one] one person
       *[other] { $count } people
    }, is above the cost centre's limit. It waits for a second manager's approval.

    Asked for by { $asker }. Reason: { $reason }
mail-request-second-action = Answer the request

mail-request-approved-subject = Request approved: { $course }
mail-request-approved-body =
    Hello { $first_name },

    Your company approves your request: “{ $course }”, { $dates }, { $place }. Your joining instructions follow as soon as the seat is confirmed.

    Your manager's word: { $note }
mail-request-approved-action = See my training

mail-request-refused-subject = Request turned down: { $course }
mail-request-refused-body =
    Hello { $first_name },

    Your company has turned down your request for “{ $course }”, { $dates }.

    Your manager's word: { $note }
mail-request-refused-action = See other sessions

mail-request-expired-subject = Request left unanswered: { $course }
mail-request-expired-body =
    Hello { $first_name },

    The session of “{ $course }”, { $dates }, began or was called off before your company answered. You can ask for another one.
mail-request-expired-action = See other sessions

tab-team-budget = Budget
tab-team-assign = Book
budget-title = Training budget
budget-lead = What is allocated, committed, spent and given back, by cost centre. Every figure leads to its orders.
budget-year = Year
budget-book = Book people
budget-allocated = Allocated
budget-committed = Committed
budget-spent = Spent
budget-spent-net = Spent, less what was given back
budget-reversed = Given back
budget-left = Left
budget-over = Over budget
budget-used = { $share }% of the budget used.
budget-used-short = { $share }% used
budget-explained = Amounts include VAT. Committed: ordered, not yet paid. Given back: what returns of what was paid. Left = allocated − committed − spent + given back.
budget-with-vat = incl. VAT
budget-centers = Cost centres
budget-center = Cost centre
budget-chart = Budget by cost centre
budget-add = Add a cost centre
budget-edit = Change the cost centre
budget-remove = Remove this cost centre
budget-saved = Cost centre saved.
budget-removed = Cost centre removed.
budget-not-allotted = Not allotted
budget-limit-of = Second approval above { $amount }
budget-choice = { $code } · { $name } ({ $left } left)
budget-empty = No cost centre this year
budget-empty-text = Add one with its budget: bookings are charged to it, and none can go above it.
budget-see-orders = (see the orders)
budget-orders = Orders
budget-all-orders = All orders
budget-figure = Which orders
budget-orders-all = All
budget-orders-committed = Committed
budget-orders-spent = Paid
budget-orders-reversed = Given back
budget-no-orders = No orders here
budget-no-orders-text = The company's orders show as soon as they commit or spend a budget.
budget-allotted = Order allotted.
budget-form-name = Name
budget-form-name-hint = For example: Ground handling
budget-form-code = Code
budget-form-code-hint = Your accountants' own, for example ESC-01
budget-form-allocated-cents = Allocated budget (€ incl. VAT)
budget-form-allocated-cents-hint = For the whole year
budget-form-approval-limit-cents = Second approval above (€ incl. VAT)
budget-form-approval-limit-cents-hint = Per order. Leave it empty if one manager's approval is enough.
budget-name-error = Give a name of 2 to 80 characters.
budget-code-error = A code of 1 to 20 letters, digits, dots, dashes or slashes.
budget-allocated-cents-error = An amount in euros, for example 12500.
budget-approval-limit-cents-error = An amount in euros, or nothing.
budget-year-error = Choose a year.

requests-title = Requests to answer
requests-none = Nothing waits for an answer.
requests-over = Answered requests
request-requested = Waiting
request-seconded = Waits for a second approval
request-approved = Approved
request-refused = Turned down
request-withdrawn = Withdrawn
request-expired = Expired
request-by = asked for by
request-first = First approval:
request-note-said = Answer:
request-approve = Approve
request-refuse = Turn down
request-order = See the order
request-approve-title = Approve the request
request-approve-book = Approve and book
request-refuse-title = Turn the request down
request-note = A word to the person (optional)
request-why = Why (sent to the person)
request-note-error = Write a word: the person needs to know why.
request-booked = Request approved and booked.
request-second-asked = Another manager's approval is asked for.
request-refused-done = Request turned down; the person is told.

assign-title = Book people
assign-lead = Choose who and what: everything is checked first, and one confirmation books everybody.
assign-people = Who
assign-search-people = Name, e-mail, job
assign-job = Job
assign-site = Site
assign-due-only = Only those to be trained for
assign-all-shown = Tick all
assign-nobody-chosen = Untick all
assign-more = More people match: narrow the search to see them.
assign-most-people = { $most } people at most at once.
assign-most-sessions = { $most } sessions at most at once.
assign-sessions = Sessions
assign-search-sessions = Course, code, town or organisation
assign-no-session = No session found
assign-no-session-text = Try another word, or the course's code.
assign-checks = Check
assign-empty = Nothing to check yet
assign-empty-text = Tick at least one person and one session.
assign-seats = { $count ->
    [0] no seats
    [one] 1 seat
   *[other] { $count } seats
}
assign-fault-past = This session can no longer be booked. Untick it.
assign-fault-full = { $left ->
    [0] No seats left. Choose another session.
    [one] Only one seat left. Leave people out or choose another session.
   *[other] Only { $left } seats left. Leave people out or choose another session.
}
assign-fault-sales-stopped = This organisation is not selling at the moment. Choose another session.
assign-fault-booked = All of them are booked already. Untick the session.
assign-invoice-seller = This organisation does not take payment by invoice. Pay by card or choose another session.
assign-invoice-siret = Paying by invoice needs your company's SIRET: add it in its settings.
assign-invoice-buyer = Only a company can pay by invoice.
assign-needs-second = Above the cost centre's limit: a second manager's approval will be needed.
assign-booked = Booked already
assign-left-out = Left out
assign-conflict = Same time: { $course }
assign-holds-until = Valid already until { $day }
assign-holds = Valid already, without end
assign-leave-out = Leave out
assign-take-in = Take back in
assign-method = Payment
assign-effect = { $name }: { $before } left, then { $after }.
assign-effect-over = { $name }: { $before } left, { $after } are missing.
assign-book = Confirm and book
assign-not-bookable = First settle what is shown in red.
assign-nobody = There is nobody to book.
assign-result = Result
assign-pay = Pay the order
assign-not-done = Not booked
assign-ask-second = Ask for the other approval
assign-status-compliant = Valid
assign-status-expiring = Expires soon
assign-status-expired = Expired
assign-status-missing = Missing
assign-status-planned = Planned
assign-status-exempt = Exempt

ask-company = Ask my company
ask-title = Ask my company
ask-reason = Why this course (optional)
ask-reason-hint = Your managers will read it.
ask-send = Send the request
ask-done = Request sent. The answer will come by e-mail.
ask-waiting = Asked of your company
ask-take-back = Take my request back
ask-withdrawn = Request withdrawn.
request-seats-left = { $count ->
    [0] no seat left
    [one] 1 seat left
   *[other] { $count } seats left
}
