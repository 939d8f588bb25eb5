error-seats_available-title = Seats available
error-seats_available = { $left ->
    [one] One seat is left: book it right away.
   *[other] { $left } seats are left: book them right away.
}
error-already_waiting-title = Already waiting
error-already_waiting = You are on the waiting list of this session already.
error-group_too_large-title = Group too large
error-group_too_large = This session has { $capacity } seats in all. Reduce the group, or choose several sessions.
error-offer_over-title = Offer over
error-offer_over = This offer of seats is over: it has lapsed, or it was used.
error-offer_too_small-title = Too many participants
error-offer_too_small = { $offered ->
    [one] One seat is offered to you. Enrol one person.
   *[other] { $offered } seats are offered to you. Reduce the number of participants.
}
error-waiting_over-title = No longer waiting
error-waiting_over = This place in the waiting list is no longer yours: it was given up, used, or it has lapsed.

mail-waiting-joined-subject = Waiting list: { $course }
mail-waiting-joined-body =
    Hello { $first_name },

    You are on the waiting list for { $quantity ->
        [one] one seat
       *[other] { $quantity } seats together
    } in “{ $course }”, { $dates }, { $place }.

    Your position: { $position }. As soon as seats come free, we offer them in order of arrival. You will have some time to take them, and nobody else can buy them meanwhile.
mail-waiting-joined-action = See my place in the list

mail-waiting-offered-subject = { $quantity ->
    [one] A seat has come free: { $course }
   *[other] { $quantity } seats have come free: { $course }
}
mail-waiting-offered-body =
    Hello { $first_name },

    { $quantity ->
        [one] One seat is yours
       *[other] { $quantity } seats are yours
    } in “{ $course }”, { $dates }, { $place }, until { $deadline }.

    After that, they are offered to the next person.
mail-waiting-offered-action = Take these seats

mail-waiting-lapsed-subject = Offer lapsed: { $course }
mail-waiting-lapsed-body =
    Hello { $first_name },

    You did not take in time { $quantity ->
        [one] the seat offered
       *[other] the { $quantity } seats offered
    } in “{ $course }”, { $dates }. They are offered to the next person.

    If you are still interested, you can join the waiting list again.
mail-waiting-lapsed-action = See the sessions

mail-waiting-closed-subject = Waiting list closed: { $course }
mail-waiting-closed-body =
    Hello { $first_name },

    { $called_off ->
        [yes] The training organisation has called off “{ $course }” ({ $dates }).
       *[no] No seat came free in time for “{ $course }” ({ $dates }): the session begins.
    } Your place in the waiting list ends here; there is nothing to pay or do.
mail-waiting-closed-action = Choose another session

privacy-area-waiting_list = Waiting lists
retention-waiting_list = Waiting lists of past sessions

waiting-title = Waiting lists
waiting-join = Join the waiting list
waiting-count = { $count ->
    [one] One booking waiting
   *[other] { $count } bookings waiting
}
waiting-position = { $position ->
    [one] 1st of { $waiting } waiting
    [2] 2nd of { $waiting } waiting
    [3] 3rd of { $waiting } waiting
   *[other] No. { $position } of { $waiting } waiting
}
waiting-seats = { $count ->
    [one] 1 seat
   *[other] { $count } seats together
}
waiting-quantity = Number of seats
waiting-quantity-hint = They will be offered to you together.
waiting-quantity-error = Give a number of seats from 1 to { $most }.
waiting-rule = Seats that come free are offered in order of arrival, by e-mail and here. Nobody else can take them during your time. Waiting commits you to nothing.
waiting-joined = You are on the waiting list
waiting-declined = The seats go to the next in line
waiting-left-done = You have left the waiting list of
waiting-undo = Take my place back
waiting-waiting = Waiting
waiting-offered = Seats offered
waiting-accepted = Seats taken
waiting-lapsed = Offer lapsed
waiting-left = Left
waiting-closed = Ended without a seat
waiting-leave = Leave the list
waiting-decline = Decline these seats
waiting-accept = Take these seats
waiting-deadline = Offered until { $deadline }
waiting-until = To take within
waiting-enrol-title = Seats are kept for you
waiting-enrol = { $quantity ->
    [one] One seat is yours until { $deadline }.
   *[other] { $quantity } seats are yours until { $deadline }. Those you do not take go to the next in line.
}
waiting-teach-title = Waiting list
waiting-teach-text = In order of arrival. Seats that come free are offered by themselves.
waiting-teach-nobody = Nobody is waiting
waiting-teach-nobody-text = Once the session is full, people who are interested put themselves down here.
waiting-teach-who = Who waits
waiting-teach-seats = Seats
waiting-teach-since = Since
waiting-teach-state = State
waiting-teach-until = Offered until { $deadline }
waiting-teach-kept = { $count ->
    [one] 1 seat kept
   *[other] { $count } seats kept
}

# Asking for a session.
wish-ask = Ask for a session
wish-none-fits = None of these dates suits you?
wish-title = Ask for a session
wish-lead = The organisation sees how many people wait for a date, never their names. You will be told as soon as a session is published.
wish-when = From when on?
wish-soon = As soon as possible
wish-from = from { $month }
wish-how-many = Number of seats
wish-how-many-hint = For yourself and your team.
wish-seats-wrong = Enter a number of seats between 1 and { $most }.
wish-nothing-binding = No commitment: you book only if the date suits you.
wish-send = Send the request
wish-done = Request sent. You will be told as soon as a session is published.
wish-asked = Session asked for
wish-seats = { $count ->
    [one] 1 seat
   *[other] { $count } seats
}
wish-change = Change
wish-take-back = Take back
wish-taken-back = Your request is taken back.

mail-session-planned-subject = New session: { $course }
mail-session-planned-body =
    Hello { $first_name },

    The session you asked for is published: “{ $course }”, { $dates }, { $place }.

    No seat is booked for you yet.
mail-session-planned-action = See the session
mail-session-wished-subject = { $seats ->
    [one] One seat asked for: { $course }
   *[other] { $seats } seats asked for: { $course }
}
mail-session-wished-body =
    Hello { $first_name },

    People wait for a session of “{ $course }”: { $seats ->
        [one] 1 seat
       *[other] { $seats } seats
    } asked for so far. They will be told as soon as you publish one.
mail-session-wished-action = See the requests
retention-session_wishes = Sessions asked for
