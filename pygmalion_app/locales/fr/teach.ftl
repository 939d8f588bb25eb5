# Les écrans de ceux qui forment.
teach-lead = Qui vient, qui est venu, qui a réussi.
teach-empty = Aucune session pour l’instant
teach-empty-text = Les sessions que vous animez, ou celles de votre organisme, s’affichent ici.
teach-to-do = À valider
teach-week = Cette semaine
teach-later = Plus tard
teach-past = Passées
teach-fill = { $taken } / { $capacity } places
teach-cancelled = Annulée
teach-over = Terminée
teach-to-validate = { $count ->
    [one] 1 à valider
   *[other] { $count } à valider
}
teach-validated = { $count ->
    [one] 1 réussite
   *[other] { $count } réussites
}
teach-session-title = Session
teach-missing = Cette session n’est pas la vôtre
teach-missing-text = Seuls son formateur et son organisme la voient ici.
teach-hours = Horaires
teach-trainer = Formateur
teach-seats = Places prises
teach-early-allowed = La session n’a pas commencé. Cette installation de démonstration permet de valider quand même ; en production, c’est refusé.
teach-early-refused = La session n’a pas commencé : vous pourrez noter présences et réussites à partir de son début.
teach-people = Participants
teach-people-text = « Réussi » veut dire présent et a réussi. Rien n’est enregistré avant que vous ne validiez.
teach-all = Tous présents et réussis
teach-nobody = Personne d’inscrit pour l’instant
teach-nobody-text = Les inscriptions confirmées s’affichent ici.
teach-marked = Notés :
teach-validate = Valider
teach-mark-absent = Absent
teach-mark-present = Présent
teach-mark-passed = Réussi
teach-confirm-title = Enregistrer et délivrer ?
teach-sum-passed = { $count ->
    [one] 1 personne a réussi : son certificat est délivré
   *[other] { $count } personnes ont réussi : leurs certificats sont délivrés
}
teach-sum-present = { $count ->
    [one] 1 personne présente, sans certificat
   *[other] { $count } personnes présentes, sans certificat
}
teach-sum-absent = { $count ->
    [one] 1 personne absente
   *[other] { $count } personnes absentes
}
teach-confirm-text = Une réussite ne peut plus être changée : le certificat est inscrit sur la chaîne en votre nom.
teach-confirm = Valider
teach-recorded = { $count ->
    [one] 1 participant enregistré
   *[other] { $count } participants enregistrés
}
teach-recorded-text = Les certificats sont en route.
teach-certificate-making = Certificat en cours d’édition
teach-certificate-anchoring = Inscription sur la chaîne
teach-certificate = Certificat : { $status }
teach-certificate-see = Vérifier

# Les formations de l'organisme.
courses-title = Nos formations
courses-lead = Écrivez une formation, publiez-la, planifiez ses sessions.
courses-new = Nouvelle formation
courses-empty = Aucune formation pour l’instant
courses-empty-text = Un brouillon n’est visible que de vous, jusqu’à sa publication.
courses-draft = Brouillon
courses-published = Publiée
courses-archived = Archivée
courses-publish = Publier
courses-plan = Planifier une session
courses-plan-it = Planifier
courses-save-draft = Enregistrer le brouillon
courses-made = Brouillon enregistré
courses-made-text = Relisez-le, puis publiez-le.
courses-now-public = La formation est au catalogue
courses-planned = La session est planifiée
courses-incomplete = Il manque quelque chose pour publier : un titre, une description, une modalité, une durée et un prix sont nécessaires.
courses-field-error = Valeur à corriger.
courses-field-title = Titre
courses-field-description = Description
courses-field-category = Famille
courses-field-modality = Modalité
courses-field-hours = Heures
courses-field-minutes = Minutes
courses-field-price = Prix HT, en euros
courses-field-validity = Validité, en mois
courses-field-language = Langue
courses-field-legal = Base réglementaire
courses-field-first-day = Premier jour
courses-field-last-day = Dernier jour
courses-field-from = Début
courses-field-to = Fin
courses-field-location = Ville ou aéroport
courses-field-address = Adresse
courses-field-places = Places
courses-field-changes-days = Changements de participants jusqu’à (jours avant ; vide : votre règle générale)
courses-field-session-price = Prix HT si différent
courses-field-trainer = Formateur
courses-no-trainer = À désigner
