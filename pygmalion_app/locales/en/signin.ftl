# Sign-in, sign-up, demonstration mailbox.
sign-in-title = Sign in
sign-in-lead = A second factor follows: a code by e-mail, your application or your passkey. Nobody gets in with a stolen password.
sign-in-step-1 = Step 1 of 2
sign-in-step-2 = Step 2 of 2
sign-in-email = E-mail address
sign-in-password = Password
sign-in-show-password = Show or hide the password
sign-in-continue = Continue
sign-in-no-account = No account yet?
sign-in-email-error = Enter a complete address, such as name@company.com.
sign-in-password-error = A password has between 12 and 200 characters.
sign-in-first-name-error = Enter your first name, at most 80 characters.
sign-in-last-name-error = Enter your last name, at most 80 characters.
sign-in-code-title = Enter the code you received
sign-in-code-sent = A six-digit code, valid for ten minutes, is on its way to
sign-in-code = Six-digit code
sign-in-code-send = Enter
sign-in-code-incomplete = The code has six digits.
sign-in-resend = Send another code
sign-in-resend-in = Another code is possible in
sign-in-resent = A new code is on its way. The old one is worth nothing any more.
sign-in-resend-refused = No code can be sent now. Go back and start again.
sign-in-demo-mailbox = Demonstration: no e-mail leaves this machine.
sign-in-open-mailbox = Open the demonstration mailbox

sign-up-title = Create an account
sign-up-lead = Book your training and keep your certificates in one place.
sign-up-first-name = First name
sign-up-last-name = Last name
sign-up-email-hint = Use the one your employer knows: your enrolments are tied to it.
sign-up-password-hint = At least 12 characters; a sentence does very well.
sign-up-continue = Create my account
sign-up-has-account = Already have an account?

demo-title = Demonstration accounts
demo-lead = One tap fills the form and asks for the code.
demo-manager = Team manager
demo-manager-does = Enrols and pays for a team
demo-trainer = Trainer
demo-trainer-does = Records who came and passed
demo-learner = Learner
demo-learner-does = Follows training, keeps certificates
demo-of = Training organisation
demo-of-does = Publishes courses and sessions
demo-airport = Airport manager
demo-airport-does = Trains a whole platform
demo-admin = Administrator
demo-admin-does = Sees everything

mailbox-title = Demonstration mailbox
mailbox-lead = E-mails that Pygmalion sends arrive here as long as no mail server is connected.
mailbox-address = Address to read
mailbox-open = Read
mailbox-refresh = Read again
mailbox-count = { $count ->
    [0] No message
    [one] 1 message
   *[other] { $count } messages
}
mailbox-empty = No message for this address
mailbox-empty-text = A message arrives a second or two after what causes it. The box refreshes by itself.
mailbox-choose = Choose a message
mailbox-choose-text = It shows here as its reader receives it.
mailbox-off = This installation sends real e-mails
mailbox-off-text = There is no demonstration mailbox here: look at your own.
mailbox-message = Message
mailbox-files = Attachments
