# Individual training contract, schedule of payments, withdrawal.
contract-title = Vocational training contract
contract-kicker = Contract between a training organisation and a person who pays for themself
contract-parties = The parties
contract-parties-seller = The training organisation: { $seller }
contract-parties-buyer = The trainee: { $buyer }
contract-parties-why = The trainee takes this training on their own behalf and at their own expense. The contract is governed by articles L6353-3 to L6353-7 of the French Labour Code; it is concluded at a distance, on Pygmalion.
contract-nda = training declaration no. { $number }
contract-subject = Nature and purpose
contract-subject-text = Training: “{ $course }”.
contract-subject-basis = Regulatory basis: { $basis }
contract-subject-result = The trainer records attendance; a verifiable certificate is issued to those who attended and passed the assessment.
contract-programme = Programme and objectives
contract-before = Prior knowledge required
contract-before-none = No particular prerequisite.
contract-means = Conditions, means and assessment
contract-means-text = Training given to a group by a trainer, with talks, exercises and material handed to the participants. Knowledge is assessed during the training and at its end.
contract-teachers-text = The organisation appoints the trainer and provides their diplomas, titles or references on request: { $contact }.
contract-when = Dates, duration and place
contract-when-dates = Dates: { $days }, from { $start } to { $end } ({ $zone } time).
contract-when-duration = Duration: { $duration }. At most { $seats } { $seats ->
    [one] participant
   *[other] participants
}.
contract-when-place = Place: { $place }. { $modality }, in { $language }.
contract-price = Price
contract-price-discount = Discount deducted: { $amount } excluding VAT.
contract-price-text = Total price: { $total } including VAT ({ $net } excluding VAT, { $vat } VAT).
contract-price-no-vat = Total price: { $total }. VAT does not apply, or the training is exempt.
contract-payment = Payment
contract-payment-card = By card, saved when enrolling. Nothing is charged then.
contract-payment-nothing = No money is asked for before the withdrawal period is over, on { $day } at midnight (article L6353-6).
contract-payment-stage = { $number }. { $amount } on { $day }
contract-payment-refused = If a charge is refused, the trainee is told and can pay online; the charge is tried again in the following days. The seat stays reserved.
contract-withdrawal = Right of withdrawal
contract-withdrawal-right = The trainee may withdraw without reason or cost for { $days } days from the conclusion of the contract, up to and including { $day }. A period that would end on a Saturday, a Sunday or a public holiday is prolonged to the next working day.
contract-withdrawal-how = The button “Withdraw from contract” is enough: on the page of the order, among one’s training, or at the foot of every page. The trainee may also write to { $contact }, or send a registered letter. A dated receipt is sent to them at once.
contract-withdrawal-effect = Withdrawal ends the contract. No money has been taken, and none will be.
contract-stopping = Cancellation or abandonment
contract-stopping-text = After the withdrawal period, the trainee may still cancel their seat before the training. Depending on the date, a part of the price is then no longer due:
contract-stopping-tier = { $percent }% of the price until { $days } days before the start;
contract-stopping-else = Whatever was paid beyond the part that is due is given back. Charges to come are cancelled in any case: nothing more is asked for. Later, or if they abandon the training, the organisation keeps what was paid already.
contract-stopping-seller = If the organisation cancels the training, everything paid is given back.
contract-force-majeure = Force majeure
contract-force-majeure-text = If duly recognised force majeure prevents the trainee from taking the training, they may end the contract. Only what was actually taught is then due, in proportion to its value under the contract (article L6353-7).
contract-disagreement = Disagreement
contract-disagreement-text = In case of disagreement the trainee turns to { $contact }, then, if they wish, to the organisation’s consumer mediator. French law applies.
contract-closing-accepted = Accepted online by { $buyer } on { $local } ({ $utc } UTC).
contract-closing-hash = SHA-256 of the text: { $hash }
contract-footer = Contract { $order }

contract-section-title = Your contract
contract-section-lead = You pay for yourself: the law asks for a written contract before you enrol. Read it, it is short; a copy is sent to you.
contract-accept-1 = I have read this contract and accept it. I authorise
contract-accept-2 = to charge my card the amounts above, on the dates given.
contract-accept-error = Tick the box to accept the contract.
contract-download = Download the contract (PDF)
contract-refused = The contract could not be prepared. Reload the page.

