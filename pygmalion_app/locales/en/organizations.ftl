# Organisations: errors, mails, settings, members, invitations.
error-invalid_siret-title = SIRET to check
error-invalid_siret = { $reason ->
    [missing] A French organisation needs its SIRET: the 14 digits of the establishment.
    [length] A SIRET has 14 digits; this one has { $count }.
    [checksum] This SIRET does not exist: one of its digits is wrong.
   *[digits] A SIRET holds digits only, 14 of them.
}
error-invalid_nda-title = NDA to check
error-invalid_nda = { $reason ->
    [length] A training declaration number has 11 digits; this one has { $count }.
   *[digits] A training declaration number holds digits only, 11 of them.
}
error-invalid_vat_number-title = VAT number to check
error-invalid_vat_number = { $reason ->
    [country] Begin with the two letters of a European Union country, such as FR.
    [checksum] This VAT number does not exist: one of its digits is wrong.
    [company] This VAT number belongs to another company than the SIRET (SIREN { $siren }).
   *[format] This does not look like a VAT number of that country. A French one: FR, two digits, then the SIREN.
}
error-siret_taken-title = Establishment already registered
error-siret_taken = This establishment is registered already. Ask those who run it for an invitation.
error-siret_fixed-title = SIRET cannot be changed
error-siret_fixed = The SIRET says which establishment this is and is not changed here. Write to us if it is wrong.
error-role_not_offered-title = No such role here
error-role_not_offered = This kind of organisation does not have that role.
error-last_administrator-title = Somebody must run the organisation
error-last_administrator = Nobody else runs this organisation. Give somebody the role first.
error-already_member-title = Already a member
error-already_member = { $email } holds this role already.
error-invitation_over-title = Invitation over
error-invitation_over = { $state ->
    [accepted] This invitation was accepted already.
    [declined] This invitation was declined. Ask for a new one if you have changed your mind.
    [withdrawn] This invitation was withdrawn. Ask whoever invited you.
   *[expired] This invitation has expired. Ask whoever invited you to send it again.
}
error-other_address-title = Invitation for another address
error-other_address = This invitation is for { $email }. Sign in with that address to accept it.
error-invitation_just_sent-title = Just sent
error-invitation_just_sent = { $seconds ->
    [one] The invitation went out a moment ago. Try again in a second.
   *[other] The invitation went out a moment ago. Try again in { $seconds } seconds.
}
error-too_many_invitations-title = Too many invitations waiting
error-too_many_invitations = At most { $most } invitations may wait at once. Withdraw some, or wait for answers.
error-import_refused-title = File refused
error-import_refused = { $count ->
    [one] The file has one error, so nobody was invited. Correct it and send the file again.
   *[other] The file has { $count } errors, so nobody was invited. Correct them and send the file again.
}
error-undo_too_late-title = Too late to undo
error-undo_too_late = This can no longer be undone. Invite the person again.

mail-invitation-subject = { $organization } invites you to Pygmalion
mail-invitation-body =
    Hello { $first_name },

    { $inviter } invites you to join { $organization }. Your role: { $role }.

    The invitation is good for { $days } days, for this e-mail address only. If you do not know who sent it, ignore it.
mail-invitation-action = See the invitation

mail-join-request-subject = { $person } asks to join { $organization }
mail-join-request-body =
    Hello { $first_name },

    { $person } ({ $email }) asks for an invitation to { $organization }.

    Invite them from the members page if you know them; otherwise there is nothing to do.
mail-join-request-action = See the members

kind-company = Company
kind-airport = Airport
kind-training = Training organisation
kind-company-text = Enrols its people and follows their training.
kind-airport-text = Follows the training of its platform.
kind-training-text = Publishes courses and issues certificates.
role-learner-does = You see the training booked for you and your certificates.
role-trainer-does = You lead sessions, record presence and validate results.
role-training_admin-does = You write courses, plan sessions, issue certificates and run the organisation.
role-manager-does = You book training for the team and run the organisation.
role-airport_manager-does = You book training for the platform and run the organisation.

