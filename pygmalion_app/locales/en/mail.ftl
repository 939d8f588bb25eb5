mail-footer = Pygmalion, the marketplace for aviation training. You receive this message because something happened on your account.

mail-sign-in-code-subject = { $code } is your sign-in code
mail-sign-in-code-body =
    Hello { $first_name },

    Your code is { $code }. It is good for { $minutes } minutes and works once.

    If you did not try to sign in, ignore this message and change your password.

mail-already-registered-subject = You already have a Pygmalion account
mail-already-registered-body =
    Hello { $first_name },

    Somebody, probably you, tried to open an account with this address. You already have one: sign in with your usual password.

    If it was not you, there is nothing to do.

mail-order-confirmed-subject = Booking confirmed: { $course }
mail-order-confirmed-body =
    Hello { $first_name },

    { $quantity ->
        [one] One seat is booked
       *[other] { $quantity } seats are booked
    } for “{ $course }”, { $dates }, { $place }.

    Amount paid: { $amount }. Each participant receives joining instructions.
mail-order-confirmed-action = See the booking

mail-order-saved-subject = Enrolment recorded: { $course }
mail-order-saved-body =
    Hello { $first_name },

    Your seat is booked for “{ $course }”, { $dates }, { $place }.

    Your card is saved, and nothing is charged before the withdrawal period ends on { $withdrawal }.
mail-order-saved-action = See the enrolment

mail-convocation-subject = Joining instructions: { $course }
mail-convocation-body =
    Hello { $first_name },

    You are expected at the course “{ $course }” by { $organization }.

    Dates: { $dates }, from { $start }
    Place: { $place }

    { $bring }
mail-convocation-action = See my training

mail-order-expired-subject = Seats released: { $course }
mail-order-expired-body =
    Hello { $first_name },

    The payment did not arrive in time: the seats held for “{ $course }” are on sale again. Nothing was charged.
mail-order-expired-action = See the sessions again

mail-order-refunded-subject = Refund on its way: { $course }
mail-order-refunded-body =
    Hello { $first_name },

    Your payment arrived after the seats for “{ $course }” had been released, and not enough are left. We refund { $amount } in full; there is nothing you need to do.
mail-order-refunded-action = Choose another session

mail-enrollment-cancelled-subject = Enrolment cancelled: { $course }
mail-enrollment-cancelled-body =
    Hello { $first_name },

    The enrolment of { $participant } in “{ $course }” ({ $dates }) is cancelled.

    Refund: { $amount }.
mail-enrollment-cancelled-action = See the booking

mail-refund-arrived-subject = Refund made: { $amount }
mail-refund-arrived-body =
    Hello { $first_name },

    { $amount } went back to your means of payment for “{ $course }”. Your bank may take a few days to show it.
mail-refund-arrived-action = See the order

mail-refund-by-hand-subject = Refund by bank transfer: { $amount }
mail-refund-by-hand-body =
    Hello { $first_name },

    Your means of payment did not take the refund of { $amount } for “{ $course }”. We paid it by bank transfer on { $day }, under the reference { $reference }.
mail-refund-by-hand-action = See the order

mail-refund-failed-subject = A refund has failed: { $amount }
mail-refund-failed-body =
    Hello { $first_name },

    The refund of { $amount } for order { $order } has failed. The buyer is waiting for this money: try it again from the Finance page.
mail-refund-failed-action = Open finance