schedule-title = When you pay
schedule-today = Today
schedule-today-text = Nothing. Your card is only saved.
schedule-withdraw = Until { $day }
schedule-withdraw-text = You may withdraw, without reason or cost.
schedule-start = The training begins
schedule-end = The training ends
schedule-deposit = Deposit
schedule-balance = Balance
schedule-stage = Payment { $number }
schedule-total = Total
instalment-scheduled = To come
instalment-charging = In progress
instalment-paid = Paid
instalment-failed = Refused
instalment-cancelled = Cancelled
instalment-retry = Tried again on { $day }
instalment-pay = Pay now
instalments-failed-title = A charge was refused
instalments-failed-text = Your seat stays reserved. Pay online with any card.
instalments-none = Nothing was charged and nothing will be.

withdrawal-link = Withdraw from contract
withdrawal-until-1 = Possible until
withdrawal-until-2 = {" "}at midnight, without reason or cost.
withdrawal-title = Withdraw from contract
withdrawal-lead = Two steps: check your statement, then confirm it.
withdrawal-step-1 = Statement
withdrawal-step-2 = Confirmation
withdrawal-step-3 = Receipt
withdrawal-statement = I, { $buyer }, hereby give notice to { $organization } that I withdraw from the contract for the training “{ $course }” ({ $days }), concluded on { $accepted }.
withdrawal-effects = What happens
withdrawal-effect-1 = The contract ends and your seat is free again.
withdrawal-effect-2 = Nothing was charged and nothing will be: the payments planned are cancelled
withdrawal-effect-3 = A receipt, with date and time, is sent to
withdrawal-continue = Continue
withdrawal-keep = Keep my seat
withdrawal-confirm-title = Confirm your withdrawal
withdrawal-confirm-text = This statement cannot be taken back. To return you would have to enrol anew.
withdrawal-confirm = Confirm withdrawal
withdrawal-done-title = Your withdrawal is recorded
withdrawal-done-1 = Received on
withdrawal-done-2 = The receipt is sent to
withdrawal-receipt = Download the receipt (PDF)
withdrawal-late-title = The withdrawal period is over
withdrawal-late-1 = It ended on
withdrawal-late-2 = {" "}at midnight.
withdrawal-late-text = You can still cancel your seat from the order; what you get back is shown before you confirm.
withdrawal-none-title = Nothing to withdraw from here
withdrawal-none-text = This order is no individual contract in force, or it belongs to somebody else.
withdrawal-order = See the order
withdrawal-receipt-title = Receipt of withdrawal
withdrawal-receipt-kicker = Withdrawal from a training contract
withdrawal-receipt-statement = Statement received
withdrawal-receipt-when = Date and time of receipt
withdrawal-receipt-moment = { $local } ({ $zone } time), that is { $utc } UTC.
withdrawal-receipt-effects = Effects
withdrawal-receipt-effect = The contract has ended. No money was taken; the charges planned, { $amount } in all, are cancelled.
withdrawal-receipt-means = Receipt sent to { $email }; copy to { $organization }.
withdrawal-receipt-closing = Withdrawal confirmed online by { $buyer } on { $local } ({ $utc } UTC).
withdrawal-receipt-footer = Withdrawal { $order }
withdrawal-moment = { $day } at { $time }

privacy-kept-contracts = Your training contracts
privacy-kept-contracts-why = Their date and fingerprint, 7 years after the session; their words are erased.
privacy-area-contracts = Contracts and withdrawals
privacy-area-instalments = Instalments
retention-contracts = Contracts and withdrawals
retention-instalment_details = Bank references of instalments

error-contract_required-title = Contract to be accepted
error-contract_required = Who pays for themself accepts the contract first: read it, then tick the box.
error-contract_changed-title = The contract has changed
error-contract_changed = The contract has changed since you read it (date, price or programme). Read it again, then accept it.
error-withdrawal_over-title = Withdrawal period over
error-withdrawal_over = The withdrawal period is over. You can still cancel your seat from the order.
error-withdrawal_changed-title = Statement to be checked
error-withdrawal_changed = The statement has changed meanwhile. Read it again, then confirm.
error-instalment_closed-title = Payment already settled
error-instalment_closed = This payment is not due any more, or is in progress. Reload the page.

mail-contract-subject = Your contract: { $course }
mail-contract-body =
    Hello { $first_name },

    Here is the contract that you accepted on { $accepted }. Keep this message: it is your copy. The PDF can be downloaded from your order.
