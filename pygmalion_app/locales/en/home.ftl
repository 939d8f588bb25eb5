# Home page.
home-title = Aviation training, booked and proven
home-description = Find the right aviation course on the right date with a seat that is yours: security, dangerous goods, aerodrome, maintenance, crew. Certificates anyone can verify.
home-headline = The right course, the right date, a seat that is yours.
home-lead = Compare sessions of vetted training organisations, enrol your team in minutes, receive certificates that anyone can verify.
home-ask-category = For which job?
home-ask-place = Where?
home-ask-month = When?
home-ask-language = Language
home-search = Find a session
home-board-title = Next departures
home-board-note = Upcoming sessions, live seats
home-board-all = All sessions
board-time = Date
board-course = Course
board-place = Place
board-seats = Seats
board-price = Price excl. VAT
home-figure-courses = published courses
home-figure-organizations = training organisations
home-figure-sessions = upcoming sessions
home-figure-seats = seats free right now
home-categories-title = Seven families, from apron to cockpit
home-categories-lead = From the screening point to the cockpit: the courses that regulation asks for.
home-category-count = { $count ->
    [0] Soon
    [one] 1 course
   *[other] { $count } courses
}
home-how-title = From need to proof, with no paper lost
home-how-1 = Find
home-how-1-text = Search by job, airport, month or regulation. The seats you see are the seats that are left.
home-how-2 = Enrol
home-how-2-text = One person or ten at once. Your seats are held while you pay by card, in the company’s name.
home-how-3 = Validate
home-how-3-text = The trainer attests presence and success; nobody else can do it for them.
home-how-4 = Prove
home-how-4-text = Each certificate carries a QR code and a fingerprint written to a public chain. An employer, an airport or an auditor checks it in a second.
home-verify-title = Has someone shown you a certificate?
home-verify-lead = Scan its QR code, or drop the PDF: it is compared on your device and sent nowhere.
home-verify-action = Verify a certificate
