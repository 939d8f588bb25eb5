# What digital credentials (Open Badges) say.
credential-evidence = Verification page
credential-criteria = Attended the whole training and passed its assessment, both confirmed by the trainer.
credential-legal-basis = Legal basis: { $basis }.

error-credential_unavailable-title = No digital credential
error-credential_unavailable = This certificate has no digital credential. Its PDF document remains valid and can be verified.