mail-contract-action = See the order

mail-instalment-paid-subject = { $amount } charged: { $course }
mail-instalment-paid-body =
    Hello { $first_name },

    As your contract says, { $amount } were paid for “{ $course }” (payment { $number }).
mail-instalment-paid-action = See my payments

mail-instalment-failed-subject = Charge refused: { $course }
mail-instalment-failed-body =
    Hello { $first_name },

    The payment of { $amount } for “{ $course }” ({ $dates }) was refused by your bank, or needs your consent. Your seat stays reserved.

    Pay it online with any card. { $retry ->
        [none] It will not be tried again; the organisation has been told.
       *[other] If you do not, it will be tried again on { $retry }.
    }
mail-instalment-failed-action = Pay now

mail-instalment-unpaid-subject = Payment not made: { $course }
mail-instalment-unpaid-body =
    Hello,

    The payment of { $amount } by { $buyer } for “{ $course }” ({ $dates }) was refused several times. The seat stays reserved and nothing is cancelled: that is for you to decide with this person, who can still pay online.
mail-instalment-unpaid-action = See the session

mail-withdrawn-subject = Receipt of your withdrawal: { $course }
mail-withdrawn-body =
    Hello { $first_name },

    Here is the receipt of your withdrawal. Keep this message.
mail-withdrawn-action = See the receipt

mail-withdrawn-seller-subject = Withdrawal: { $course }
mail-withdrawn-seller-body =
    Hello,

    { $buyer } has withdrawn from the contract for “{ $course }” ({ $dates }) within the legal period. The seat is free again; nothing was charged.
mail-withdrawn-seller-action = See the session

# A company’s training agreement.
convention-title = Training agreement
convention-kicker = French labour code, articles L6353-1 and L6353-2 (convention de formation)
convention-parties = The parties
convention-seller = The training organisation: { $who }
convention-buyer = The company: { $who }
convention-law = They conclude this agreement under articles L6353-1, L6353-2 and D6353-1 of the French labour code.
convention-subject = Title and nature
convention-subject-text = “{ $course }”. A training action within the meaning of article L6313-1 of the French labour code.
convention-objectives = Objectives
convention-programme = Content
convention-before = Prior knowledge
convention-means = Means and how it is held
convention-means-text = Taught in a group by a trainer, with talks, exercises and documents handed to the participants.
convention-followed = Follow-up and assessment
convention-followed-text = Presence is signed for each half-day by every participant and by the trainer; the company receives a certificate of completion.
convention-when = Dates, duration and place
convention-when-duration = Duration: { $duration } for each participant.
convention-people = Participants
convention-people-count = { $count ->
    [one] One participant:
   *[other] { $count } participants:
}
convention-price = Price
convention-price-unit = { $count ->
    [one] One seat
   *[other] { $count } seats
} at { $unit } excluding VAT.
convention-payment = Payment
convention-payment-card = Paid online by card with the order.
convention-payment-invoice = By invoice and bank transfer, { $days } days after it is issued.
convention-payment-reference = The company’s purchase order: { $reference }.
convention-payment-subrogated = { $name } pays { $amount } straight to the training organisation (subrogation, file { $dossier }); the company pays the rest.
convention-payment-funded = { $name } pays { $amount } back to the company (file { $dossier }); the company pays all of it to the organisation.
convention-stopping = Cancellation, replacement, non-performance
convention-stopping-text = The company may cancel a seat before the training. It is then given back, or owes no more:
convention-stopping-tier = { $percent } % of the price until { $days } days before the start;
convention-stopping-replaced = { $days ->
    [0] It may replace a participant until the start.
    [one] It may replace a participant until one day before the start.
   *[other] It may replace a participant until { $days } days before the start.
}
convention-stopping-seller = Where the training is not held, or in part only, the organisation gives back what it unduly received (article L6354-1).
convention-disagreement = Disagreement
convention-disagreement-text = Failing an amicable agreement between the company and { $seller }, the competent court decides. French law applies.
convention-closing = Ordered online for { $buyer } by { $name }, on { $day }.
convention-closing-seller = Accepted by { $seller } by confirming the order.
convention-footer = Agreement { $order }
convention-download = Training agreement (PDF)
convention-text = It follows your order: participants, dates and price are up to date in it.
