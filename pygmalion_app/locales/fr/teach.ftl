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
courses-now-public = La formation est au catalogue
courses-planned = La session est planifiée
courses-field-error = Valeur à corriger.
courses-field-title = Titre
courses-field-description = Description
courses-field-category = Famille
courses-field-modality = Modalité
courses-field-hours = Heures
courses-field-minutes = Minutes
courses-field-price = Prix HT, en euros
courses-field-language = Langue
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
courses-edit = Modifier
courses-finish = Compléter et publier
courses-field-objectives = Objectifs pédagogiques
courses-field-prerequisites = Prérequis
courses-field-bring = À apporter
courses-field-type-code = Formation réglementaire correspondante
courses-field-methods = Méthodes et moyens
courses-field-evaluation = Modalités d’évaluation
courses-field-accessibility = Accessibilité et contact handicap
courses-field-nsf-code = Spécialité (NSF)
courses-field-bpf-objective = Objectif (bilan pédagogique)
courses-field-legal-basis = Base réglementaire
courses-field-validity-months = Validité, en mois
courses-field-title-en = Titre en anglais
courses-field-description-en = Description en anglais
courses-field-objectives-en = Objectifs en anglais
courses-field-prerequisites-en = Prérequis en anglais
courses-field-methods-en = Méthodes en anglais
courses-field-evaluation-en = Évaluation en anglais
courses-field-accessibility-en = Accessibilité en anglais

# The course editor and its list.
editor-back = Nos formations
editor-lead = La liste à côté se met à jour à chaque champ que vous quittez.
editor-archived = Cette formation est archivée : elle garde son historique et ne change plus.
editor-what = La formation
editor-rules = Règles et validité
editor-public = Information du public
editor-public-text = Ce que l’indicateur 1 de Qualiopi demande de publier, et ce que demande le bilan pédagogique et financier.
editor-english = Version anglaise
editor-objectives-hint = Un objectif par ligne, chacun avec un verbe d’action : « Refuser un article prohibé ».
editor-prerequisites-hint = « Aucun » s’il n’y en a pas.
editor-accessibility-hint = Ce que vous adaptez, et la personne à contacter.
editor-no-type = Aucune (formation propre à l’organisme)
editor-type-hint = Elle reprend la base réglementaire et la validité, et compte pour la conformité de vos clients.
editor-saved = Formation enregistrée
checks-title = Avant de publier
checks-ok = En ordre
checks-doubt = À vérifier
checks-fault = Bloquant
checks-faults = { $count ->
    [one] Un point bloquant
   *[other] { $count } points bloquants
  }
checks-doubts = { $count ->
    [one] Publiable, un point à vérifier
   *[other] Publiable, { $count } points à vérifier
  }
checks-fine = Tout est en ordre
checks-fine-items = En ordre
checks-mend = Aller au champ
checks-see = Voir la liste
checks-go = Y remédier
check-title = Titre
check-title-missing = Sans titre, la formation ne peut pas être trouvée.
check-description = Description
check-description-missing = Dites à qui elle s’adresse et ce qui s’y passe.
check-description-short = { $characters } caractères : il en faut environ { $wanted } pour que l’on sache ce que l’on achète.
check-objectives = Objectifs pédagogiques
check-objectives-missing = Le code du travail et Qualiopi les exigent avant toute inscription.
check-objectives-single = Un seul objectif : détaillez ce que l’on saura faire.
check-prerequisites = Prérequis
check-prerequisites-missing = Écrivez « Aucun » s’il n’y en a pas : leur absence doit être dite.
check-duration = Durée
check-duration-missing = Indiquez la durée de la formation.
check-duration-short = Plus courte que la durée habituelle de ce type ({ $usual }).
check-duration-session = Une session prévue ne dure que { $shortest }.
check-modalities = Modalité
check-modalities-missing = Choisissez au moins une modalité.
check-price = Tarif
check-price-missing = Indiquez un prix hors taxes.
check-type = Formation réglementaire
check-type-missing = Sans elle, le certificat ne comptera pour aucune obligation de vos clients.
check-legal-basis = Base réglementaire
check-legal-basis-missing = Aucun texte cité pour une formation de cette famille.
check-legal-basis-regulated = Cette formation est réglementée : citez le texte ({ $usual }).
check-validity = Validité
check-validity-unusual = La règle connue de ce type est de { $usual } mois.
check-validity-endless = La règle connue de ce type n’a pas de terme.
check-language = Langues
check-language-title = Dispensée en anglais, sans titre en anglais.
check-language-untranslated = Sans titre et description en anglais, la page anglaise montre le français.
check-methods = Méthodes et moyens
check-methods-missing = Indicateur 1 : les méthodes mobilisées doivent être publiques.
check-evaluation = Évaluation
check-evaluation-missing = Indicateur 1 : dites comment les acquis sont évalués.
check-accessibility = Accessibilité
check-accessibility-missing = Indicateur 1 : nommez le contact handicap et ce que vous adaptez.
check-nsf = Spécialité (NSF)
check-nsf-missing = Le bilan pédagogique et financier la demande (cadre F-4).
check-bpf = Objectif au bilan pédagogique
check-bpf-missing = Sans lui, elle est comptée parmi les autres formations professionnelles (cadre F-3).
check-suspension = Modération
check-suspension-hidden = Masquée à la suite d’un signalement : corrigez-la, puis répondez à l’équipe de Pygmalion, qui la remettra en ligne.
check-verification = Vérification de l’organisme
check-verification-missing = Votre organisme doit être vérifié avant de publier.
check-quality = Certification Qualiopi
check-quality-missing = Aucun certificat connu : vos clients ne pourront pas mobiliser de fonds publics ou mutualisés.
check-quality-expired = Le certificat a expiré le { $day }.
check-nda = Déclaration d’activité
check-nda-missing = Le numéro de déclaration d’activité manque : il figure sur les conventions et les factures.
check-session = Sessions
check-session-missing = Aucune session à venir : la formation ne pourra pas être réservée.
check-trainer = Formateur
check-trainer-missing = { $count ->
    [one] Une session n’a pas de formateur.
   *[other] { $count } sessions n’ont pas de formateur.
  }
bpf-objective-unsaid = Non précisé
bpf-objective-rncp = Diplôme, titre ou CQP inscrit au RNCP
bpf-objective-rs = Certification ou habilitation inscrite au répertoire spécifique
bpf-objective-cqp = CQP non inscrit au RNCP
bpf-objective-professional = Autre formation professionnelle
bpf-objective-assessment = Bilan de compétences
bpf-objective-experience = Accompagnement à la VAE
nsf-unsaid = Non précisée
nsf-253 = 253 · Mécanique aéronautique et spatiale
nsf-311 = 311 · Transports, manutention, magasinage
nsf-344 = 344 · Sécurité des biens et des personnes
nsf-315 = 315 · Ressources humaines, organisation
nsf-333 = 333 · Enseignement, formation
nsf-128 = 128 · Droit, sciences politiques
