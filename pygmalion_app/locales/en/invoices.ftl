# The document
invoice-kind-invoice = Invoice
invoice-kind-credit-note = Credit note
invoice-kind-commission = Commission invoice
invoice-seller = Seller
invoice-buyer = Customer
invoice-vat-number = VAT
invoice-issued-on = Issued on
invoice-due-on = Due on
invoice-service-days = Days of the training
invoice-service-month = Period
invoice-original = Original invoice
invoice-purchase-order = Purchase order
invoice-dossier = Funding file
invoice-iban = IBAN
invoice-paid-by = Payment
invoice-paid-card = Paid online
invoice-column-description = Description
invoice-column-quantity = Qty
invoice-column-unit = Unit price excl. VAT
invoice-column-net = Amount excl. VAT
invoice-discount = Discount
invoice-net = Total excl. VAT
invoice-vat = VAT { $rate }%
invoice-total = Total incl. VAT
invoice-prepaid = Already paid
invoice-given-back = Already given back
invoice-to-pay = To pay
invoice-credit-left = Left to credit
invoice-mention-service = Kind of operation: services.
invoice-mention-exempt = Exempt from VAT, article 261, 4-4° a of the French tax code.
invoice-mention-franchise = VAT not applicable, article 293 B of the French tax code.
invoice-mention-nda = Training provider registered under number { $nda }; this registration is no approval by the State (article L6352-12 of the French labour code).
invoice-mention-mandate = Document made by Pygmalion in the name and on behalf of { $seller } (article 289, I-2 of the French tax code).
invoice-mention-subrogation = Paid by a third party by subrogation, file no. { $dossier }.
invoice-mention-credit = Credit note on invoice { $original }.
invoice-mention-penalties = Late payment: penalties due without notice at three times the French legal interest rate (article L441-10 of the French commercial code).
invoice-mention-indemnity = Late payment: fixed compensation for recovery costs of €40.
invoice-mention-discount = No discount for early payment.
invoice-line-course = Course “{ $course }”
invoice-line-people = { $count ->
    [one] 1 participant
   *[other] { $count } participants
  }: { $names }
invoice-line-share = Part paid by the customer
invoice-line-funding = Part paid by { $name }
invoice-line-balance = Balance due: { $name } refused its part
invoice-line-instalment = Instalment { $number } of { $of }
invoice-line-refund = Refund: { $course }
invoice-line-cancelled = Cancellation: { $course }
invoice-line-commission-card = Commission on sales paid online, { $month }
invoice-line-commission-outside = Commission on sales paid by transfer, { $month }

# Privacy
privacy-area-invoicing = Invoices
privacy-kept-invoices = Your invoices
privacy-kept-invoices-why = Accounts, 10 years (French Commercial Code, article L123-22): an invoice must name its customer.
retention-invoices = Invoices

# Errors
error-invoice_not_ready-title = Document being made
error-invoice_not_ready = The document { $number } is being made: try again in a few seconds.
error-transfer_too_large-title = Amount too high
error-transfer_too_large = This amount is more than what is left to pay.
error-invoice_payment_refused-title = Paying by invoice is not possible
error-invoice_payment_refused = Paying by invoice is not possible: { $reason ->
    [buyer] it is for companies only.
    [siret] your company's SIRET is missing.
   *[other] this organisation does not take it.
  }
error-funding_too_large-title = Shares too high
error-funding_too_large = Check the third party: name, file number, and a share that is not more than the order's price.
error-funding_decided-title = Decision recorded already
error-funding_decided = The third party's decision is recorded already.
error-invalid_iban-title = Invalid IBAN
error-invalid_iban = This IBAN is not valid: check every digit.
error-transfer_date-title = Impossible date
error-transfer_date = The day must lie between the invoice's and today.

# Mails
mail-invoice-paid-subject = Your invoice { $number }
mail-invoice-paid-body =
    Hello { $first_name },

    Invoice { $number } of { $seller }, paid ({ $amount }), is in your account.
mail-invoice-paid-action = See my invoices
mail-invoice-due-subject = Invoice { $number }, to be paid by { $due }
mail-invoice-due-body =
    Hello { $first_name },

    { $seller } sent you invoice { $number }: { $amount } to be paid by bank transfer by { $due }.

    The bank details are on the invoice, with the number to quote.
mail-invoice-due-action = See my invoices
mail-credit-note-subject = Your credit note { $number }
mail-credit-note-body =
    Hello { $first_name },

    { $seller } issued credit note { $number } ({ $amount }). It is in your account.
mail-credit-note-action = See my invoices
mail-commission-paid-subject = Commission invoice { $number }
mail-commission-paid-body =
    Hello { $first_name },

    The commission invoice { $number } ({ $amount }) is in your account. It is paid: the commission was kept back from your sales.
mail-commission-paid-action = See my invoices
mail-commission-due-subject = Commission invoice { $number }, to be paid by { $due }
mail-commission-due-body =
    Hello { $first_name },

    The commission invoice { $number } ({ $amount }) is in your account. { $left } are left to be paid by bank transfer by { $due }, for sales that were paid outside the platform.
mail-commission-due-action = See my invoices
mail-invoice-today-subject = Invoice { $number } is due today
mail-invoice-today-body =
    Hello { $first_name },

    Invoice { $number } of { $seller } is due: { $amount } is left to be paid by bank transfer.

    If the transfer is on its way, please ignore this message.
