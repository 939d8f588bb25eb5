error-seats_available-title = Places disponibles
error-seats_available = { $left ->
    [one] Il reste une place : réservez-la directement.
   *[other] Il reste { $left } places : réservez-les directement.
}
error-already_waiting-title = Déjà en liste d'attente
error-already_waiting = Vous êtes déjà en liste d'attente pour cette session.
error-group_too_large-title = Groupe trop grand
error-group_too_large = Cette session compte { $capacity } places en tout. Réduisez le groupe, ou choisissez plusieurs sessions.
error-offer_over-title = Proposition terminée
error-offer_over = Cette proposition de places est terminée : elle a expiré, ou elle a déjà servi.
error-offer_too_small-title = Trop de participants
error-offer_too_small = { $offered ->
    [one] Une place vous est proposée. Inscrivez une seule personne.
   *[other] { $offered } places vous sont proposées. Réduisez le nombre de participants.
}
error-waiting_over-title = Place en attente terminée
error-waiting_over = Cette place en liste d'attente n'est plus à vous : elle a été rendue, utilisée, ou elle a expiré.

mail-waiting-joined-subject = Liste d'attente : { $course }
mail-waiting-joined-body =
    Bonjour { $first_name },

    Vous êtes en liste d'attente pour { $quantity ->
        [one] une place
       *[other] { $quantity } places ensemble
    } à « { $course } », { $dates }, { $place }.

    Votre rang : { $position }. Dès que des places se libèrent, nous les proposons dans l'ordre d'arrivée. Vous aurez un délai pour les prendre, et personne d'autre ne pourra les acheter pendant ce temps.
mail-waiting-joined-action = Voir ma place dans la liste

mail-waiting-offered-subject = { $quantity ->
    [one] Une place s'est libérée : { $course }
   *[other] { $quantity } places se sont libérées : { $course }
}
mail-waiting-offered-body =
    Bonjour { $first_name },

    { $quantity ->
        [one] Une place est à vous
       *[other] { $quantity } places sont à vous
    } pour « { $course } », { $dates }, { $place }, jusqu'au { $deadline }.

    Passé ce délai, elles sont proposées à la personne suivante.
mail-waiting-offered-action = Prendre ces places

mail-waiting-lapsed-subject = Proposition expirée : { $course }
mail-waiting-lapsed-body =
    Bonjour { $first_name },

    Vous n'avez pas pris à temps { $quantity ->
        [one] la place proposée
       *[other] les { $quantity } places proposées
    } pour « { $course } », { $dates }. Elles sont proposées à la personne suivante.

    Si vous êtes toujours intéressé(e), vous pouvez rejoindre de nouveau la liste d'attente.
mail-waiting-lapsed-action = Revoir les sessions

mail-waiting-closed-subject = Liste d'attente terminée : { $course }
mail-waiting-closed-body =
    Bonjour { $first_name },

    { $called_off ->
        [yes] La session « { $course } » ({ $dates }) est annulée par l'organisme de formation.
       *[no] Aucune place ne s'est libérée à temps pour « { $course } » ({ $dates }) : la session commence.
    } Votre place en liste d'attente prend fin, sans frais ni démarche de votre part.
mail-waiting-closed-action = Choisir une autre session

privacy-area-waiting_list = Listes d'attente
retention-waiting_list = Listes d'attente des sessions passées

waiting-title = Listes d’attente
waiting-join = Rejoindre la liste d’attente
waiting-count = { $count ->
    [one] Une inscription en attente
   *[other] { $count } inscriptions en attente
}
waiting-position = { $position ->
    [one] 1er sur { $waiting } en attente
   *[other] { $position }e sur { $waiting } en attente
}
waiting-seats = { $count ->
    [one] 1 place
   *[other] { $count } places ensemble
}
waiting-quantity = Nombre de places
waiting-quantity-hint = Elles vous seront proposées ensemble.
waiting-quantity-error = Indiquez un nombre de places, de 1 à { $most }.
waiting-rule = Les places qui se libèrent sont proposées dans l’ordre d’arrivée, par e-mail et ici. Personne d’autre ne peut les prendre pendant votre délai. Attendre n’engage à rien.
waiting-joined = Vous êtes en liste d’attente
waiting-declined = Les places passent à la personne suivante
waiting-left-done = Vous avez quitté la liste d’attente de
waiting-undo = Reprendre ma place
waiting-waiting = En attente
waiting-offered = Places proposées
waiting-accepted = Places prises
waiting-lapsed = Proposition expirée
waiting-left = Quittée
waiting-closed = Terminée sans place
waiting-leave = Quitter la liste
waiting-decline = Laisser ces places
waiting-accept = Prendre ces places
waiting-deadline = Proposées jusqu’au { $deadline }
waiting-until = À prendre dans
waiting-enrol-title = Des places vous sont réservées
waiting-enrol = { $quantity ->
    [one] Une place est à vous jusqu’au { $deadline }.
   *[other] { $quantity } places sont à vous jusqu’au { $deadline }. Celles que vous ne prenez pas passent à la personne suivante.
}
waiting-teach-title = Liste d’attente
waiting-teach-text = Dans l’ordre d’arrivée. Les places qui se libèrent sont proposées d’elles-mêmes.
waiting-teach-nobody = Personne n’attend
waiting-teach-nobody-text = Quand la session est complète, les personnes intéressées s’inscrivent ici.
waiting-teach-who = Qui attend
waiting-teach-seats = Places
waiting-teach-since = Depuis
waiting-teach-state = État
waiting-teach-until = Proposées jusqu’au { $deadline }
waiting-teach-kept = { $count ->
    [one] 1 place gardée
   *[other] { $count } places gardées
}

# Demander une session.
wish-ask = Demander une session
wish-none-fits = Aucune date ne vous convient ?
wish-title = Demander une session
wish-lead = L’organisme voit combien de personnes attendent une date, jamais leurs noms. Vous serez prévenu dès qu’une session est publiée.
wish-when = À partir de quand ?
wish-soon = Dès que possible
wish-from = à partir de { $month }
wish-how-many = Nombre de places
wish-how-many-hint = Pour vous et votre équipe.
wish-seats-wrong = Indiquez un nombre de places entre 1 et { $most }.
wish-nothing-binding = Sans engagement : vous réserverez seulement si la date vous convient.
wish-send = Envoyer la demande
wish-done = Demande envoyée. Vous serez prévenu dès qu’une session est publiée.
wish-asked = Session demandée
wish-seats = { $count ->
    [one] 1 place
   *[other] { $count } places
}
wish-change = Modifier
wish-take-back = Retirer la demande
wish-taken-back = Votre demande est retirée.

mail-session-planned-subject = Nouvelle session : { $course }
mail-session-planned-body =
    Bonjour { $first_name },

    La session que vous aviez demandée est publiée : « { $course } », { $dates }, { $place }.

    Aucune place n’est encore réservée pour vous.
mail-session-planned-action = Voir la session
mail-session-wished-subject = { $seats ->
    [one] Une place demandée : { $course }
   *[other] { $seats } places demandées : { $course }
}
mail-session-wished-body =
    Bonjour { $first_name },

    Des personnes attendent une session de « { $course } » : { $seats ->
        [one] 1 place demandée
       *[other] { $seats } places demandées
    } à ce jour. Elles seront prévenues dès que vous en publierez une.
mail-session-wished-action = Voir les demandes
retention-session_wishes = Sessions demandées
