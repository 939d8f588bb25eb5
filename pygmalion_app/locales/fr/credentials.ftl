# Ce que disent les justificatifs numériques (Open Badges).
credential-evidence = Page de vérification
credential-criteria = Présence à toute la formation et réussite de son évaluation, validées par le formateur.
credential-legal-basis = Base légale : { $basis }.

error-credential_unavailable-title = Justificatif numérique indisponible
error-credential_unavailable = Ce certificat n’a pas de justificatif numérique. Le document PDF reste valable et vérifiable.
