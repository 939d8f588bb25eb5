# The document (PDF)
certificate-title = Training certificate
certificate-completed = attended the whole course and passed it
certificate-qr-alt = QR code that opens the verification page { $url }
certificate-scan = Scan to verify
certificate-number = Number
certificate-issuer = Issued by
certificate-training-days = Training
certificate-duration = Duration
certificate-place = Place and mode
certificate-issued = Issued on
certificate-valid-until = Valid until
certificate-no-expiry = No end date
certificate-legal-basis = Legal basis
certificate-none = Not applicable
certificate-attachment = Content of the certificate, machine-readable
certificate-note = This file’s fingerprint is anchored on a blockchain. Scan the code or drop this PDF on the verification page: the slightest change shows.
certificate-modality-presentiel = on site
certificate-modality-elearning = online
certificate-modality-virtuel = virtual classroom
certificate-modality-blended = blended
certificate-file-name = certificate-{ $number }.pdf

# Mail to the holder
mail-certificate-subject = Your certificate: { $course }
mail-certificate-body =
    Your certificate for “{ $course }” is ready.

    Download the PDF or share its link: anyone can verify it, without an account.
mail-certificate-action = See my certificates

# Errors
error-certificate_not_ready-title = Document being prepared
error-certificate_not_ready = This certificate’s document is being prepared. Try again in a few seconds.
error-certificate_already_revoked-title = Certificate already revoked
error-certificate_already_revoked = This certificate has already been revoked.
