error-dispute_over-title = Litige terminé
error-dispute_over = Ce litige est décidé, ou le délai de réponse est passé.
error-evidence_sent-title = Réponse déjà envoyée
error-evidence_sent = La réponse est partie : une banque n’en lit qu’une.
error-dispute_unlinked-title = Paiement inconnu
error-dispute_unlinked = Le paiement de ce litige n’est pas encore connu. Réessayez dans quelques minutes.

mail-dispute-opened-subject = Paiement contesté : { $amount }, { $description }
mail-dispute-opened-body =
    Bonjour { $first_name },

    La banque d’un client conteste un paiement de { $amount } pour « { $description } » (commande { $order }). Motif : { $reason }.

    { $urgent ->
        [yes] La réponse de la plateforme est attendue dès que possible.
       *[other] La réponse de la plateforme est attendue avant le { $deadline }.
    } Elle s’appuie sur le contrat, les présences et les certificats : vérifiez que les présences de la session sont validées.
mail-dispute-opened-action = Voir le litige

mail-dispute-won-subject = Litige gagné : { $amount }, { $description }
mail-dispute-won-body =
    Bonjour { $first_name },

    La banque a donné raison au vendeur : les { $amount } contestés pour « { $description } » (commande { $order }) sont restitués.
mail-dispute-won-action = Voir le litige

mail-dispute-lost-subject = Litige perdu : { $amount }, { $description }
mail-dispute-lost-body =
    Bonjour { $first_name },

    La banque a donné raison au client : les { $amount } contestés pour « { $description } » (commande { $order }) lui restent. Ce montant n’est pas versé à l’organisme de formation, et la commission correspondante est annulée.
mail-dispute-lost-action = Voir le litige

dispute-reason-bank-cannot-process = la banque ne peut pas traiter le paiement
dispute-reason-check-returned = paiement retourné
dispute-reason-credit-not-processed = remboursement attendu et non reçu
dispute-reason-customer-initiated = demande du client à sa banque
dispute-reason-debit-not-authorized = prélèvement non autorisé
dispute-reason-duplicate = paiement en double
dispute-reason-fraudulent = paiement non reconnu, fraude supposée
dispute-reason-general = motif général
dispute-reason-incorrect-account-details = coordonnées bancaires incorrectes
dispute-reason-insufficient-funds = provision insuffisante
dispute-reason-noncompliant = règles du réseau de cartes
dispute-reason-product-not-received = prestation non reçue
dispute-reason-product-unacceptable = prestation non conforme
dispute-reason-subscription-canceled = abonnement résilié
dispute-reason-unrecognized = paiement non reconnu

evidence-title = Réponse à une contestation de paiement
evidence-kicker = Litige { $dispute }
evidence-section-statement = Déclaration
evidence-section-order = La commande
evidence-section-terms = Conditions acceptées et remboursement
evidence-section-attendance = Participants, présence et certificats
evidence-section-mails = Messages envoyés
evidence-section-refunds = Remboursements
evidence-product = Formation « { $course } » par { $organization }, { $duration }, { $days } à partir de { $start }, { $place }.
evidence-quantity = { $quantity ->
    [one] Une place, { $amount } TTC.
   *[other] { $quantity } places, { $amount } TTC.
}
evidence-reason = Montant contesté : { $amount }. Motif de la banque : { $reason }.
evidence-buyer = Acheteur : { $buyer }. Commande passée par { $name } ({ $email }).
evidence-seller = Organisme de formation : { $seller }, SIRET { $siret }, déclaration d’activité { $nda }.
evidence-ordered = Commande { $order } du { $moment }.
evidence-paid = Paiement reçu le { $moment }.
evidence-invoice = Pièce { $number } : { $amount }.
evidence-tiers = Barème de remboursement figé à la commande :
evidence-no-refund = Aucun remboursement n’était prévu en cas d’annulation par l’acheteur.
evidence-contract = Contrat accepté en ligne le { $moment } (empreinte SHA-256 { $digest }).
evidence-withdrawal = Délai de rétractation jusqu’au { $moment }.
evidence-expected = attendu, présence pas encore validée.
evidence-present = présent, validé par { $trainer }.
evidence-passed = présent, formation réussie, validé par { $trainer }.
evidence-absent = absent, constaté par { $trainer }.
evidence-cancelled = place annulée le { $moment }.
evidence-validated-at = Validation le { $moment }.
evidence-certificate = Certificat { $number } remis le { $moment }.
evidence-mail = { $moment } : « { $subject } » à { $to }
evidence-refund = { $amount } le { $moment } ({ $state ->
    [succeeded] arrivé
    [failed] échoué
    [covered] couvert par la contestation perdue
    [by_hand] payé par virement
   *[other] en cours
})
evidence-log-ordered = { $name } passe la commande
evidence-log-paid = paiement reçu
evidence-log-confirmed = places confirmées
evidence-log-contract = { $name } accepte le contrat
evidence-log-completed = présence et réussite de { $name } validées
evidence-log-certificate = certificat { $number } remis à { $name }
evidence-enclosures = Pièces jointes à la suite :
evidence-enclosed-contract = Contrat de formation accepté
evidence-enclosed-certificate = Certificat { $number }
evidence-left-out = { $count ->
    [one] Une pièce est disponible sur demande (taille limitée).
   *[other] { $count } pièces sont disponibles sur demande (taille limitée).
}

tab-admin-disputes = Litiges
disputes-title = Litiges
disputes-lead = Paiements que la banque d’un client conteste. La réponse se compose d’elle-même du contrat, des présences, des certificats et des messages envoyés.
disputes-state = État
disputes-state-all = Tous
disputes-state-warning = Demande d’information
disputes-state-needs_response = À répondre
disputes-state-under_review = Chez la banque
disputes-state-won = Gagné
disputes-state-lost = Perdu
disputes-state-closed = Classé
disputes-what = Paiement
disputes-amount = Montant
disputes-deadline = Réponse avant
disputes-see = Examiner
disputes-none = Aucun litige
disputes-none-text = Les paiements contestés apparaîtront ici, le plus urgent en premier.
disputes-none-own = Aucun de vos paiements n’est contesté.
disputes-own = Litiges
disputes-own-text = La plateforme répond à la banque. Un litige perdu n’est pas versé.
disputes-reason = Motif
disputes-organization = Organisme
disputes-opened = Ouvert le
disputes-order = Commande
disputes-answer = La réponse
disputes-answer-text = Voici ce que la banque lira. Relisez, complétez si besoin, puis envoyez : elle ne lit qu’une réponse.
disputes-language = Langue de la réponse
disputes-note = Votre déclaration
disputes-note-hint = En tête du document. Facultatif.
disputes-refresh = Mettre à jour l’aperçu
disputes-pdf = Ouvrir le PDF
disputes-enclosures = Pièces jointes
disputes-submit = Envoyer la réponse
disputes-confirm-title = Envoyer cette réponse ?
disputes-confirm-text = La banque ne lit qu’une réponse. Elle ne pourra plus être complétée.
disputes-submitted = Réponse en cours d’envoi
disputes-evidence-sending = Réponse en cours d’envoi
disputes-evidence-sent = Réponse envoyée le { $moment }
disputes-evidence-failed = L’envoi a échoué. Renvoyez la réponse.
disputes-unlinked = Le paiement de ce litige n’est pas encore connu de la plateforme. Il est recherché toutes les dix minutes.
disputes-back = Tous les litiges

privacy-area-disputes = Litiges de paiement
