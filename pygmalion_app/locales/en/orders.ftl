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
