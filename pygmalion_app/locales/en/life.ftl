# The life of a certificate
tab-certificates = Issued here
tab-certificates-passport = Passport
tab-certificates-external = Obtained elsewhere
tab-teach-certificates = Certificates issued
tab-teach-issuing = Issue in bulk
life-word-pending = Pending
life-word-valid = Valid
life-word-expiring = Expires soon
life-word-renewed = Renewed
life-word-expired = Expired
life-word-corrected = Corrected
life-word-revoked = Revoked

# My certificates
my-certificate-filter = State
my-certificate-filter-all = All
my-certificate-filter-current = In force
my-certificate-filter-ending = To renew
my-certificate-filter-past = Expired
my-certificate-filter-withdrawn = Revoked or corrected
my-certificate-none-so = No certificate in this state
my-certificate-none-so-text = Choose another state to see the others.
my-certificate-corrected-by = Replaced by a corrected version, in this list.
my-certificate-replaced = Replaced by another certificate, in this list.
my-certificate-renewed = A more recent course has taken over.
my-certificate-ends-in = { $days ->
    [0] Last day today
    [one] { $days } day left
   *[other] { $days } days left
}
my-certificate-renew = Renew
my-certificate-badge = Badge for a web site and LinkedIn profile: on the verification page
my-certificate-mask = Mask my name on the public page
my-certificate-masked = Name masked: whoever verifies types it to compare.
my-certificate-unmasked = Name shown on the public page.
my-certificate-more = Other formats
my-certificate-format-json = Open Badges credential (JSON)
my-certificate-format-jwt = Signed credential (VC-JWT)
my-certificate-format-sd-jwt = Partial credential (SD-JWT)
my-certificate-format-proof = Proof bundle (verifiable without us)
my-certificate-format-attendance = Certificate of attendance (PDF)

# Passport
passport-title = Training passport
passport-lead = Your certificates over time: each version, each renewal and what happened.
passport-empty = Your passport is empty
passport-empty-text = It fills up with your first certificate, issued here or obtained elsewhere.
passport-current = In force
passport-no-current = No certificate in force any more
passport-events = What happened
passport-external = Obtained elsewhere
passport-not-anchored = Checked by a person, not anchored
passport-corrects = corrects { $number }
passport-renews = renews { $number }
passport-event-issued = { $number } issued
passport-event-issued-corrected = { $number } issued, corrects { $related }
passport-event-corrected = { $number } corrected by { $related }
passport-event-revoked = { $number } revoked: { $reason }
passport-event-revoked-replaced = { $number } revoked and replaced by { $related }
passport-event-expiring = { $number } enters its last 90 days
passport-event-expired = { $number } expired
passport-event-renewed = { $number } renewed by { $related }
passport-event-reminded-before = Reminder sent { $days } days before the end of { $number }
passport-event-reminded-after = Reminder sent after the end of { $number }

# Certificates obtained elsewhere
external-title = Certificates obtained elsewhere
external-lead = Send a certificate that another organisation issued: a person checks it, then it counts for your compliance.
external-empty = No certificate sent
external-empty-text = Add the first with the form: it is encrypted, and only those who check it read it.
external-add = Add a certificate
external-field-title = Title
external-field-title-hint = As it is written on the document.
external-field-issuer = Issued by
external-field-type = Matching course
external-field-type-hint = Choose it so that this certificate counts for your compliance.
external-field-type-none = None of this list
external-field-obtained = Obtained on
external-field-until = Valid until
external-field-until-hint = Leave empty if it does not expire.
external-field-file = Document
external-field-file-hint = PDF, JPEG or PNG, 10 MB at most. A sharp photo is enough.
external-send = Send
external-sent = Certificate sent. A person will check it.
external-remove = Delete { $title }
external-removed = Certificate deleted.
external-open = Open { $title }
external-state-waiting = To be checked
external-state-accepted = Accepted
external-state-refused = Refused
external-word-expired = Expired
external-not-anchored = Not anchored
external-checked-by-company = Checked by { $name }
external-checked-by-platform = Checked by Pygmalion
external-obtained = Obtained on { $day }
external-until = Valid until { $day }
external-no-end = Does not expire
external-reason-unreadable = the document cannot be read
external-reason-other_person = the document names somebody else
external-reason-out_of_date = the certificate has expired
external-reason-wrong_course = it is not the course that was named
external-reason-dates_differ = the dates given are not those of the document
external-reason-doubtful = its authenticity is doubtful
external-review-title = Certificates to check
external-review-lead = Your colleagues obtained these certificates elsewhere. Compare the document with what they say.
external-review-choice = Show
external-review-empty = Nothing to check
external-review-empty-text = Certificates that your colleagues send will appear here.
external-review-count = { $count ->
    [0] No certificate
    [one] { $count } certificate
   *[other] { $count } certificates
}
external-review-person = Holder
external-review-what = Certificate
external-review-sent = Sent on
external-review-state = State
external-review-look = Check
external-review-back = Back to the list
external-review-said = What the holder says
external-review-type = Matching course
external-review-dates = Dates
external-review-document = Document
external-review-page = Page { $page } of { $pages } of the document
external-review-accept = Accept
external-review-accept-text = The name, the course and the dates of the document are those given above. The certificate will count for this person’s compliance, without being anchored.
external-review-refuse = Refuse
external-review-reason = Reason
external-review-note = Message to the holder
external-review-note-hint = Sent by mail. Say what to put right.
external-review-accepted = Certificate accepted. Its holder is told.
external-review-refused = Certificate refused. Its holder is told.
external-review-link = Certificates to check

