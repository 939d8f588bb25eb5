# My training, my certificates.
training-lead = What lies ahead, and what you have done.
training-find = Find a course
training-empty = No training yet
training-empty-text = Book a session: its convocation, place and hours will show here.
training-next = Next session
training-in-days = { $days ->
    [0] Today
    [one] Tomorrow
   *[other] In { $days } days
}
training-duration = Duration
training-bring = What to bring
training-upcoming = To come
training-past = Done
training-manage = Manage booking
training-certificate = Certificate

certificates-lead = Each can be verified in a second, by QR code, link or PDF file.
certificates-empty = No certificate yet
certificates-empty-text = A certificate arrives here as soon as the trainer has confirmed that you came and passed.
my-certificate-number = Number
my-certificate-holder = Holder
my-certificate-by = Issued by
my-certificate-completed = Training completed on
my-certificate-valid-until = Valid until
my-certificate-no-end = No time limit
my-certificate-download = Download the PDF
my-certificate-share = Share
my-certificate-check = Verify
my-certificate-share-title = Share this certificate
my-certificate-share-text = Whoever has this link or QR code sees whether the certificate is valid, and nothing else of your account.
my-certificate-copy = Copy the link
my-certificate-copied = Link copied
my-certificate-qr = QR code of the verification page
my-certificate-being-made = The document is being made, a few seconds.
my-certificate-revoked-why = Reason