error-own_factor_first-title = Set up your own second factor first
error-own_factor_first = Set up an authenticator application or a passkey for yourself first (My account, Security), or you would lock yourself out.

nav-organization-settings = My organisation
nav-organization-settings-short = Organisation
tab-organization-settings = Settings
tab-organization-members = Members
tab-admin-organizations = Organisations
organization-active = Active organisation

# Settings
organization-settings-lead = What appears on bookings, invoices and certificates.
organization-none = You run no organisation
organization-none-text = Register your company, airport or training organisation to enrol people, or ask its managers for an invitation.
organization-withheld = Your organisation demands a second factor
organization-withheld-text = You run an organisation that demands an authenticator application or a passkey of its managers. Your role waits until you have set one up.
organization-withheld-link = Set it up now
organization-identity = Who it is
organization-name = Name
organization-siret-number = SIRET
organization-siret-hint = 14 digits; of the establishment, not of the company.
organization-siret-known = Not changed here.
organization-vat-number = VAT number
organization-vat-number-hint = With the country's letters: FR12345678901.
organization-nda-hint = 11 digits, given by the DREETS.
organization-vat-regime = VAT on your training
organization-vat-regime-hint = The exemption needs a certificate from the tax office.
vat-exempt-261-4-4 = Exempt (article 261-4-4° CGI)
vat-franchise-293-b = Franchise (article 293 B CGI)
vat-standard-20 = 20%
organization-place = Where it is
organization-address-line1 = Address
organization-address-line2 = Address, second line
organization-postal-code = Postal code
organization-city = City
organization-country = Country
organization-contact-email = Contact e-mail
organization-presentation = Presentation
organization-presentation-text = What visitors read on your public page, in both languages.
organization-description-fr = In French
organization-description-en = In English
organization-factor = A stronger sign-in
organization-factor-text = Those who run the organisation then need an authenticator application or a passkey; an e-mailed code no longer suffices. Until they have set one up, their role is withheld. Learners and trainers are not concerned.
organization-factor-demand = Demand it of those who run the organisation
organization-factor-on = A second factor is now demanded
organization-factor-off = A second factor is no longer demanded
organization-another = Another organisation
organization-another-text = A person may belong to several; the menu switches between them.
organization-saved = Settings saved
organization-not-saved = Nothing was saved: correct what is marked.
organization-field-error = This value is not acceptable.
organization-name-error = From 2 to 120 characters, without links.
organization-postal-code-error = Letters, digits and spaces, at most 12.
organization-contact-email-error = Enter a whole e-mail address.
organization-website-error = Enter a whole address, beginning with https://.

# Registering
organization-new = Register an organisation
organization-new-lead = You will run it, and can then invite others.
organization-kind = Kind
organization-demonstration = Filled in from recorded demonstration data, not from the real register. Correct it as needed.
organization-create = Register
organization-created = Organisation registered
organization-taken = This establishment is registered already
organization-taken-text = Ask those who run it for an invitation. They will see your name and your address.
organization-ask = Ask for an invitation
organization-asked = Request sent
organization-asked-text = Those who run the organisation have been told. An invitation will reach you by e-mail if they know you.

# Members
members-lead = Who belongs to the organisation, and what they may do.
members-invite = Invite somebody
members-import = Import a list
members-search = Search a member
members-roles = Roles
members-role = Role
members-job = Job (sets the training required)
members-since = Since
members-you = (you)
members-change-roles = Change roles
members-remove = Remove
members-remove-title = Remove from the organisation?
members-remove-text = The person loses access at once. Bookings and certificates stay. Invitations they sent are withdrawn.
members-leave-text = You are about to leave the organisation: you lose access at once, and only an invitation brings you back.
members-removed = was removed.
members-undo = Undo
members-restored = { $name } is back
members-left = You have left { $name }
members-role-needed = Tick at least one role, or remove the person.
members-roles-saved = Roles of { $name } saved
members-invite-text = An e-mail goes out with a link good for 7 days. The person joins by accepting.
members-first-name = First name (optional)
members-last-name = Last name (optional)
members-send = Send the invitation
members-invited = Invitation sent to { $email }
members-resent = Invitation sent again; the earlier link no longer works
members-withdrawn = Invitation withdrawn
members-dismissed = Request set aside
members-waiting = Invitations waiting
members-waiting-more = The latest fifty are shown.
members-requests = Requests to join
members-requests-text = These people entered your SIRET. Invite those you know.
members-invite-them = Invite
members-dismiss = Set aside
invitation-state = State
invitation-pending = Waiting
invitation-expired = Expired
invitation-unsent = Being sent
invitation-until = Good until
invitation-resend = Send again
invitation-withdraw = Withdraw

