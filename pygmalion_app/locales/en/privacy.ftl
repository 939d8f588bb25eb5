tab-privacy = My data
privacy-title = My data
privacy-lead = What we hold on you, what you can take with you, and what you can have erased.

privacy-export-heading = Take my data with me
privacy-export-text = A ZIP archive of everything we hold on you: one JSON file per area, your certificates as PDF and your identity documents. It is there for 7 days, for you alone, and is then deleted.
privacy-export-start = Prepare my archive
privacy-export-again = Prepare a new one
privacy-export-progress = Preparing: { $done } of { $parts } areas
privacy-export-progress-hint = You can leave this page: a mail will tell you.
privacy-export-ready = Your archive is ready
privacy-export-facts = Prepared on { $day }, { $size }. Available until { $until }.
privacy-export-download = Download the archive
privacy-export-failed = The archive could not be prepared. Try again; if it keeps failing, write to us.
privacy-export-file = my-pygmalion-data.zip
privacy-export-readme =
    Your data at Pygmalion

    The folder "data" holds one JSON file per area (account, enrolments, payments...). Any text editor reads these files, and another service can take them over.

    The folder "files" holds your documents: certificates, identity documents.

    Not in here are the secrets that protect your account (password hashes, keys), which would serve only a thief, and other people's data.
privacy-size-mb = { $value } MB
privacy-size-kb = { $value } kB

privacy-consents-heading = My choices
privacy-consents-text = None of this happens without your consent. You can change your mind at any time.
privacy-consent-product-news = News from Pygmalion
privacy-consent-product-news-text = Receive a mail now and then about new courses and new features.
privacy-consent-team-status = Sharing with my company
privacy-consent-team-status-text = Show my company where I stand on training that I paid for myself.
privacy-consent-since = { $given ->
    [yes] Consent given on { $day }
   *[no] Consent withdrawn on { $day }
}
privacy-consent-never = You have not chosen yet
privacy-consent-history = My past decisions
privacy-consent-saved = Your choice is saved

privacy-erase-heading = Delete my account
privacy-erase-text = Your account is erased 30 days after you ask. Until then you can change your mind by coming back to this page.
privacy-erase-look = See what would be erased
privacy-erase-dialog = Delete my account
privacy-erase-erased = What is erased
privacy-erase-erased-text = Your name, your address, your ways to sign in, your roles, your reviews, your messages and your documents. Your certificates lose your name and their PDF: download them first.
privacy-erase-kept = What we have to keep
privacy-erase-kept-text = Random characters take the place of your name there; only an identity file, encrypted, still holds it.
privacy-erase-kept-nothing = Nothing: everything is erased.
privacy-erase-until = until { $day }
privacy-erase-for-ever = for ever
privacy-erase-blocked = To be settled first
privacy-erase-confirm = Ask for deletion
privacy-erase-prove = First confirm that it is you: your last proof is more than 10 minutes old.
privacy-erase-prove-action = Confirm my identity
privacy-erase-asked = Your request is saved: your account will be erased on { $day }
privacy-erase-waiting = Your account will be erased on { $day }
privacy-erase-waiting-text = Asked for on { $asked }. Until then everything works as before, and you can change your mind.
privacy-erase-waiting-blocked = Something stands in the way: settle the points below and it will be done the following night.
privacy-erase-withdraw = Keep my account
privacy-erase-withdrawn = Your request is cancelled: you keep your account

privacy-blocker-trains = { $count ->
    [one] You still lead a session to come: ask your training organisation to change its trainer.
   *[other] You still lead { $count } sessions to come: ask your training organisation to change their trainer.
}
privacy-blocker-payment = A payment or a refund is under way: wait until it is done, or cancel the booking.
privacy-blocker-seats = { $count ->
    [one] A seat that you hold or booked is for a session to come: cancel it or wait until the session is over.
   *[other] { $count } seats that you hold or booked are for sessions to come: cancel them or wait until the sessions are over.
}
privacy-blocker-last_platform_admin = You are the only administrator of the platform: appoint somebody else first.
privacy-blocker-last_admin = You alone run { $organization }: give that role to a colleague first, or archive your courses if you are alone there.

