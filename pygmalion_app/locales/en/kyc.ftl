# Identity checks of people and organisations.

nav-admin-kyc = Administration
nav-admin-kyc-short = Admin
tab-identity = Identity
tab-organization-kyb = Verification
tab-admin-kyc = Verifications

kyc-identity-title = Identity check
kyc-identity-lead = Prove once who you are. Your documents are encrypted and read by the review team only.
kyc-organization-title = Organisation verification
kyc-organization-lead = A verified organisation publishes its courses and receives its payments.
kyc-no-organization = No organisation to verify
kyc-no-organization-text = Only people who run an organisation send its documents. Ask the administrator of yours.
kyc-your-identity = your identity

kyc-state-draft = To complete
kyc-state-submitted = Sent
kyc-state-in_review = Being reviewed
kyc-state-more_information = More needed
kyc-state-approved = Verified
kyc-state-rejected = Refused
kyc-state-expired = Expired

kyc-about-draft = Add the documents asked for, then send the file. You can stop and come back later.
kyc-about-submitted = Your file is waiting for a reviewer. The answer comes by e-mail, most often within two working days.
kyc-about-in_review = A reviewer is reading your documents. The answer comes by e-mail.
kyc-about-more_information = The reviewer needs something else. Correct or add a document, then send the file again.
kyc-about-approved = Everything is in order.
kyc-about-rejected = The file could not be accepted. Correct what follows, then send it again.
kyc-about-expired = The verification no longer stands. Add current documents to renew it.
kyc-about-renewal = The verification stands while this renewal is being reviewed.
kyc-verified-until = Valid until { $day }
kyc-renew = It can be renewed now: add current documents.
kyc-reason = Reason

kyc-requirement-identity = Identity document
kyc-requirement-identity-hint = Identity card (both sides) or passport, still valid.
kyc-requirement-registration = Company registration
kyc-requirement-registration-hint = Kbis extract less than three months old, or your country's equivalent.
kyc-requirement-nda = Training declaration
kyc-requirement-nda-hint = Receipt of the activity declaration (NDA) issued by the DREETS.
kyc-requirement-qualiopi = Qualiopi certificate
kyc-requirement-qualiopi-hint = Current certificate, with its end of validity.
kyc-requirement-bank = Bank details
kyc-requirement-bank-hint = Bank details (RIB) in the organisation's name, to receive payments.

kyc-kind-identity_card = Identity card
kyc-kind-passport = Passport
kyc-kind-registration = Kbis extract or equivalent
kyc-kind-nda_declaration = NDA receipt
kyc-kind-qualiopi_certificate = Qualiopi certificate
kyc-kind-bank_details = Bank details

kyc-met = Provided
kyc-missing = Needed
kyc-add = Add a document
kyc-field-kind = Kind of document
kyc-field-file = File
kyc-field-file-hint = PDF, JPEG or PNG, 10 MB at most.
kyc-field-valid-until = Valid until
kyc-send-file = Add
kyc-sending = Sending the document
kyc-too-large = This file is over 10 MB. Make it smaller or scan it at a lower resolution.
kyc-send-failed = The document was not sent. Check your connection and try again.
kyc-no-file = Choose a file.
kyc-added = Document added
kyc-remove = Remove { $name }
kyc-removed = Document removed
kyc-download = Download { $name }
kyc-document-until = valid until { $day }
kyc-submit = Send for review
kyc-submit-hint = Still needed: { $missing }.
kyc-submitted = File sent
kyc-submitted-text = The answer will come by e-mail.
kyc-documents = Documents
kyc-history = History
kyc-history-empty = Nothing yet.
kyc-safety = What becomes of your documents
kyc-safety-1 = Each file is encrypted with a key of its own.
kyc-safety-2 = Only you and the reviewer can read them; every reading is recorded.
kyc-safety-3 = They are deleted five years after our relationship ends.
kyc-safety-organization-2 = Only the organisation's administrators and the reviewer can read them; every reading is recorded.

