### Budgets, booking for a team, requests for training.

error-cost_center_exists-title = Code taken
error-cost_center_exists = A cost centre of this year has this code already.
error-cost_center_in_use-title = Cost centre in use
error-cost_center_in_use = Orders or requests are charged to it ({ $orders }). Allot them to another cost centre first.
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
