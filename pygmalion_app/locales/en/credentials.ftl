# What digital credentials (Open Badges) say.
credential-evidence = Verification page
credential-criteria = Attended the whole training and passed its assessment, both confirmed by the trainer.
credential-legal-basis = Legal basis: { $basis }.

error-credential_unavailable-title = No digital credential
error-credential_unavailable = This certificate has no digital credential. Its PDF document remains valid and can be verified.

# Choosing what a partial credential (SD-JWT) shows
credential-choose-text = The file holds only what you tick, and its signature can still be verified. The rest is not in it: only fingerprints that nobody can read.
credential-choose-fields = To show
credential-choose-always = Whoever reads it always sees the organisation, the date of issue, the end of validity and whether the certificate is revoked.
credential-choose-download = Download the credential
credential-field-holder = Holder
credential-field-number = Number
credential-field-course = Course
credential-field-courseEn = Course (in English)
credential-field-category = Field
credential-field-modality = Mode
credential-field-durationMinutes = Duration
credential-field-legalBasis = Legal basis
credential-field-organization = Training organisation
credential-field-location = Place
credential-field-startsOn = First day
credential-field-endsOn = Last day
credential-field-completedOn = Completed on
credential-field-validUntil = Last day of validity
credential-field-verificationUrl = Verification link (shows everything)
