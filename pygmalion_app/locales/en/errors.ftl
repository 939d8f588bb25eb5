error-internal-title = Unexpected error
error-internal = Something went wrong on our side. Nothing is lost: try again in a moment.
error-not_found-title = Not found
error-not_found = This does not exist, or is not yours to see.
error-not_authenticated-title = Sign-in needed
error-not_authenticated = Sign in to continue.
error-permission_denied-title = Not allowed
error-permission_denied = Your role does not allow this. Ask your organisation's administrator.
error-invalid_input-title = Please correct
error-invalid_input = A value is not acceptable. Correct the field that is named.
error-conflict-title = Not possible right now
error-conflict = The current state does not allow this. Refresh the page and try again.
error-busy-title = Many requests at once
error-busy = Many people are booking right now. Try again in a second.
error-unavailable-title = Service briefly unavailable
error-unavailable = An outside service did not answer. Nothing is lost: try again in a moment.
error-method_not_allowed-title = Method refused
error-method_not_allowed = This address does not accept this method.
error-http_error-title = Request refused
error-http_error = The request could not be handled.
error-too_large-title = Request too large
error-too_large = The request is larger than what is accepted.
error-invalid_credentials-title = Sign-in refused
error-invalid_credentials = The address and password do not go together. Check them, or open an account.
error-invalid_code-title = Code refused
error-invalid_code = This code is wrong, expired or used. Check it, or start signing in again.
error-invalid_token-title = Session over
error-invalid_token = Your session is over. Sign in again.
error-weak_password-title = Password too weak
error-weak_password = { $reason ->
    [length] A password has { $shortest } to { $longest } characters; a sentence does very well.
    [repetitive] This password repeats the same characters. A sentence does better.
    [personal] This password is mostly your name, your address or the name of this service. Add words of your own.
   *[common] This password is on the lists that attackers try first. A few unrelated words do better.
}
error-invalid_signature-title = Signature refused
error-invalid_signature = The call's signature is not valid.
error-payment_closed-title = Payment over
error-payment_closed = This payment is over or has expired. Choose your seats again.
error-checkout_closed-title = Payment over
error-checkout_closed = This payment is over or has expired.
error-session_full-title = Not enough seats
error-session_full = { $left ->
    [0] This session is full. Choose another date.
    [one] Only one seat is left. Reduce the participants or choose another date.
   *[other] Only { $left } seats are left. Reduce the participants or choose another date.
}
error-session_past-title = Session closed for booking
error-session_past = This session has begun or was called off. Choose another date.
error-already_enrolled-title = Already enrolled
error-already_enrolled = One of the participants already has a seat in this session. Remove them from the list.
error-duplicate_participant-title = Participant listed twice
error-duplicate_participant = { $email } stands twice in the list. Keep one line.
error-idempotency_conflict-title = Key already used
error-idempotency_conflict = This idempotency key was used for another request.
error-only_oneself-title = Individual enrolment
error-only_oneself = If you pay for yourself, you can enrol only yourself. To enrol others, use the company's account.
error-not_confirmed-title = Enrolment not confirmed
error-not_confirmed = This enrolment is not confirmed, so it cannot be validated.
error-not_started-title = Session not begun
error-not_started = The session has not begun: nobody can have been present yet.
error-not_cancellable-title = Cannot be cancelled
error-not_cancellable = This enrolment is over or cancelled already.
