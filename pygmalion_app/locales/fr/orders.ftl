# Commandes : codes de remise, changements de places, remboursements.

mail-participant-replaced-subject = Votre place a été donnée à un collègue : { $course }
mail-participant-replaced-body =
    Bonjour { $first_name },

    Vous n'êtes plus attendu(e) à la formation « { $course } » de { $organization } ({ $dates }, { $place }) : une autre personne y va à votre place.

    S'il y a erreur, adressez-vous à la personne qui vous avait inscrit(e).
mail-participant-replaced-action = Voir mes formations

mail-seat-moved-subject = Nouvelles dates : { $course }
mail-seat-moved-body =
    Bonjour { $first_name },

    Votre place à la formation « { $course } » de { $organization } a changé de session. Cette convocation remplace la précédente.

    Dates : { $dates }, à partir de { $start }
    Lieu : { $place }

    { $bring }
mail-seat-moved-action = Voir ma formation

mail-seat-moved-buyer-subject = Session changée : { $course }
mail-seat-moved-buyer-body =
    Bonjour { $first_name },

    La place de { $participant } à « { $course } » est maintenant dans la session { $dates }, { $place }. Le prix ne change pas.
mail-seat-moved-buyer-action = Voir la commande

error-discount_refused-title = Code refusé
error-discount_refused = { $reason ->
    [early] Ce code n'est pas encore valable.
    [over] Ce code n'est plus valable.
    [used] Ce code a été utilisé autant de fois que possible.
    [course] Ce code vaut pour une autre formation de cet organisme.
   *[unknown] Ce code n'existe pas chez cet organisme. Vérifiez son orthographe.
}
error-discount_exists-title = Code déjà créé
error-discount_exists = Un code de ce nom existe déjà. Choisissez-en un autre.
error-not_changeable-title = Changement impossible
error-not_changeable = { $reason ->
    [over] Cette place est annulée.
    [validated] La présence a déjà été enregistrée : cette place ne change plus.
    [started] Cette session a commencé ou a été annulée.
    [late] Les changements sont ouverts jusqu'à { $days } jours avant le début. Adressez-vous à l'organisme.
    [individual] Le contrat individuel désigne la personne et les dates : annulez, puis inscrivez-vous de nouveau.
    [unpaid] Cette place n'est pas encore payée. Renoncez-y et choisissez une autre session.
    [price] Cette session n'a pas le même prix. Annulez la place (le remboursement s'affiche avant) et réservez l'autre.
   *[course] Cette session est celle d'une autre formation.
}
error-not_refundable-title = Remboursement impossible
error-not_refundable = Ce montant dépasse ce qui peut encore être remboursé.

nav-orders = Commandes
tab-orders = Commandes
tab-organization-discounts = Remises et changements
price-discount = Remise
price-net = Prix HT après remise
price-refunded = Remboursé
code-label = Code de remise
code-apply = Appliquer
code-drop = Retirer
code-percent = { $percent } % de remise
code-amount = { $amount } de remise sur la commande

order-seat-price = Prix TTC
order-actions = Actions
order-replace = Remplacer
order-move = Déplacer
order-cancel-all = Annuler toute la commande
order-changes-until = Modifiable jusqu’au
order-history = Historique
order-next-free = Rien n’est à payer.
order-next-invoice = Votre facture part à votre adresse ; elle se règle par virement.
order-event-placed = { $seats ->
    [one] Commande d’une place
   *[other] Commande de { $seats } places
}
order-event-paid = Paiement reçu
order-event-confirmed = Places confirmées
order-event-replaced = { $after } remplace { $before }
order-event-moved = { $participant } passe du { $before } au { $after }
order-event-seat-cancelled = Place de { $participant } annulée
order-event-refund-requested = Remboursement demandé
order-event-refunded = Remboursement arrivé
order-event-refund-failed = Remboursement refusé par la banque ; nous le relançons
order-event-refunded-by-hand = Remboursement fait par virement
order-event-refund-covered = Remboursement clos : votre banque vous a rendu cette somme
order-event-disputed = Paiement contesté auprès de la banque
order-event-dispute-closed = Contestation close
order-event-expired = Délai de paiement écoulé, places remises en vente
order-event-cancelled = Commande annulée