kyc-review-title = Verifications
kyc-review-lead = Files to review, those that have waited longest first.
kyc-review-filter-state = State
kyc-review-filter-open = To review
kyc-review-filter-subject = Who
kyc-review-filter-everybody = Everybody
kyc-subject-person = Person
kyc-subject-training = Training organisation
kyc-subject-company = Company
kyc-subject-airport = Airport
kyc-review-empty = No file here
kyc-review-empty-text = New files appear as soon as they are sent.
kyc-review-name = File
kyc-review-submitted = Sent on
kyc-review-documents = Documents
kyc-review-state = State
kyc-review-open = Review
kyc-review-own = Your own file: another reviewer takes care of it.
kyc-review-by = by { $name }
kyc-review-count = { $count ->
    [0] No files
    [one] { $count } file
   *[other] { $count } files
}
kyc-review-back = All files
kyc-review-take = Take this file
kyc-review-taken = The file is yours
kyc-review-taken-by = { $name } is reviewing this file.
kyc-review-facts = What we know
kyc-fact-name = Name
kyc-fact-email = E-mail
kyc-fact-phone = Telephone
kyc-fact-job = Job
kyc-fact-siret = SIRET
kyc-fact-nda = NDA
kyc-fact-city = City
kyc-fact-website = Website
kyc-fact-certifier = Qualiopi certifier
kyc-fact-submitted = Sent by
kyc-fact-unknown = Not given
kyc-review-requirements = What is needed
kyc-review-page = { $name }, page { $page } of { $pages }
kyc-review-no-documents = This file has no document any more.
kyc-review-approve = Approve
kyc-review-reject = Refuse
kyc-review-ask = Ask for more
kyc-review-withdraw = Withdraw the verification
kyc-review-approve-text = The documents are readable, valid and in the name of this file. The person is told by e-mail.
kyc-review-reject-text = The person is told by e-mail, with the reason, and may send a corrected file.
kyc-review-ask-text = The person is told by e-mail and may complete the file.
kyc-review-withdraw-text = The verification ends now. Published courses cannot be booked until a new file is approved.
kyc-review-reason = Reason
kyc-review-note = Message
kyc-review-note-hint = Read by the person, added to the reason. Required for “Other”.
kyc-review-decided-approve = File approved
kyc-review-decided-reject = File refused
kyc-review-decided-ask = More was asked for
kyc-review-withdrawn = Verification withdrawn
kyc-review-keys = Keyboard: A approve, R refuse, C ask for more, T take, Esc back.

kyc-reason-unreadable = A document cannot be read: send a sharp and whole picture, without glare.
kyc-reason-out-of-date = A document is no longer valid: send the current one.
kyc-reason-wrong-document = A document is not the one that is needed.
kyc-reason-incomplete = A page or a side of a document is missing.
kyc-reason-does-not-match = The documents do not match the account's name or number.
kyc-reason-not-registered = The organisation is not in the register under this number.
kyc-reason-doubtful = A document's authenticity could not be established.
kyc-reason-other = Other
kyc-reason-replaced = Replaced by a newer verification.

kyc-publish-blocked = Your organisation is not verified yet
kyc-publish-blocked-text = Send its documents: your courses can be published as soon as they are approved.
kyc-publish-go = Verify the organisation

