error-dispute_over-title = Dispute over
error-dispute_over = This dispute is decided, or the time to answer has passed.
error-evidence_sent-title = Already answered
error-evidence_sent = The answer is on its way: a bank reads only one.
error-dispute_unlinked-title = Payment unknown
error-dispute_unlinked = The payment of this dispute is not known yet. Try again in a few minutes.

mail-dispute-opened-subject = Payment disputed: { $amount }, { $description }
mail-dispute-opened-body =
    Hello { $first_name },

    A customer's bank disputes a payment of { $amount } for “{ $description }” (order { $order }). Reason: { $reason }.

    { $urgent ->
        [yes] The platform's answer is expected as soon as possible.
       *[other] The platform's answer is expected before { $deadline }.
    } It rests on the contract, the attendance and the certificates: make sure that the session's attendance is validated.
mail-dispute-opened-action = See the dispute

mail-dispute-won-subject = Dispute won: { $amount }, { $description }
mail-dispute-won-body =
    Hello { $first_name },

    The bank decided for the seller: the { $amount } disputed for “{ $description }” (order { $order }) are returned.
mail-dispute-won-action = See the dispute

mail-dispute-lost-subject = Dispute lost: { $amount }, { $description }
mail-dispute-lost-body =
    Hello { $first_name },

    The bank decided for the customer, who keeps the { $amount } disputed for “{ $description }” (order { $order }). This amount is not paid out to the training organisation, and the commission on it is cancelled.
mail-dispute-lost-action = See the dispute

dispute-reason-bank-cannot-process = the bank cannot process the payment
dispute-reason-check-returned = payment returned
dispute-reason-credit-not-processed = refund expected and not received
dispute-reason-customer-initiated = the customer asked their bank
dispute-reason-debit-not-authorized = debit not authorised
dispute-reason-duplicate = paid twice
dispute-reason-fraudulent = not recognised, fraud suspected
dispute-reason-general = general reason
dispute-reason-incorrect-account-details = wrong account details
dispute-reason-insufficient-funds = insufficient funds
dispute-reason-noncompliant = card network rules
dispute-reason-product-not-received = service not received
dispute-reason-product-unacceptable = service not as described
dispute-reason-subscription-canceled = subscription cancelled
dispute-reason-unrecognized = not recognised

evidence-title = Answer to a disputed payment
evidence-kicker = Dispute { $dispute }
evidence-section-statement = Statement
evidence-section-order = The order
evidence-section-terms = Terms accepted and refund policy
evidence-section-attendance = Participants, attendance and certificates
evidence-section-mails = Messages sent
evidence-section-refunds = Refunds
evidence-product = Training “{ $course }” by { $organization }, { $duration }, { $days } from { $start }, { $place }.
evidence-quantity = { $quantity ->
    [one] One seat, { $amount } including VAT.
   *[other] { $quantity } seats, { $amount } including VAT.
}
evidence-reason = Disputed amount: { $amount }. The bank's reason: { $reason }.
evidence-buyer = Buyer: { $buyer }. Ordered by { $name } ({ $email }).
evidence-seller = Training organisation: { $seller }, SIRET { $siret }, activity declaration { $nda }.
evidence-ordered = Order { $order } of { $moment }.
evidence-paid = Payment received on { $moment }.
evidence-invoice = Document { $number }: { $amount }.
evidence-tiers = Refund tiers, fixed when ordering:
evidence-no-refund = No refund was provided for when the buyer cancels.
evidence-contract = Contract accepted online on { $moment } (SHA-256 { $digest }).
evidence-withdrawal = Right of withdrawal until { $moment }.
evidence-expected = expected, attendance not validated yet.
evidence-present = present, validated by { $trainer }.
evidence-passed = present and passed, validated by { $trainer }.
evidence-absent = absent, as seen by { $trainer }.
evidence-cancelled = seat cancelled on { $moment }.
evidence-validated-at = Validated on { $moment }.
evidence-certificate = Certificate { $number } handed over on { $moment }.
evidence-mail = { $moment }: “{ $subject }” to { $to }
evidence-refund = { $amount } on { $moment } ({ $state ->
    [succeeded] arrived
    [failed] failed
    [covered] covered by the dispute that was lost
    [by_hand] paid by bank transfer
   *[other] on its way
})
evidence-log-ordered = { $name } places the order
evidence-log-paid = payment received
evidence-log-confirmed = seats confirmed
evidence-log-contract = { $name } accepts the contract
evidence-log-completed = attendance and result of { $name } validated
evidence-log-certificate = certificate { $number } handed to { $name }
evidence-enclosures = Enclosed hereafter:
evidence-enclosed-contract = Training contract as accepted
evidence-enclosed-certificate = Certificate { $number }
evidence-left-out = { $count ->
    [one] One enclosure is available on request (size limit).
   *[other] { $count } enclosures are available on request (size limit).
}

tab-admin-disputes = Disputes
disputes-title = Disputes
disputes-lead = Payments that a customer's bank contests. The answer puts itself together from the contract, the attendance, the certificates and the messages sent.
disputes-state = State
disputes-state-all = All
disputes-state-warning = Inquiry
disputes-state-needs_response = To answer
disputes-state-under_review = With the bank
disputes-state-won = Won
disputes-state-lost = Lost
disputes-state-closed = Closed
disputes-what = Payment
disputes-amount = Amount
disputes-deadline = Answer before
disputes-see = Examine
disputes-none = No dispute
disputes-none-text = Disputed payments will appear here, the most urgent first.
disputes-none-own = None of your payments is disputed.
disputes-own = Disputes
disputes-own-text = The platform answers the bank. A lost dispute is not paid out.
disputes-reason = Reason
disputes-organization = Organisation
disputes-opened = Opened on
disputes-order = Order
disputes-answer = The answer
disputes-answer-text = This is what the bank will read. Check it, add to it if need be, then send it: it reads one answer only.
disputes-language = Language of the answer
disputes-note = Your statement
disputes-note-hint = At the top of the document. Optional.
disputes-refresh = Update the preview
disputes-pdf = Open the PDF
disputes-enclosures = Enclosures
disputes-submit = Send the answer
disputes-confirm-title = Send this answer?
disputes-confirm-text = The bank reads one answer only. Nothing can be added to it later.
disputes-submitted = The answer is being sent
disputes-evidence-sending = The answer is being sent
disputes-evidence-sent = Answer sent on { $moment }
disputes-evidence-failed = Sending has failed. Send the answer again.
disputes-unlinked = The payment of this dispute is not known to the platform yet. It is looked for every ten minutes.
disputes-back = All disputes

privacy-area-disputes = Payment disputes