# Certificates issued by an organisation
issued-title = Certificates issued
issued-lead = All certificates of your organisation: find, correct and revoke them.
issued-none-yet = No certificate issued
issued-none-yet-text = They appear here as soon as you validate the participants of a session.
issued-none-so = No certificate matches
issued-none-so-text = Change the search or the state chosen.
issued-no-organization = For training organisations
issued-no-organization-text = This page shows the certificates of an organisation that you administer.
issued-search = Search for a name, a course, a number
issued-search-button = Search
issued-state = State
issued-state-all = All
issued-state-live = In force
issued-state-expiring = Expire soon
issued-state-expired = Expired
issued-state-revoked = Revoked or corrected
issued-holder = Holder
issued-course = Course
issued-issued = Issued on
issued-validity = Valid until
issued-no-end = No end
issued-status = State
issued-actions = Actions
issued-erased = Name erased
issued-revoke = Revoke
issued-revoke-title = Revoke this certificate
issued-revoke-text = It stops being valid at once, here and on chain, and cannot be restored. Its holder is told the reason.
issued-correct = Correct
issued-correct-title = Correct this certificate
issued-correct-text = A new version is issued and the old one revoked; its verification page leads to the new one. Change only what is wrong.
issued-field-reason = Reason
issued-field-note = Internal note
issued-field-note-hint = For your organisation alone: neither the holder nor the verification page shows it.
issued-field-holder = Holder’s name
issued-field-completed = Course completed on
issued-field-location = Place
issued-revoked = Certificate revoked.
issued-corrected = Corrected version issued. Its document will be ready in seconds.
issued-successor = replaced by { $number }
issued-note = Note: { $note }
issued-count = { $count ->
    [0] No certificate
    [one] { $count } certificate
   *[other] { $count } certificates
}

# Issuing in bulk
issuing-title = Issue in bulk
issuing-lead = Issue the certificates of several sessions at once. You may leave the page: the work goes on.
issuing-sessions = Sessions held
issuing-empty = No session held
issuing-empty-text = Your organisation’s sessions appear here once they are over.
issuing-session = Session
issuing-people = Participants
issuing-entitled = Present and passed
issuing-certified = Certified
issuing-missing = { $count ->
    [0] All issued
    [one] { $count } to issue
   *[other] { $count } to issue
}
issuing-nobody = Nobody passed yet
issuing-start = Issue the certificates
issuing-started = Issuing has begun.
issuing-none-chosen = Choose at least one session.
issuing-chosen = { $count ->
    [0] No session chosen
    [one] { $count } session chosen
   *[other] { $count } sessions chosen
}
issuing-campaigns = Runs
issuing-campaign-of = Run of { $moment }
issuing-campaign-sessions = { $count ->
    [one] { $count } session
   *[other] { $count } sessions
}
issuing-progress = { $done } of { $total }
issuing-figure-issued = Issued
issuing-figure-waiting = Waiting
issuing-figure-failed = Not issued
issuing-running = Under way
issuing-finished = Finished
issuing-finished-partly = Finished, some not issued
issuing-failures = Not issued, by person
issuing-failure-person = Person
issuing-failure-course = Course
issuing-failure-reason = Why
issuing-retry = Try again
issuing-retried = Trying again.
campaign-failure-not_completed = The course is not validated. Validate it on the session’s page.
campaign-failure-absent = Absent, says the trainer: no certificate.
campaign-failure-not_passed = Not passed, says the trainer: no certificate.
campaign-failure-revoked = Their certificate was revoked: it is not issued a second time.
campaign-failure-unavailable = A service did not answer. Try again.
campaign-failure-unexpected = Unexpected error, noted for our team. Try again.