error-organization_not_verified-title = Organisation not verified
error-organization_not_verified = The organisation is not verified: send its documents on the organisation's “Verification” page, then publish once they are approved.
error-kyc_not_found-title = File not found
error-kyc_not_found = This file does not exist or is not open to you.
error-kyc_document_not_found-title = Document not found
error-kyc_document_not_found = This document does not exist or is not open to you.
error-kyc_document_refused-title = Document refused
error-kyc_document_refused = { $fault ->
    [too_large] This file is over 10 MB. Make it smaller or scan it at a lower resolution.
    [empty] This file is empty. Choose another.
    [unknown_type] This file is neither a PDF nor a JPEG nor a PNG. Export it in one of these formats.
    [disguised] This file holds something beside a document. Export it again as a PDF or a picture.
    [encrypted] This PDF is protected. Remove its password or print it to PDF, then try again.
    [active_content] This PDF holds scripts or attached files. Print it to PDF, then try again.
    [too_many_pages] This PDF has too many pages (40 at most). Send the useful ones only.
    [too_many_pixels] This picture is too large (50 million pixels at most). Make it smaller.
   *[damaged] This file is damaged or incomplete. Export or photograph it again.
}
error-kyc_document_infected-title = Document refused
error-kyc_document_infected = The virus scanner found malicious software in this file. Scan the original again.
error-kyc_document_kind-title = Document not needed
error-kyc_document_kind = This kind of document is not asked for in this verification.
error-kyc_validity-title = End of validity
error-kyc_validity = Give the last day on which the document is valid; it must not be past.
error-kyc_too_many_documents-title = Too many documents
error-kyc_too_many_documents = The file already holds { $limit } documents. Remove one before adding another.
error-kyc_closed-title = File closed
error-kyc_closed = This file is being reviewed or already approved: its documents change no more.
error-kyc_incomplete-title = File incomplete
error-kyc_incomplete = A document is missing, or one is no longer valid. Complete the file, then try again.
error-kyc_taken-title = File already taken
error-kyc_taken = Another reviewer has taken this file. Choose another.
error-kyc_decided-title = File already handled
error-kyc_decided = The state of this file has changed meanwhile. Reload the page.
error-kyc_own_case-title = Your own file
error-kyc_own_case = Nobody reviews their own file or their organisation's. Another reviewer takes care of it.
error-kyc_reason_needed-title = Reason needed
error-kyc_reason_needed = Choose a reason; for “Other”, write a message.
error-kyc_document_unreadable-title = Document unreadable
error-kyc_document_unreadable = This document cannot be opened. Ask for it to be sent again.
error-sales_stopped-title = Booking suspended
error-sales_stopped = Bookings with this organisation are suspended. Choose a session of another one.
error-upload_too_slow-title = Sending too slow
error-upload_too_slow = Sending took too long. Check your connection and try again.

mail-kyc-approved-subject = Verification accepted: { $subject }
mail-kyc-approved-body =
    Hello { $first_name },

    The verification ({ $subject }) is accepted. It stands until { $until }; we will write to you before that day.
mail-kyc-approved-action = See the verification
mail-kyc-rejected-subject = Verification refused: { $subject }
mail-kyc-rejected-body =
    Hello { $first_name },

    The file ({ $subject }) could not be accepted.

    { $reason }

    You can correct it and send it again.
mail-kyc-rejected-action = Correct the file
mail-kyc-more-information-subject = More is needed: { $subject }
mail-kyc-more-information-body =
    Hello { $first_name },

    The reviewer of the file ({ $subject }) needs something more.

    { $reason }
mail-kyc-more-information-action = Complete the file
mail-kyc-expired-subject = Verification withdrawn: { $subject }
mail-kyc-expired-body =
    Hello { $first_name },

    The verification ({ $subject }) has been withdrawn.

    { $reason }

    Send a new file to restore it.
mail-kyc-expired-action = Send a file
mail-kyc-reminder-subject = Verification to renew: { $subject }
mail-kyc-reminder-body =
    Hello { $first_name },

    The verification ({ $subject }) ends on { $until }, { $days ->
        [0] today
        [one] tomorrow
       *[other] in { $days } days
    }. Add current documents now: it stands while they are being reviewed.
mail-kyc-reminder-action = Renew
mail-kyc-lapsed-subject = Verification expired: { $subject }
mail-kyc-lapsed-body =
    Hello { $first_name },

    The verification ({ $subject }) ended on { $until }. Add current documents to restore it.
mail-kyc-lapsed-action = Renew