privacy-kept-sessions = The sessions you led
privacy-kept-sessions-why = Proof of the participants' training, 7 years after the session.
privacy-kept-payments = Your payments
privacy-kept-payments-why = Accounts, 10 years (French Commercial Code, article L123-22). Card details go at once.
privacy-kept-enrollments = Your enrolments
privacy-kept-enrollments-why = Proof of the training, 7 years after the session.
privacy-kept-orders = Your orders
privacy-kept-orders-why = Accounts, 10 years (French Commercial Code, article L123-22).
privacy-kept-certificates = The fingerprint of your certificates
privacy-kept-certificates-why = It says nothing about you and lets the PDF that you kept be verified.
privacy-kept-identity = Your identity file and its documents, encrypted
privacy-kept-identity-why = Against money laundering, 5 years after you leave (French Monetary and Financial Code, article L561-12).
privacy-kept-security_log = The security log
privacy-kept-security_log-why = Ids without a name, 1 year, to look into abuse.

privacy-held-heading = What we hold
privacy-held-text = Each area is one file of your archive.
privacy-area-account = Account, sign-ins and ways to sign in
privacy-area-organizations = Roles and invitations
privacy-area-single_sign_on = Sign-in through your company
privacy-area-identity = Identity verification
privacy-area-enrollments = Enrolments and orders
privacy-area-sessions = Sessions you led
privacy-area-payments = Payments
privacy-area-certificates = Certificates
privacy-area-external_certificates = Certificates obtained elsewhere
privacy-area-reviews = Reviews
privacy-area-mails = Mail sent to you
privacy-area-mailbox = Built-in mailbox
privacy-area-test_payments = Test payments
privacy-area-privacy = Consents and requests
privacy-area-security_log = Security log

error-erasure_blocked = Something has to be settled before the account can be erased. The page "My data" says what to do.
error-erasure_blocked-title = Cannot be erased yet
error-erasure_waiting = Your account is waiting to be erased already.
error-erasure_waiting-title = Already asked for
error-no_erasure = No request for erasure is under way.
error-no_erasure-title = No request under way
error-export_not_ready = The archive is still being prepared. Try again in a moment.
error-export_not_ready-title = Archive being prepared
error-export_expired = This archive is gone. Ask for a new one on the page "My data".
error-export_expired-title = Archive expired

mail-export-ready-subject = Your archive is ready
mail-export-ready-body =
    Hello,

    The archive of your data is ready. It is there for { $days } days, for you alone, once signed in.

    If you did not ask for it, change your password and sign your other devices out.
mail-export-ready-action = Download the archive
mail-erasure-requested-subject = Your account will be erased on { $day }
mail-erasure-requested-body =
    Hello,

    We have received your request: your account and your data will be erased on { $day }. Download your certificates before then: their PDFs are erased too.

    You can change your mind until that day. After it we no longer have your address and will not write again.

    If you asked for nothing, keep your account through the link below and change your password.
mail-erasure-requested-action = See or cancel my request
mail-erasure-blocked-subject = Your account could not be erased
mail-erasure-blocked-body =
    Hello,

    Your account was to be erased on { $day }, but something has to be settled first: a seat, a payment, or a role that nobody else holds.

    The page "My data" says what to do. Once it is settled, the account is erased the following night.
mail-erasure-blocked-action = See what to settle
mail-account-inactive-subject = Your account will be erased on { $day }
mail-account-inactive-body =
    Hello,

    You have not used your Pygmalion account for almost three years. Unless we hear from you, we will erase it on { $day }.

    To keep it, all you need to do is sign in.
mail-account-inactive-action = Sign in
