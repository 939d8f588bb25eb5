tab-admin-risk = Risques
risk-title = Connexions et commandes à regarder
risk-lead = Des signaux simples donnent une note après coup. Rien n'est refusé automatiquement : à partir de { $threshold } points, une personne regarde.
risk-state = État
risk-state-open = À regarder
risk-state-contacted = Contactées
risk-state-approved = Approuvées
risk-state-clear = Sans suite
risk-kind = Type
risk-kind-all = Tout
risk-kind-sign_in = Connexion
risk-kind-order = Commande
risk-score = { $score } points sur 100
risk-who = Personne
risk-what = Quoi
risk-why = Pourquoi
risk-see = Examiner
risk-close = Refermer
risk-empty-title = Rien à regarder
risk-empty-text = Aucune connexion ni commande n'a cette note pour l'instant.
risk-none = Aucun signal.
risk-points = +{ $points }
risk-history = Décisions
risk-no-history = Personne n'a encore décidé.
risk-decision-approve = Approuvé
risk-decision-note = Note
risk-decision-contact = Contacté
risk-by = { $name }, { $moment }
risk-note-label = Note ou message
risk-note-hint = Obligatoire pour une note. Lors d'un contact, ce texte est envoyé à la personne.
risk-note-missing = Écrivez la note.
risk-done-approve = Approuvé
risk-done-note = Note gardée
risk-done-contact = Message envoyé
risk-signal-failed_before = { $counted ->
    [one] Un mot de passe ou code refusé
   *[other] { $counted } mots de passe ou codes refusés
} dans l'heure d'avant
risk-signal-new_place = Adresse et navigateur jamais utilisés par cette personne
risk-signal-country_jump = Autre pays que lors de la connexion de moins de trois heures avant
risk-signal-many_on_device = { $counted } comptes depuis la même adresse et le même navigateur en une semaine
risk-signal-many_on_address = { $counted } comptes depuis la même adresse en un jour
risk-signal-sign_in_velocity = { $counted } connexions de ce compte en une heure
risk-signal-card_shared = { $counted } comptes ont payé avec cette carte en 90 jours
risk-signal-order_velocity = { $counted } commandes de cette personne en une heure
risk-signal-new_and_large = Compte de moins d'un jour, commande de { $counted } €
risk-signal-risky_sign_in = Connexion notée { $counted } le même jour
mail-risk-sign-in-subject = Est-ce bien vous qui vous êtes connecté ?
mail-risk-sign-in-body =
    Bonjour { $first_name },

    Nous aimerions vérifier avec vous une connexion à votre compte, le { $moment }. Votre compte fonctionne comme d'habitude.

    { $note }

    Si ce n'était pas vous, changez votre mot de passe et déconnectez vos appareils sur votre page « Sécurité ».
mail-risk-order-subject = Une question sur votre commande
mail-risk-order-body =
    Bonjour { $first_name },

    Nous aimerions vérifier avec vous votre commande du { $moment }. Elle suit son cours : rien n'est annulé.

    { $note }

    Si vous n'avez rien commandé, changez votre mot de passe et dites-le-nous en répondant à ce message.
privacy-area-risk = Évaluations de connexions et de commandes
retention-risk_cleared = Évaluations de risque sans suite
retention-risk_reviewed = Évaluations de risque regardées par une personne
risk-mail-no-note = Répondez à ce message si quelque chose vous surprend.
risk-points-head = Note
risk-decision = Décision
risk-do-approve = Approuver : rien d'inquiétant
risk-do-note = Garder une note, la décision attend
risk-do-contact = Écrire à la personne
risk-save = Enregistrer
