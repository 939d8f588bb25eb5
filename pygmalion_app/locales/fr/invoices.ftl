# Le document
invoice-kind-invoice = Facture
invoice-kind-credit-note = Avoir
invoice-kind-commission = Facture de commission
invoice-seller = Vendeur
invoice-buyer = Client
invoice-vat-number = TVA
invoice-issued-on = Date d’émission
invoice-due-on = Échéance
invoice-service-days = Dates de la formation
invoice-service-month = Période
invoice-original = Facture d’origine
invoice-purchase-order = Bon de commande
invoice-dossier = Dossier de prise en charge
invoice-iban = IBAN
invoice-paid-by = Règlement
invoice-paid-card = Acquittée en ligne
invoice-column-description = Désignation
invoice-column-quantity = Qté
invoice-column-unit = Prix unitaire HT
invoice-column-net = Montant HT
invoice-discount = Remise
invoice-net = Total HT
invoice-vat = TVA { $rate } %
invoice-total = Total TTC
invoice-prepaid = Déjà réglé
invoice-given-back = Déjà remboursé
invoice-to-pay = Net à payer
invoice-credit-left = Reste à créditer
invoice-mention-service = Nature de l’opération : prestation de services.
invoice-mention-exempt = Exonération de TVA, article 261, 4-4° a du Code général des impôts.
invoice-mention-franchise = TVA non applicable, article 293 B du Code général des impôts.
invoice-mention-nda = Déclaration d’activité enregistrée sous le numéro { $nda } ; cet enregistrement ne vaut pas agrément de l’État (article L6352-12 du Code du travail).
invoice-mention-mandate = Document établi par Pygmalion au nom et pour le compte de { $seller } (article 289, I-2 du Code général des impôts).
invoice-mention-subrogation = Prise en charge par subrogation de paiement, dossier n° { $dossier }.
invoice-mention-credit = Avoir sur la facture { $original }.
invoice-mention-penalties = En cas de retard de paiement, pénalités exigibles sans rappel au taux de trois fois le taux d’intérêt légal (article L441-10 du Code de commerce).
invoice-mention-indemnity = En cas de retard de paiement, indemnité forfaitaire pour frais de recouvrement : 40 €.
invoice-mention-discount = Pas d’escompte pour paiement anticipé.
invoice-line-course = Formation « { $course } »
invoice-line-people = { $count ->
    [one] 1 participant
   *[other] { $count } participants
  } : { $names }
invoice-line-share = Part restant à la charge du client
invoice-line-funding = Part prise en charge par { $name }
invoice-line-balance = Solde dû après refus de prise en charge par { $name }
invoice-line-instalment = Échéance { $number } sur { $of }
invoice-line-refund = Remboursement : { $course }
invoice-line-cancelled = Annulation : { $course }
invoice-line-commission-card = Commission sur les ventes réglées en ligne, { $month }
invoice-line-commission-outside = Commission sur les ventes réglées par virement, { $month }

# Confidentialité
privacy-area-invoicing = Factures
privacy-kept-invoices = Vos factures
privacy-kept-invoices-why = Comptabilité, 10 ans (Code de commerce, article L123-22) : une facture doit nommer son client.
retention-invoices = Factures

# Erreurs
error-invoice_not_ready-title = Document en préparation
error-invoice_not_ready = Le document { $number } est en cours de préparation : réessayez dans quelques secondes.
error-transfer_too_large-title = Montant trop élevé
error-transfer_too_large = Ce montant dépasse ce qui reste à régler.
error-invoice_payment_refused-title = Paiement sur facture impossible
error-invoice_payment_refused = Paiement sur facture impossible : { $reason ->
    [buyer] il est réservé aux entreprises.
    [siret] renseignez le SIRET de votre entreprise.
   *[other] cet organisme ne l’accepte pas.
  }
error-funding_too_large-title = Parts trop élevées
error-funding_too_large = Vérifiez le financeur : nom, numéro de dossier, et une part qui ne dépasse pas le total de la commande.
error-funding_decided-title = Décision déjà enregistrée
error-funding_decided = La décision du financeur est déjà enregistrée.
error-invalid_iban-title = IBAN invalide
error-invalid_iban = Cet IBAN n’est pas valide : vérifiez chaque chiffre.
error-transfer_date-title = Date impossible
error-transfer_date = La date doit être comprise entre celle de la facture et aujourd’hui.