cancel-several-title = { $count ->
    [one] Annuler une place ?
   *[other] Annuler { $count } places ?
}
cancel-percent = { $percent } % du prix, selon les conditions de l’achat
cancel-credit = Un avoir de { $amount } diminue votre facture.
replace-title = Remplacer un participant
replace-text = Cette personne prend la place de
replace-confirm = Remplacer
replace-done = { $name } a maintenant la place et reçoit sa convocation.
move-title = Changer de session
move-text = Nouvelle session pour
move-legend = Sessions au même prix
move-note = Le prix ne change pas. Pour une session d’un autre prix, annulez la place : le remboursement s’affiche avant.
move-choose = Choisissez une session.
move-confirm = Déplacer
move-done = La place de { $name } a changé de session.
move-none-title = Aucune autre session au même prix
move-none-text = Aucune date à venir de cette formation n’a de place libre au prix payé.

orders-lead = Vos commandes et celles de votre entreprise.
orders-filter = Filtrer les commandes
orders-filter-all = Toutes
orders-filter-open = À payer
orders-filter-confirmed = Confirmées
orders-filter-over = Terminées sans suite
orders-search = Formation ou organisme
orders-search-button = Chercher
orders-export = Exporter (CSV)
orders-count = { $count ->
    [one] 1 commande
   *[other] { $count } commandes
}
orders-seats = { $count ->
    [one] 1 place
   *[other] { $count } places
}
orders-course = Formation
orders-dates = Session
orders-placed = Commandée le
orders-processing = Attente de la banque
orders-none-title = Aucune commande ne correspond
orders-none-text = Élargissez la recherche ou choisissez un autre état.
orders-empty-title = Pas encore de commande
orders-empty-text = Vos réservations apparaîtront ici, avec leurs paiements et leurs factures.
orders-method-card = Carte
orders-method-invoice = Facture
orders-column-order = Commande
orders-column-placed = Date
orders-column-status = État
orders-column-course = Formation
orders-column-organization = Organisme
orders-column-session = Session
orders-column-place = Lieu
orders-column-seats = Places
orders-column-list = Prix HT
orders-column-discount = Remise
orders-column-net = Net HT
orders-column-vat = TVA
orders-column-total = Total TTC
orders-column-refunded = Remboursé
orders-column-currency = Devise
orders-column-method = Paiement

discounts-lead = Les codes que vous donnez à vos clients, et jusqu’à quand ils changent leurs places eux-mêmes.
discounts-school-title = Réservé aux organismes de formation
discounts-school-text = Les codes de remise sont créés par l’organisme qui vend la formation.
discounts-empty-title = Aucun code pour l’instant
discounts-empty-text = Créez un code, donnez-le à un client : le prix baisse dès qu’il le saisit.
discount-code = Code
discount-code-hint = 4 à 40 lettres, chiffres ou tirets. Majuscules et minuscules se valent.
discount-code-error = De 4 à 40 lettres sans accent, chiffres, tirets.
discount-value = Remise
discount-value-error = Un pourcentage de 1 à 100, ou un montant en euros.
discount-kind = Type de remise
discount-kind-percent = Pourcentage
discount-kind-amount = Montant
discount-percent = Pourcentage du prix HT
discount-amount = Montant HT en euros, sur toute la commande
discount-course = Valable pour
discount-all-courses = Toutes les formations
discount-course-id-error = Choisissez une de vos formations.
discount-valid = Validité
discount-valid-from = Du
discount-valid-from-error = Indiquez une date.
discount-valid-until = Au (inclus)
discount-valid-until-error = Indiquez une date à venir, après la première.
discount-max-uses = Nombre de commandes au plus
discount-max-uses-hint = Vide : sans limite. Une commande non payée rend son usage.
discount-max-uses-error = Indiquez un nombre à partir de 1.
discount-uses = Usages
discount-uses-of = { $uses } / { $most }
discount-given = Accordé HT
discount-new = Nouveau code
discount-create = Créer le code
discount-created = Le code { $code } est prêt.
discount-always = Sans limite de date
discount-between = du { $start } au { $end }
discount-from = à partir du { $day }
discount-until = jusqu’au { $day }
discount-state-good = Actif
discount-state-early = À venir
discount-state-over = Terminé
discount-state-used = Épuisé
discount-state-off = Désactivé
discount-off = Désactiver
discount-off-title = Désactiver ce code ?
discount-off-text = il ne baisse plus aucun prix. Les commandes passées gardent le leur. Cela ne se défait pas.
discount-off-done = Le code { $code } est désactivé.
changes-title = Changements par le client
changes-text = Jusqu’à cette limite, un client remplace ou déplace un participant sans vous. Vous le pouvez jusqu’au début de la session.
changes-days = Jours avant le début
changes-days-hint = Vaut pour les commandes à venir ; celles déjà passées gardent leur règle.
changes-days-error = Indiquez un nombre de 0 à 60.
changes-saved = La limite est enregistrée.

enrol-hold-free = Réserver
enrol-hold-free-text = Rien n’est à payer : les places sont confirmées aussitôt.
