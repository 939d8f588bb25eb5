tab-organization-payments = Paiements et versements
payouts-lead = Ce que vos formations ont rapporté, et quand l’argent arrive sur votre compte.
payouts-error = Vos paiements n’ont pas pu être lus.
payouts-no-seller = Aucun organisme de formation
payouts-no-seller-text = Les paiements et versements sont ceux des organismes de formation, pour leurs administrateurs.
payouts-account = Votre compte de paiement
payouts-account-none = Aucun compte
payouts-account-incomplete = À compléter
payouts-account-review = En cours d’examen
payouts-account-ready = Prêt
payouts-account-none-text = Ouvrez votre compte chez notre prestataire de paiement : c’est là que vos ventes sont créditées et versées à votre banque.
payouts-account-incomplete-text = Le prestataire de paiement attend encore des informations. D’ici là, rien ne peut vous être versé.
payouts-account-review-text = Tout est transmis. Le prestataire de paiement vérifie vos informations, en général sous deux jours ouvrés.
payouts-account-ready-text = Vos ventes sont créditées sur ce compte et versées à votre banque.
payouts-needs-bank = le compte bancaire qui reçoit les versements (IBAN)
payouts-needs-company = les informations de l’entreprise
payouts-needs-person = l’identité du représentant, avec une pièce
payouts-needs-terms = l’acceptation des conditions du prestataire
payouts-needs-other = d’autres informations, demandées sur sa page
payouts-lapsed = Le lien vers le prestataire de paiement avait expiré. Reprenez ici, rien n’est perdu.
payouts-unverified = Votre organisme doit d’abord être vérifié : seul un organisme vérifié peut être payé.
payouts-unverified-link = Voir la vérification
payouts-start = Ouvrir mon compte
payouts-start-continue = Compléter mon compte
payouts-start-change = Modifier mon compte
payouts-money = Votre argent
payouts-to-come = À venir
payouts-due = À verser
payouts-on-the-way = En route
payouts-paid = Déjà versé
payouts-next = Prochain versement :
payouts-next-none = rien de prévu
payouts-delay = { $count ->
    [0] dès la fin de la session
    [one] un jour après la fin de la session
   *[other] { $count } jours après la fin de la session
}
payouts-sales = Ventes
payouts-count = { $count ->
    [0] Aucune vente
    [one] 1 vente
   *[other] { $count } ventes
}
payouts-seats = { $count ->
    [one] 1 place
   *[other] { $count } places
}
payouts-from = à partir du
payouts-export = Exporter en CSV
payouts-empty = Aucune vente pour l’instant
payouts-empty-text = Vos ventes apparaissent ici dès qu’une commande est payée.
payouts-payouts = Versements
payouts-none = Aucun versement pour l’instant
payouts-none-text = Le premier part après la fin de votre première session payée.
payouts-arrives = Arrivée prévue le { $day }
payouts-column-order = Commande
payouts-column-date = Date
payouts-column-description = Formation
payouts-column-seats = Places
payouts-column-state = État
payouts-column-amount = Montant TTC
payouts-column-sum = Montant
payouts-column-commission = Commission
payouts-column-refunded = Remboursé
payouts-column-paid-out = Versé
payouts-column-currency = Devise
payouts-column-payable = Versable à partir du
payouts-sale-pending = En attente
payouts-sale-processing = En cours
payouts-sale-succeeded = Payée
payouts-sale-saved = Carte enregistrée
payouts-sale-cancelled = Annulée
payouts-sale-failed = Échec
payouts-sale-expired = Expirée
payouts-sale-refunding = Remboursement en cours
payouts-sale-refunded = Remboursée
payouts-payout-requested = En préparation
payouts-payout-sent = En route
payouts-payout-paid = Versé
payouts-payout-failed = Échec
payouts-failure-account-closed = La banque a refusé : le compte est fermé. Vérifiez votre compte ; nous réessayons le lendemain.
payouts-failure-balance-insufficient = Les fonds n’étaient pas encore disponibles. Nous réessayons le lendemain.
payouts-failure-account-not-ready = Le compte de paiement n’est pas complet. Complétez-le ; nous réessayons le lendemain.
payouts-failure-other = Le versement n’a pas abouti. Nous réessayons le lendemain.
error-seller_not_ready-title = Organisme pas encore prêt
error-seller_not_ready = Cet organisme ne peut pas encore encaisser de paiement : son compte n’est pas complet. Rien n’a été débité.
error-payout_refused-title = Versement refusé
error-payout_refused = Le prestataire de paiement a refusé ce versement.
error-transfer_refused-title = Reprise refusée
error-transfer_refused = Le compte de l’organisme ne contient pas assez : la reprise sera redemandée chaque jour.
error-not-refundable = Ce paiement ne peut plus être remboursé de ce montant.

refund-begin = Rembourser
refund-title = Rembourser une vente
refund-left = Remboursable au plus :
refund-what = Que remboursez-vous ?
refund-seats = Des participants
refund-seats-text = Leurs places sont annulées et remboursées en entier.
refund-amount = Un montant
refund-amount-text = Un geste ; les places restent confirmées.
refund-no-seats = Aucune place ne peut plus être annulée : vous pouvez rembourser un montant.
refund-who = Participants
refund-seats-missing = Choisissez au moins un participant.
refund-amount-label = Montant TTC à rembourser (€)
refund-amount-wrong = Indiquez un montant, par exemple 150,00.
refund-reason = Motif
refund-reason-hint = Obligatoire pour un montant. Il reste dans le dossier de la vente.
refund-reason-missing = Indiquez le motif du remboursement.
refund-show = Voir le détail
refund-percent = { $percent } % du prix : annulation par l’organisme
refund-total = Rendu à l’acheteur
refund-own = De votre part
refund-commission = De la commission de la plateforme
refund-note-card = L’argent repart sur le moyen de paiement utilisé, et un avoir est émis.
refund-note-account = Un avoir diminue la facture ; ce qui a déjà été réglé se rend par virement, de votre compte.
refund-confirm = Confirmer le remboursement
refund-done = Remboursement de { $amount } lancé.
