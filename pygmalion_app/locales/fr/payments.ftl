testpay-title = Paiement de test
testpay-test = MODE TEST : aucune carte n'est débitée. Choisissez ce que fait la banque.
testpay-order = Votre commande
testpay-total = Total TTC
testpay-seats = { $count ->
    [one] 1 place
   *[other] { $count } places
}
testpay-email = E-mail
testpay-card = Carte de test
testpay-pay = Payer { $amount }
testpay-save = Enregistrer ma carte
testpay-nothing = Rien n'est prélevé aujourd'hui
testpay-declined = La banque a refusé le paiement. Rien n'a été prélevé et vos places restent retenues : réessayez, ou choisissez une autre carte.
testpay-closed = Ce paiement est terminé ou a expiré. Revenez à votre réservation pour voir où elle en est.
testpay-back = Revenir à la réservation
testpay-other = Jouer un autre cas
testpay-outcome-success = Paiement accepté
testpay-outcome-3ds = Accepté après 3-D Secure
testpay-outcome-decline = Carte refusée
testpay-outcome-sepa_pending = Prélèvement SEPA en attente
testpay-outcome-sepa_success = Le prélèvement SEPA aboutit
testpay-outcome-sepa_failure = Le prélèvement SEPA échoue
testpay-outcome-abandon = Abandonner
testpay-outcome-expire = Laisser expirer
