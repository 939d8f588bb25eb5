tab-organization-payments = Payments and payouts
payouts-lead = What your courses have earned, and when the money reaches your account.
payouts-error = Your payments could not be read.
payouts-no-seller = No training organisation
payouts-no-seller-text = Payments and payouts are those of training organisations, for their administrators.
payouts-account = Your payment account
payouts-account-none = No account
payouts-account-incomplete = To be completed
payouts-account-review = Being checked
payouts-account-ready = Ready
payouts-account-none-text = Open your account with our payment provider: your sales are credited there and paid to your bank.
payouts-account-incomplete-text = The payment provider still needs information. Until then, nothing can be paid to you.
payouts-account-review-text = Everything has been sent. The payment provider is checking it, usually within two working days.
payouts-account-ready-text = Your sales are credited to this account and paid to your bank.
payouts-needs-bank = the bank account that receives payouts (IBAN)
payouts-needs-company = the company’s details
payouts-needs-person = the representative’s identity, with a document
payouts-needs-terms = acceptance of the provider’s terms
payouts-needs-other = other information, asked for on its page
payouts-lapsed = The link to the payment provider had expired. Start again here, nothing is lost.
payouts-unverified = Your organisation has to be verified first: only a verified organisation can be paid.
payouts-unverified-link = See the verification
payouts-start = Open my account
payouts-start-continue = Complete my account
payouts-start-change = Change my account
payouts-money = Your money
payouts-to-come = To come
payouts-due = To be paid out
payouts-on-the-way = On its way
payouts-paid = Paid out
payouts-next = Next payout:
payouts-next-none = nothing planned
payouts-delay = { $count ->
    [0] as soon as the session ends
    [one] one day after the session ends
   *[other] { $count } days after the session ends
}
payouts-sales = Sales
payouts-count = { $count ->
    [0] No sales
    [one] 1 sale
   *[other] { $count } sales
}
payouts-seats = { $count ->
    [one] 1 seat
   *[other] { $count } seats
}
payouts-from = from
payouts-export = Export as CSV
payouts-empty = No sales yet
payouts-empty-text = Your sales appear here as soon as an order is paid.
payouts-payouts = Payouts
payouts-none = No payouts yet
payouts-none-text = The first one leaves after your first paid session has ended.
payouts-arrives = Expected on { $day }
payouts-column-order = Order
payouts-column-date = Date
payouts-column-description = Course
payouts-column-seats = Seats
payouts-column-state = State
payouts-column-amount = Amount incl. VAT
payouts-column-sum = Amount
payouts-column-commission = Commission
payouts-column-refunded = Refunded
payouts-column-paid-out = Paid out
payouts-column-currency = Currency
payouts-column-payable = Payable from
payouts-sale-pending = Waiting
payouts-sale-processing = Under way
payouts-sale-succeeded = Paid
payouts-sale-saved = Card saved
payouts-sale-cancelled = Cancelled
payouts-sale-failed = Failed
payouts-sale-expired = Expired
payouts-sale-refunding = Refund under way
payouts-sale-refunded = Refunded
payouts-payout-requested = Being prepared
payouts-payout-sent = On its way
payouts-payout-paid = Paid
payouts-payout-failed = Failed
payouts-failure-account-closed = The bank refused: the account is closed. Check your account; we try again the next day.
payouts-failure-balance-insufficient = The funds were not available yet. We try again the next day.
payouts-failure-account-not-ready = The payment account is not complete. Complete it; we try again the next day.
payouts-failure-other = The payout did not go through. We try again the next day.
error-seller_not_ready-title = Organisation not ready yet
error-seller_not_ready = This organisation cannot take payments yet: its account is not complete. Nothing was charged.
error-payout_refused-title = Payout refused
error-payout_refused = The payment provider refused this payout.
error-transfer_refused-title = Transfer back refused
error-transfer_refused = The organisation’s account holds too little: the transfer back is asked for again each day.
error-not-refundable = This payment can no longer be refunded by that amount.

refund-begin = Refund
refund-title = Refund a sale
refund-left = Refundable at most:
refund-what = What do you give back?
refund-seats = Participants
refund-seats-text = Their seats are cancelled and refunded in full.
refund-amount = An amount
refund-amount-text = A gesture; the seats stay confirmed.
refund-no-seats = No seat can be cancelled any more: you can refund an amount.
refund-who = Participants
refund-seats-missing = Choose at least one participant.
refund-amount-label = Amount to refund, incl. VAT (€)
refund-amount-wrong = Enter an amount, for example 150.00.
refund-reason = Reason
refund-reason-hint = Needed for an amount. It stays with the sale.
refund-reason-missing = Say why you refund it.
refund-show = See the details
refund-percent = { $percent }% of the price: cancelled by the organisation
refund-total = Given back to the buyer
refund-own = From your share
refund-commission = From the platform's commission
refund-note-card = The money goes back to the means of payment that was used, and a credit note is issued.
refund-note-account = A credit note lowers the invoice; what was paid already is given back by bank transfer, from your account.
refund-confirm = Confirm the refund
refund-done = Refund of { $amount } under way.
