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
