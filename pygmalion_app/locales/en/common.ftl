# Words that every page shares.
skip-to-content = Skip to content
switch-to-this-language = Show this page in English
theme-switch = Switch between light and dark
main-menu = Menu
user-menu = My account
sign-in = Sign in
sign-up = Create an account
sign-out = Sign out
close = Close
cancel = Cancel
save = Save
back = Back
try-again = Try again
page = Page
pages = Pages of results
page-previous = Previous page
page-next = Next page
steps = Steps
breadcrumbs = You are here
connection-lost = Connection lost. It returns by itself as soon as possible; nothing is lost.
error-title = This page could not be loaded
error-text = The trouble is on our side. Try again in a moment.
error-unexpected = Something unexpected happened. Reference: { $reference }
not-found-title = There is no such page
not-found-text = The address may be incomplete, or the page was taken down.
optional = optional

nav-home = Home
nav-catalog = Courses
nav-verify = Verify a certificate
nav-training = My training
nav-certificates = My certificates
nav-teach = My sessions
nav-team = My team
nav-profile = My profile
nav-mailbox = Demo mailbox
nav-catalog-short = Catalogue
nav-training-short = Training
nav-certificates-short = Certificates
nav-teach-short = Sessions
nav-team-short = Team
nav-profile-short = Profile
nav-mailbox-short = Mail

footer-promise = The marketplace for aviation training: sessions, seats and verifiable certificates in one place.
footer-learn = Learn
footer-trust = Trust
footer-account = Account
footer-api = API and documentation
footer-rights = © MB Aviation
footer-made = Made in France, hosted without trackers.

category-SECURITY = Security
category-DGR = Dangerous goods
category-CARGO = Cargo
category-AERODROME = Aerodrome
category-MAINTENANCE = Maintenance
category-CREW = Crew
category-WORKPLACE = Workplace safety
modality-PRESENTIEL = Classroom
modality-ELEARNING = E-learning
modality-VIRTUEL = Virtual classroom
modality-BLENDED = Blended
language-fr = French
language-en = English
seats-left = { $count ->
    [0] Full
    [one] 1 seat
   *[other] { $count } seats
}
excluding-vat = excl. VAT