# Mails
mail-certificate-revoked-subject = Certificate revoked: { $course }
mail-certificate-revoked-body =
    { $organization } has revoked your certificate { $number } for “{ $course }”.

    Reason: { $reason }. It is not valid any more and its verification page says so. If you have a question, write to { $organization }.
mail-certificate-revoked-action = See my certificates
mail-certificate-corrected-subject = Certificate corrected: { $course }
mail-certificate-corrected-body =
    { $organization } has corrected your certificate for “{ $course }”.

    Version { $number } replaces { $old }, which is not valid any more. Throw the old PDF away and download the new one.
mail-certificate-corrected-action = See my certificates
mail-certificate-expiring-subject = { $days ->
    [0] Last day of validity: { $course }
    [one] Expires tomorrow: { $course }
   *[other] Expires in { $days } days: { $course }
}
mail-certificate-expiring-body =
    Your certificate { $number } for “{ $course }” is valid until { $until }.

    Book a refresher session in time so as not to lose your access.
mail-certificate-expiring-action = See my certificates
mail-certificate-expired-subject = Expired: { $course }
mail-certificate-expired-body =
    Your certificate { $number } for “{ $course }” has expired: its last day was { $until }.

    Take the course again to get your rights back.
mail-certificate-expired-action = See my certificates
mail-team-certificates-subject = { $count ->
    [one] A certificate of your team is running out
   *[other] { $count } certificates of your team are running out
}
mail-team-certificates-body = These certificates of your team end soon or have ended. Book the refresher courses in time.
mail-team-certificates-action = See my team
team-certificate-ends = { $person } · { $course } · valid until { $until }
team-certificate-ended = { $person } · { $course } · expired since { $until }
mail-external-accepted-subject = Certificate accepted: { $title }
mail-external-accepted-body =
    Your certificate “{ $title }”, obtained elsewhere, was checked and accepted.

    It now counts for your compliance. { $note }
mail-external-accepted-action = See my certificates
mail-external-refused-subject = Certificate refused: { $title }
mail-external-refused-body =
    Your certificate “{ $title }”, obtained elsewhere, was not accepted: { $reason }.

    { $note }

    You can delete it and send another one.
mail-external-refused-action = See my certificates

# Errors
error-certificate_erased-title = Name erased
error-certificate_erased = The holder had their name erased: this certificate cannot be corrected any more.
error-certificate_nothing_to_correct-title = Nothing to correct
error-certificate_nothing_to_correct = The certificate says so already. Change at least one value.
error-campaign_empty-title = Nobody to certify
error-campaign_empty = Nobody took part in the sessions chosen. Choose others.
error-external_decided-title = Checked already
error-external_decided = Somebody has checked this certificate already. Reload the list.
error-external_own-title = Your own certificate
error-external_own = Nobody checks their own certificate. Ask another manager.
error-external_refused_file-title = File refused
error-external_refused_file = { $fault ->
    [too_large] The file is larger than 10 MB. Make it smaller or send a photo.
    [empty] The file is empty.
    [unknown_type] This file is neither a PDF nor a JPEG or PNG picture.
    [encrypted] The PDF is protected by a password. Save it without protection.
    [active_content] The PDF holds scripts or files. Print it to PDF, then send that.
    [too_many_pages] The document has too many pages.
    [too_many_pixels] The picture is too large. Make it smaller.
   *[other] The file cannot be read. Scan the document again.
}
error-external_infected-title = Dangerous file
error-external_infected = Malicious software was found in this file. It is not kept.
error-external_unreadable-title = Document unreadable
error-external_unreadable = The stored file is missing or damaged. Ask its holder to send it again.
error-external_too_many-title = Too many certificates waiting
error-external_too_many = { $limit } certificates are waiting for their check already. Wait for an answer or delete some.
