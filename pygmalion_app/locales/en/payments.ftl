testpay-title = Test payment
testpay-test = TEST MODE: no card is charged. Choose what the bank does.
testpay-order = Your order
testpay-total = Total incl. VAT
testpay-seats = { $count ->
    [one] 1 seat
   *[other] { $count } seats
}
testpay-email = E-mail
testpay-card = Test card
testpay-pay = Pay { $amount }
testpay-save = Save my card
testpay-nothing = Nothing is charged today
testpay-declined = The bank declined the payment. Nothing was charged and your seats are still held: try again, or use another card.
testpay-closed = This payment is over or has expired. Go back to your booking to see where it stands.
testpay-back = Back to the booking
testpay-other = Play another case
testpay-outcome-success = Payment accepted
testpay-outcome-3ds = Accepted after 3-D Secure
testpay-outcome-decline = Card declined
testpay-outcome-sepa_pending = SEPA debit pending
testpay-outcome-sepa_success = The SEPA debit goes through
testpay-outcome-sepa_failure = The SEPA debit fails
testpay-outcome-abandon = Abandon
testpay-outcome-expire = Let it expire
