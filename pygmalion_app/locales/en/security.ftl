# Account security: passwords, devices, address, confirming who one is.
error-reauthentication_required-title = Confirm your identity
error-reauthentication_required = This is a sensitive change: confirm who you are first, then try again.
error-wrong_password-title = Wrong password
error-wrong_password = This is not your current password. Try again, or ask for a new one from the sign-in page.
error-invalid_link-title = Link not usable
error-invalid_link = This link has expired or has been used. Ask for a new one.
error-email_taken-title = Address already used
error-email_taken = This address belongs to another account by now. Write to support if it is yours.

mail-password-changed-subject = Your password was changed
mail-password-changed-body =
    Hello { $first_name },

    The password of your account has just been changed. Your other devices were signed out.

    If this was not you, ask for a new password right away.
mail-password-changed-action = Ask for a new password

mail-password-reset-subject = Your new password
mail-password-reset-body =
    Hello { $first_name },

    You asked for a new password. This link is good for { $minutes } minutes and works once.

    If you did not ask for anything, ignore this message: your password stays the same.
mail-password-reset-action = Choose a new password

mail-email-change-code-subject = { $code } confirms your new address
mail-email-change-code-body =
    Hello { $first_name },

    Here is the code that ties this address to your account: { $code }. It is good for { $minutes } minutes.

    If you did not ask for anything, ignore this message: nothing will change.

mail-email-change-taken-subject = This address already has a Pygmalion account
mail-email-change-taken-body =
    Hello { $first_name },

    Someone, perhaps you, wanted to tie this address to another account. It already has one: sign in to it.

    If this was not you, there is nothing to do.

mail-email-changed-subject = The address of your account was changed
mail-email-changed-body =
    Hello { $first_name },

    Your Pygmalion account now uses another address. Your messages no longer arrive here.

    If this was not you, you have { $days } days to put this address back: every device will be signed out and the old password will be worth nothing.
mail-email-changed-action = Put this address back

mail-email-change-undone-subject = Your address is back
mail-email-change-undone-body =
    Hello { $first_name },

    This address is your account's again, and every device is signed out. The old password is worth nothing: choose a new one.
mail-email-change-undone-action = Choose a new password

tab-profile = Profile
tab-security = Security

security-title = Security
security-lead = How you sign in, and from where.
security-password = Password
security-password-text = Changing it signs your other devices out.
security-password-current = Current password
security-password-new = New password
security-password-hint = At least 12 characters; a few unrelated words do very well.
security-password-change = Change password
security-password-changed = Password changed. Your other devices are signed out.
security-password-missing = Write your current password.
security-email = E-mail address
security-email-now = Current address
security-email-new = New address
security-email-text = A code goes to the new address; the old one gets a way back for seven days.
security-email-change = Change address
security-email-error = Write a complete address that differs from the current one.
security-email-code = Code received at the new address
security-email-code-hint = If nothing arrives within a minute, check the address or start over.
security-email-confirm = Confirm the new address
security-email-changed = Address changed.
security-email-restart = Use another address
security-code-incomplete = The code has six digits.

devices-title = Signed-in devices
devices-lead = Sign out those you do not recognise: it takes effect at once.
devices-this = This device
devices-browser = { $browser } on { $system }
devices-unknown = Unknown browser
devices-api = Application ({ $browser })
devices-api-unknown = Application
devices-seen = Seen { $moment }
devices-since = signed in { $moment }
devices-from = from { $address }
devices-method-email = e-mailed code
devices-method-totp = authenticator app
devices-method-recovery_code = recovery code
devices-method-passkey = passkey
devices-method-sso = company sign-in
devices-method-trusted_device = trusted device
devices-sign-out = Sign out
devices-signed-out = Device signed out.
devices-everywhere = Sign out everywhere
devices-everywhere-title = Sign out every device?
devices-everywhere-text = This one too. Trusted devices will ask for a code again.
devices-gone = This device was signed out already.

reauth-title = Confirm it is you
reauth-lead = This is a sensitive change. The confirmation lasts ten minutes on this device.
reauth-password = Password
reauth-password-hint = Leave it empty if your account has none.
reauth-continue = Continue
reauth-code-email = A six-digit code is on its way to your address.
reauth-code-totp = The code of your authenticator app, or a recovery code.
reauth-code-passkey = Confirm with your passkey.
reauth-code = Code
reauth-confirm = Confirm
reauth-use-passkey = Use my passkey
reauth-use-code = Use a code
reauth-passkey-failed = Nothing was confirmed. Try again, or use a code.
reauth-code-error = A code has six digits, a recovery code ten characters.

reset-title = New password
reset-lead = Write your account's address: a link good for 30 minutes will wait for you there.
reset-send = Send the link
reset-sent-title = Look at your e-mail
reset-sent-text = If an account uses this address, a link has just left. It is good for 30 minutes and works once.
reset-again = Start over
reset-choose-title = Choose a new password
reset-choose-lead = All your devices will be signed out. Then sign in as usual.
reset-choose = Save the password
reset-done-title = Done
reset-done-text = Your new password is saved. Sign in with it.
reset-forgotten = Forgot your password?

undo-title = Put the former address back
undo-lead = Your former address becomes the account's again, every device is signed out and the present password is erased.
undo-do = Put my former address back
undo-done-title = Your address is back
undo-done-text = An e-mail waits for you to choose a new password.
undo-no-link = Open the link you received by e-mail: it carries what proves that it is you.

trusted-title = Trusted browsers
trusted-lead = The password is enough there: no code is asked for at sign-in.
trusted-until = Trusted until { $moment }, used { $used }
trusted-forget = Stop trusting
trusted-forgotten = A code will be asked for there at the next sign-in.
trusted-gone = This browser was trusted no more already.
