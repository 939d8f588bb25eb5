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
