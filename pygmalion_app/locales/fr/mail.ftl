mail-footer = Pygmalion, la place de marché de la formation aéronautique. Vous recevez ce message parce qu'une action a eu lieu sur votre compte.

mail-sign-in-code-subject = { $code } est votre code de connexion
mail-sign-in-code-body =
    Bonjour { $first_name },

    Voici votre code : { $code }. Il est valable { $minutes } minutes et ne sert qu'une fois.

    Si vous n'avez pas demandé à vous connecter, ignorez ce message et changez votre mot de passe.

mail-already-registered-subject = Vous avez déjà un compte Pygmalion
mail-already-registered-body =
    Bonjour { $first_name },

    Quelqu'un, sans doute vous, a voulu créer un compte avec cette adresse. Vous en avez déjà un : connectez-vous avec votre mot de passe habituel.

    Si ce n'était pas vous, vous n'avez rien à faire.

mail-order-confirmed-subject = Réservation confirmée : { $course }
mail-order-confirmed-body =
    Bonjour { $first_name },

    { $quantity ->
        [one] Une place est réservée
       *[other] { $quantity } places sont réservées
    } pour « { $course } », { $dates }, { $place }.

    Montant réglé : { $amount }. Chaque participant reçoit sa convocation.
mail-order-confirmed-action = Voir la réservation

mail-order-saved-subject = Inscription enregistrée : { $course }
mail-order-saved-body =
    Bonjour { $first_name },

    Votre place est réservée pour « { $course } », { $dates }, { $place }.

    Votre carte est enregistrée et rien n'est prélevé avant la fin du délai de rétractation, le { $withdrawal }.
mail-order-saved-action = Voir l'inscription

mail-convocation-subject = Convocation : { $course }
mail-convocation-body =
    Bonjour { $first_name },

    Vous êtes attendu(e) à la formation « { $course } » de { $organization }.

    Dates : { $dates }, à partir de { $start }
    Lieu : { $place }

    { $bring }
mail-convocation-action = Voir ma formation

mail-order-expired-subject = Places libérées : { $course }
mail-order-expired-body =
    Bonjour { $first_name },

    Le paiement n'est pas arrivé à temps : les places retenues pour « { $course } » sont de nouveau en vente. Rien n'a été prélevé.
mail-order-expired-action = Revoir les sessions

mail-order-refunded-subject = Remboursement en cours : { $course }
mail-order-refunded-body =
    Bonjour { $first_name },

    Votre paiement est arrivé après la libération des places de « { $course } », et il n'en reste plus assez. Nous vous remboursons { $amount } en totalité, sans démarche de votre part.
mail-order-refunded-action = Choisir une autre session

mail-enrollment-cancelled-subject = Inscription annulée : { $course }
mail-enrollment-cancelled-body =
    Bonjour { $first_name },

    L'inscription de { $participant } à « { $course } » ({ $dates }) est annulée.

    Remboursement : { $amount }.
mail-enrollment-cancelled-action = Voir la réservation

mail-refund-arrived-subject = Remboursement effectué : { $amount }
mail-refund-arrived-body =
    Bonjour { $first_name },

    { $amount } vous ont été remboursés pour « { $course } », sur le moyen de paiement utilisé. Votre banque peut mettre quelques jours à l'afficher.
mail-refund-arrived-action = Voir la commande

mail-refund-by-hand-subject = Remboursement par virement : { $amount }
mail-refund-by-hand-body =
    Bonjour { $first_name },

    Votre moyen de paiement n'a pas accepté le remboursement de { $amount } pour « { $course } ». Nous l'avons payé par virement le { $day }, sous la référence { $reference }.
mail-refund-by-hand-action = Voir la commande

mail-refund-failed-subject = Remboursement en échec : { $amount }
mail-refund-failed-body =
    Bonjour { $first_name },

    Le remboursement de { $amount } pour la commande { $order } a échoué. L'acheteur attend cet argent : relancez le remboursement depuis la page Finances.
mail-refund-failed-action = Ouvrir les finances