# Messages
mail-invoice-paid-subject = Votre facture { $number }
mail-invoice-paid-body =
    Bonjour { $first_name },

    La facture { $number } de { $seller }, réglée ({ $amount }), est disponible dans votre espace.
mail-invoice-paid-action = Voir mes factures
mail-invoice-due-subject = Facture { $number } à régler avant le { $due }
mail-invoice-due-body =
    Bonjour { $first_name },

    { $seller } vous a adressé la facture { $number } : { $amount } à régler par virement avant le { $due }.

    Les coordonnées bancaires figurent sur la facture, avec le numéro à rappeler.
mail-invoice-due-action = Voir mes factures
mail-credit-note-subject = Votre avoir { $number }
mail-credit-note-body =
    Bonjour { $first_name },

    { $seller } a émis l’avoir { $number } ({ $amount }). Il est disponible dans votre espace.
mail-credit-note-action = Voir mes factures
mail-commission-paid-subject = Facture de commission { $number }
mail-commission-paid-body =
    Bonjour { $first_name },

    La facture de commission { $number } ({ $amount }) est disponible dans votre espace. Elle est réglée : la commission a été retenue sur vos ventes.
mail-commission-paid-action = Voir mes factures
mail-commission-due-subject = Facture de commission { $number } à régler avant le { $due }
mail-commission-due-body =
    Bonjour { $first_name },

    La facture de commission { $number } ({ $amount }) est disponible dans votre espace. Restent { $left } à régler par virement avant le { $due }, pour vos ventes encaissées hors de la plateforme.
mail-commission-due-action = Voir mes factures
mail-invoice-today-subject = Facture { $number } : échéance aujourd’hui
mail-invoice-today-body =
    Bonjour { $first_name },

    La facture { $number } de { $seller } arrive à échéance : il reste { $amount } à régler par virement.

    Si le virement est parti, ne tenez pas compte de ce message.
mail-invoice-today-action = Voir mes factures
mail-invoice-late-subject = Facture { $number } en retard
mail-invoice-late-body =
    Bonjour { $first_name },

    La facture { $number } de { $seller } devait être réglée avant le { $due }. { $days } jours plus tard, il reste { $amount } à payer.

    Si le virement est parti, ne tenez pas compte de ce message.
mail-invoice-late-action = Voir mes factures

# Paramètres
organization-transfers = Paiement sur facture
organization-transfers-text = Les entreprises commandent tout de suite et règlent par virement à 30 jours. Vous enregistrez les virements reçus dans Factures.
organization-transfers-take = Accepter le paiement sur facture
organization-transfers-no-iban = Sans IBAN, personne ne peut payer sur facture : indiquez-le à gauche.
organization-iban = IBAN
organization-iban-hint = Imprimé sur vos factures à régler par virement.

# Pages
tab-organization-invoices = Factures
tab-payments = Paiements
invoices-lead = Factures et avoirs, virements et relevé de compte.
invoices-side = Sens
invoices-issued = Émises
invoices-received = Reçues
invoices-month = Mois
invoices-all = Tous
invoices-state = État
invoices-state-paid = Réglée
invoices-state-due = À régler
invoices-state-overdue = En retard
invoices-state-credited = Annulée par avoir
invoices-state-credit = Avoir
invoices-export = Exporter (CSV)
invoices-count = { $count ->
    [0] Aucun document
    [one] 1 document
   *[other] { $count } documents
  }