mail-invoice-today-action = See my invoices
mail-invoice-late-subject = Invoice { $number } is late
mail-invoice-late-body =
    Hello { $first_name },

    Invoice { $number } of { $seller } was to be paid by { $due }. { $days } days later, { $amount } is left to pay.

    If the transfer is on its way, please ignore this message.
mail-invoice-late-action = See my invoices

# Settings
organization-transfers = Paying by invoice
organization-transfers-text = Companies order at once and pay by bank transfer within 30 days. You record the transfers you receive under Invoices.
organization-transfers-take = Take payments by invoice
organization-transfers-no-iban = Without an IBAN nobody can pay by invoice: fill it in beside.
organization-iban = IBAN
organization-iban-hint = Printed on your invoices that are paid by transfer.

# Pages
tab-organization-invoices = Invoices
tab-payments = Payments
invoices-lead = Invoices and credit notes, transfers and your statement.
invoices-side = Side
invoices-issued = Issued
invoices-received = Received
invoices-month = Month
invoices-all = All
invoices-state = State
invoices-state-paid = Paid
invoices-state-due = To pay
invoices-state-overdue = Overdue
invoices-state-credited = Credited
invoices-state-credit = Credit note
invoices-export = Export (CSV)
invoices-count = { $count ->
    [0] No documents
    [one] 1 document
   *[other] { $count } documents
  }
invoices-number = Number
invoices-party = Customer or seller
invoices-total = Amount incl. VAT
invoices-left = left
invoices-order = Order
invoices-pdf = Download the PDF:
invoices-making = being made
invoices-empty = No invoices
invoices-empty-text = Invoices are here as soon as an order is confirmed.
transfer-record = Record a transfer
transfer-title = Transfer for { $number }
transfer-text = Say what your bank received. A negative amount notes money that you sent back.
transfer-amount = Amount received, in euros
transfer-amount-error = Give an amount, for example 1140.00.
transfer-day = Day it was received
transfer-day-error = Give a day.
transfer-reference = Reference of the transfer
transfer-done = Transfer of { $amount } recorded
funding-heading = Shares of third parties
funding-lead = Record what the OPCO or CPF said: agreed, it gets its invoice; refused, the customer gets one for the balance.
funding-who = Third party
funding-share = Share incl. VAT
funding-requested = Waiting for its word
funding-agreed = Agreed
funding-refused = Refused
funding-paid = Paid
funding-agree = Agreed
funding-refuse = Refused
funding-decided-agreed = Recorded: the third party's invoice is being made
funding-decided-refused = Recorded: the balance is invoiced to the customer
statement-heading = Statement
statement-lead = What your organisation bought and paid, month by month.
statement-opening = Balance at the start of the month
statement-closing = Balance at the end of the month
statement-day = Day
statement-what = Operation
statement-debit = Debit
statement-credit = Credit
statement-balance = Balance
statement-empty = Nothing moved this month.
statement-invoice = Invoice
statement-commission = Commission invoice
statement-credit-note = Credit note
statement-payment = Online payment of
statement-refund = Refund of credit note
statement-transfer = Transfer for
payments-title = My payments
payments-lead = What you paid for yourself, with your invoices and credit notes.
payments-what = Course
payments-day = Day
payments-price = Price incl. VAT
payments-paid = Paid
payments-papers = Documents
payments-empty = No payments
payments-empty-text = Courses that you pay for yourself are here, with their invoices.
payments-state-pending = Waiting
payments-state-processing = On its way
payments-state-succeeded = Paid
payments-state-saved = Card saved
payments-state-cancelled = Cancelled
payments-state-failed = Refused
payments-state-expired = Expired
payments-state-refunding = Refund on its way
payments-state-refunded = Refunded
order-invoices = Invoices and credit notes
order-by-invoice = To be paid by bank transfer
order-by-invoice-text = The invoice is sent to you; it has the IBAN and the due date.
enrol-payment = Way to pay
enrol-payment-card = By card
enrol-payment-card-text = Now, online
enrol-payment-invoice = By invoice
enrol-payment-invoice-text = By bank transfer, within { $days } days
enrol-purchase-order = Your purchase order number (optional)
enrol-funding = A third party (OPCO, CPF) pays a share
enrol-funding-kind = Third party
enrol-funding-opco = OPCO
enrol-funding-cpf = CPF
enrol-funding-other = Other
enrol-funding-name = Its name
enrol-funding-dossier = File number
enrol-funding-amount = Its share, incl. VAT in euros
enrol-funding-hint = By subrogation: the third party pays its share to the organisation, you pay the rest.

privacy-area-funding = Third-party payers
privacy-kept-funding = Third parties' shares of your orders
privacy-kept-funding-why = Accounts, 10 years (French Commercial Code, article L123-22): the file number is on the invoice.

mail-order-on-account-subject = Booking confirmed: { $course }
mail-order-on-account-body =
    Hello { $first_name },

    { $quantity ->
        [one] One seat is booked
       *[other] { $quantity } seats are booked
    } for “{ $course }”, { $dates }, { $place }.

    To be paid by bank transfer: { $amount }. The invoice follows, with the IBAN and the due date. Each participant gets a joining letter.
mail-order-on-account-action = See the booking

mail-enrollment-credited-subject = Enrolment cancelled: { $course }
mail-enrollment-credited-body =
    Hello { $first_name },

    The enrolment of { $participant } on “{ $course }” ({ $dates }) is cancelled.

    Credited on your invoice: { $amount }.
mail-enrollment-credited-action = See the booking
