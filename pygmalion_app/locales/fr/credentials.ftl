# Ce que disent les justificatifs numériques (Open Badges).
credential-evidence = Page de vérification
credential-criteria = Présence à toute la formation et réussite de son évaluation, validées par le formateur.
credential-legal-basis = Base légale : { $basis }.

error-credential_unavailable-title = Justificatif numérique indisponible
error-credential_unavailable = Ce certificat n’a pas de justificatif numérique. Le document PDF reste valable et vérifiable.

# Choisir ce que montre un justificatif partiel (SD-JWT)
credential-choose-text = Le fichier ne contient que ce que vous cochez, et sa signature reste vérifiable. Le reste n’y figure pas : seulement des empreintes que personne ne peut lire.
credential-choose-fields = À montrer
credential-choose-always = Qui le lit voit toujours l’organisme, la date d’émission, la fin de validité et si le certificat est révoqué.
credential-choose-download = Télécharger le justificatif
credential-field-holder = Titulaire
credential-field-number = Numéro
credential-field-course = Formation
credential-field-courseEn = Formation (en anglais)
credential-field-category = Domaine
credential-field-modality = Modalité
credential-field-durationMinutes = Durée
credential-field-legalBasis = Base légale
credential-field-organization = Organisme de formation
credential-field-location = Lieu
credential-field-startsOn = Premier jour
credential-field-endsOn = Dernier jour
credential-field-completedOn = Date d’achèvement
credential-field-validUntil = Dernier jour de validité
credential-field-verificationUrl = Lien de vérification (montre tout)