invoices-number = Numéro
invoices-party = Client ou vendeur
invoices-total = Montant TTC
invoices-left = reste
invoices-order = Commande
invoices-pdf = Télécharger le PDF :
invoices-making = en préparation
invoices-empty = Aucune facture
invoices-empty-text = Les factures apparaissent ici dès qu’une commande est confirmée.
transfer-record = Enregistrer un virement
transfer-title = Virement pour { $number }
transfer-text = Indiquez ce que votre banque a reçu. Un montant négatif note une somme renvoyée au client.
transfer-amount = Montant reçu, en euros
transfer-amount-error = Indiquez un montant, par exemple 1 140,00.
transfer-day = Date de réception
transfer-day-error = Indiquez une date.
transfer-reference = Référence du virement
transfer-done = Virement de { $amount } enregistré
funding-heading = Prises en charge par des financeurs
funding-lead = Enregistrez la réponse de l’OPCO ou du CPF : accord, il reçoit sa facture ; refus, le client reçoit celle du solde.
funding-who = Financeur
funding-share = Part TTC
funding-requested = Réponse attendue
funding-agreed = Accord reçu
funding-refused = Refusée
funding-paid = Réglée
funding-agree = Accord
funding-refuse = Refus
funding-decided-agreed = Accord enregistré : la facture du financeur est en préparation
funding-decided-refused = Refus enregistré : le solde est facturé au client
statement-heading = Relevé de compte
statement-lead = Ce que votre organisation a acheté et réglé, mois par mois.
statement-opening = Solde au début du mois
statement-closing = Solde à la fin du mois
statement-day = Date
statement-what = Opération
statement-debit = Débit
statement-credit = Crédit
statement-balance = Solde
statement-empty = Aucune opération ce mois-ci.
statement-invoice = Facture
statement-commission = Facture de commission
statement-credit-note = Avoir
statement-payment = Paiement en ligne de
statement-refund = Remboursement de l’avoir
statement-transfer = Virement pour
payments-title = Mes paiements
payments-lead = Ce que vous avez payé pour vous-même, avec vos factures et avoirs.
payments-what = Formation
payments-day = Date
payments-price = Prix TTC
payments-paid = Payé
payments-papers = Documents
payments-empty = Aucun paiement
payments-empty-text = Les formations que vous payez vous-même apparaissent ici, avec leurs factures.
payments-state-pending = En attente
payments-state-processing = En cours
payments-state-succeeded = Payé
payments-state-saved = Carte enregistrée
payments-state-cancelled = Annulé
payments-state-failed = Refusé
payments-state-expired = Expiré
payments-state-refunding = Remboursement en cours
payments-state-refunded = Remboursé
order-invoices = Factures et avoirs
order-by-invoice = À régler par virement
order-by-invoice-text = La facture vous est envoyée ; elle porte l’IBAN et la date d’échéance.
enrol-payment = Mode de paiement
enrol-payment-card = Par carte
enrol-payment-card-text = Tout de suite, en ligne
enrol-payment-invoice = Sur facture
enrol-payment-invoice-text = Par virement, à { $days } jours
enrol-purchase-order = Votre numéro de bon de commande (facultatif)
enrol-funding = Un financeur (OPCO, CPF) prend une part en charge
enrol-funding-kind = Financeur
enrol-funding-opco = OPCO
enrol-funding-cpf = CPF
enrol-funding-other = Autre
enrol-funding-name = Nom du financeur
enrol-funding-dossier = Numéro de dossier
enrol-funding-amount = Part prise en charge, TTC en euros
enrol-funding-hint = Par subrogation : le financeur règle sa part à l’organisme, vous réglez le reste.

privacy-area-funding = Financeurs
privacy-kept-funding = Les parts de financeurs de vos commandes
privacy-kept-funding-why = Comptabilité, 10 ans (Code de commerce, article L123-22) : le numéro de dossier figure sur la facture.

mail-order-on-account-subject = Réservation confirmée : { $course }
mail-order-on-account-body =
    Bonjour { $first_name },

    { $quantity ->
        [one] Une place est réservée
       *[other] { $quantity } places sont réservées
    } pour « { $course } », { $dates }, { $place }.

    Montant à régler par virement : { $amount }. La facture suit, avec l’IBAN et la date d’échéance. Chaque participant reçoit sa convocation.
mail-order-on-account-action = Voir la réservation

mail-enrollment-credited-subject = Inscription annulée : { $course }
mail-enrollment-credited-body =
    Bonjour { $first_name },

    L’inscription de { $participant } à « { $course } » ({ $dates }) est annulée.

    Avoir sur votre facture : { $amount }.
mail-enrollment-credited-action = Voir la réservation