# Import
import-lead = Invite a whole team by a CSV file. Nothing leaves before you have seen what it would do.
import-drop = Choose a CSV file, or drop it here
import-drop-text = At most 2,000 lines and 1 MB
import-heading = First line
import-kinds = Accepted
import-kinds-text = Semicolons or commas; UTF-8 or a Windows spreadsheet's encoding. Only the e-mail column is needed.
import-refused = The file was not taken
import-network = The file could not be sent. Check the connection and choose it again.
import-faults = To be corrected:
import-faults-text = As long as one line is wrong, nobody is invited. Correct the file and choose it again.
import-faults-title = Errors
import-faults-more = The first 200 are shown.
import-line = Line
import-column = Column
import-what = What is wrong
import-column-email = E-mail
import-column-firstName = First name
import-column-lastName = Last name
import-column-role = Role
import-column-jobRole = Job
import-fault-email = This is no e-mail address.
import-fault-email_missing = The e-mail address is missing.
import-fault-role = Unknown role. Choose among: { $detail }.
import-fault-formula = Cells that begin with =, +, - or @ are refused: a spreadsheet would run them.
import-fault-too_long = Too long: at most 80 characters (254 for an address).
import-fault-not_plain = Links, markup and line breaks are refused.
import-fault-extra_cells = More cells than the first line has columns.
import-fault-empty = The file names nobody.
import-fault-no_heading = The first line must name the columns: { $detail }.
import-fault-unknown_column = Unknown column: { $detail }.
import-fault-repeated_column = A column is there twice.
import-fault-not_text = This is no CSV file. Save your sheet as CSV.
import-fault-unreadable = A quotation mark is opened or closed in the wrong place.
import-fault-too_large = The file is larger than 1 MB. Split it.
import-fault-too_many_lines = More than { $detail } lines. Split the file.
import-to-invite = to invite
import-members = members already
import-invited = invited already
import-repeated = repeated lines
import-sample = Who will be invited
import-sample-more = The first twenty are shown.
import-nobody = Nobody left to invite
import-nobody-text = Everybody in this file is a member or invited already.
import-again = Choose another file
import-take = Send the invitations
import-taken = { $count ->
    [one] One invitation is on its way
   *[other] { $count } invitations are on their way
}
import-done = The invitations are on their way
import-sent = Mails written:

# The invitation's page
invitation-title = Invitation
invitation-joins = Join
invitation-by = invites you.
invitation-role = Your role
invitation-accept = Accept the invitation
invitation-decline = Decline
invitation-sign-in = To accept, sign in with this address, or create an account with it. You will come back here.
invitation-other = You are signed in with another address
invitation-other-text = The invitation is for the address above; you are signed in as
invitation-joined = You have joined { $organization }
invitation-missing = This link leads nowhere
invitation-missing-text = It may be incomplete, or a newer invitation has replaced it: look at your latest message.
invitation-over = This invitation is over
invitation-declined-title = Invitation declined
invitation-declined-text = Nothing else happens. Whoever invited you can send a new one.

# The platform's list
admin-organizations-lead = Every company, airport and training organisation.
admin-organizations-search = Name, city or SIRET
admin-organizations-all = All kinds
admin-organizations-found = organisations
admin-organizations-none = No organisation fits
admin-organizations-none-text = Search another name, or choose all kinds.
