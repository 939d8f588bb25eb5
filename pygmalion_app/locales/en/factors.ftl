# Second factors: authenticator application, passkeys, recovery codes, trusted devices.
error-invalid_passkey-title = Passkey refused
error-invalid_passkey = This passkey was not recognised. Try again, or choose another way.
error-passkey_known-title = Passkey already kept
error-passkey_known = This passkey is in your account already.
error-passkeys_unavailable-title = No passkeys here
error-passkeys_unavailable = Passkeys need an address with a domain name and HTTPS. Choose an authenticator application.
error-strong_factor_demanded-title = Second factor demanded
error-strong_factor_demanded = { $organization } demands an authenticator application or a passkey for your role. Add another one before you remove this one.
error-strong_factor_required-title = Second factor to set up
error-strong_factor_required = Your organisation demands an authenticator application or a passkey for this role. Set one up on the “Security” page: your rights come back at once.

mail-factor-added-subject = { $factor ->
    [totp] Authenticator application added to your account
   *[passkey] Passkey added to your account
}
mail-factor-added-body =
    Hello { $first_name },

    { $factor ->
        [totp] An authenticator application now protects your account: its codes replace those we sent by e-mail.
       *[passkey] A passkey was added to your account: it lets you sign in without a password.
    }

    If this was not you, change your password, sign out all your devices and remove this way of signing in.
mail-factor-added-action = See my account's security

mail-factor-removed-subject = { $factor ->
    [totp] Authenticator application removed from your account
   *[passkey] Passkey removed from your account
}
mail-factor-removed-body =
    Hello { $first_name },

    { $factor ->
        [totp] The authenticator application was removed from your account.
       *[passkey] A passkey was removed from your account.
    }

    If this was not you, change your password and sign out all your devices.
mail-factor-removed-action = See my account's security

mail-recovery-codes-made-subject = New recovery codes
mail-recovery-codes-made-body =
    Hello { $first_name },

    Ten new recovery codes have just been made. The earlier ones are worth nothing any more.

    If this was not you, change your password and sign out all your devices.
mail-recovery-codes-made-action = See my account's security

mail-recovery-code-used-subject = A recovery code was used to sign in
mail-recovery-code-used-body =
    Hello { $first_name },

    { $left ->
        [0] Somebody, probably you, signed in with your last recovery code. Make new ones.
        [one] Somebody, probably you, signed in with a recovery code. You have one left.
       *[other] Somebody, probably you, signed in with a recovery code. You have { $left } left.
    }

    If this was not you, change your password and sign out all your devices.
mail-recovery-code-used-action = See my account's security

sign-in-code-title-totp = Code from your application
sign-in-code-lead-totp = Open your authenticator application and copy the code it shows for Pygmalion.
sign-in-code-title-recovery = Recovery code
sign-in-code-lead-recovery = One of the ten codes you kept. It works once.
sign-in-recovery-code = Recovery code
sign-in-recovery-code-hint = Ten characters, for example 7QK4N-9F3DB.
sign-in-recovery-code-incomplete = A recovery code has ten characters, letters and digits.
sign-in-passkey-title = Your passkey
sign-in-passkey-lead = Confirm with your fingerprint, your face, your device’s code or your security key.
sign-in-passkey-use = Use my passkey
sign-in-passkey-alone = Use a passkey
sign-in-passkey-cancelled = Nothing was confirmed. Try again, or choose another way.
sign-in-passkey-here = Passkeys work at the address
sign-in-or = or
sign-in-other-way = Another way
sign-in-with-totp = Code from my application
sign-in-with-passkey = My passkey
sign-in-with-recovery = A recovery code
sign-in-trust = Do not ask for a code on this device for 30 days
sign-in-trust-hint = Only on a device of your own.

factors-title = Second factor
factors-lead = What protects you when your password is stolen.
factors-email = Code by e-mail
factors-email-on = A code is sent to you each time you sign in.
factors-email-off = No longer used: you have something better.
factors-on = On
factors-off = Off
factors-demanded-title = Set up a second factor
factors-demanded = { $organizations } demands an authenticator application or a passkey for your role. Your rights there are suspended until then and come back at once.
factors-totp = Authenticator application
factors-totp-text = A six-digit code, even offline: Aegis, FreeOTP, Google or Microsoft Authenticator, a password manager.
factors-totp-since = On since
factors-totp-set-up = Set up
factors-totp-replace = Change device
factors-totp-remove = Remove
factors-totp-scan = Scan this code with your application.
factors-totp-manual = Or type this key by hand:
factors-totp-qr = QR code for the authenticator application
factors-totp-code = Code shown by the application
factors-totp-confirm = Confirm
factors-totp-added = The authenticator application protects your account.
factors-totp-removed = The authenticator application is removed.
factors-passkeys = Passkeys
factors-passkeys-text = Fingerprint, face, device code or security key: nothing to copy, nothing to steal. They are enough to sign in.
factors-passkey-add = Add a passkey
factors-passkey-name = Name of the passkey
factors-passkey-name-hint = To tell it apart, for example “Claire’s phone”.
factors-passkey-name-error = Give it a name, 80 characters at most.
factors-passkey-name-default = My passkey
factors-passkey-made = Made on
factors-passkey-used = used on
factors-passkey-never-used = never used
factors-passkey-synced = Synchronised
factors-passkey-added = The passkey is kept.
factors-passkey-removed = The passkey is removed.
factors-passkey-cancelled = No passkey was made. Try again whenever you like.
factors-remove-title = Remove this way of signing in?
factors-remove-text = You will not be able to sign in with it any more. If it is the last one, a code by e-mail is asked for again and your recovery codes are erased.
factors-recovery = Recovery codes
factors-recovery-text = For the day your phone is lost. Each works once.
factors-recovery-left = { $count ->
    [0] None is left.
    [one] One is left.
   *[other] { $count } are left.
}
factors-recovery-new = Make new codes
factors-recovery-shown = Your Pygmalion recovery codes
factors-recovery-keep = They will never be shown again. Print them or keep them in a password manager.
factors-recovery-copy = Copy
factors-recovery-copied = Codes copied.
factors-recovery-print = Print
factors-recovery-done = I have kept them
