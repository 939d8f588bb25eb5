### Planifier pour moi : les réservations qui gardent l'équipe en conformité.

error-plan_under_way-title = Un plan est déjà en cours
error-plan_under_way = Un plan de votre organisation se calcule en ce moment. Attendez sa fin ou arrêtez-le, puis recommencez.
error-plan_not_ready-title = Le plan n'est pas prêt
error-plan_not_ready = Ce plan se calcule encore ou il est déjà réservé. Rechargez la page pour voir où il en est.
error-plan_empty-title = Rien à réserver
error-plan_empty = Ce plan ne propose aucune réservation. Regardez ce qui n'a pas pu être planifié, changez une limite et recalculez.
error-plan_outdated-title = Le plan n'est plus à jour
error-plan_outdated = « { $course } » a changé depuis le calcul : une place est partie ou la session n'est plus ouverte. Rien n'a été réservé. Recalculez le plan.
error-plan_until-title = Date à revoir
error-plan_until = Choisissez une date entre demain et un an.
error-unavailability-title = Dates à revoir
error-unavailability = Le dernier jour doit suivre le premier, et l'absence ne pas dépasser deux ans.

privacy-area-plans = Plans de formation
retention-plans = Plans de formation proposés
retention-plan_unavailabilities = Indisponibilités passées

plan-title = Planifier pour moi
tab-team-plan = Planifier
plan-lead = Un clic propose les réservations qui gardent toute l'équipe en conformité, au moindre coût, avec le moins de déplacements et d'absences. Vous ajustez, puis vous réservez tout d'un coup.
plan-start = Planifier pour moi
plan-again = Recalculer avec ces choix
plan-until = En conformité jusqu'au
plan-until-error = Choisissez une date.
plan-budget = Budget maximal, TTC
plan-budget-hint = En euros. Vide : pas de limite.
plan-budget-cents-error = Écrivez un montant en euros, par exemple 12 500.
plan-site = Site
plan-site-all = Tous les sites
plan-role = Métier
plan-role-all = Tous les métiers
plan-priorities = Priorités et centre de coût
plan-priorities-text = Le plan additionne le prix des formations, les déplacements et les absences. Dites ce que valent un déplacement et une demi-journée d'absence : plus c'est élevé, plus le plan les évite.
plan-trip = Un déplacement vaut
plan-trip-hint = En euros, par session hors du site de la personne.
plan-trip-cents-error = Écrivez un montant entre 0 et 100 000 €.
plan-half-day = Une demi-journée d'absence vaut
plan-half-day-hint = En euros, par personne.
plan-half-day-cents-error = Écrivez un montant entre 0 et 100 000 €.
plan-cost-center = Centre de coût
plan-cost-center-none = Aucun
plan-center = { $name } (reste { $left })
plan-empty = Pas encore de plan
plan-empty-text = Cliquez sur « Planifier pour moi » : une première proposition arrive en quelques secondes.

plan-state-queued = En attente
plan-state-solving = Calcul en cours
plan-state-stopping = Arrêt en cours
plan-state-ready = Prêt
plan-state-failed = Calcul interrompu
plan-state-cancelled = Plan arrêté
plan-state-booked = Réservé
plan-search = Recherche du meilleur plan
plan-search-queued = Le calcul commence dans un instant.
plan-search-text = Une première proposition arrive en quelques secondes, puis elle s'améliore. La courbe montre l'écart au meilleur plan possible.
plan-gap = Écart au meilleur plan possible
plan-after = Après
plan-seconds = { $seconds } s
plan-percent = { $percent } %
plan-stop = Arrêter
plan-stop-keep = Arrêter et garder ce plan
plan-quality-best = Le meilleur plan possible
plan-quality-unknown = Écart au meilleur plan encore inconnu
plan-quality-gap = À { $percent } % au plus du meilleur plan
plan-failed-text = Le calcul s'est interrompu plusieurs fois. Recalculez ; s'il échoue encore, choisissez un seul site ou une date plus proche.
plan-cancelled-text = Le calcul a été arrêté avant la première proposition. Recalculez quand vous voulez.
plan-nothing = Rien à planifier jusqu'au { $until }
plan-nothing-text = Rien ne manque ni n'expire d'ici là sans être déjà réservé.

plan-proposal = Proposition
plan-figure-seats = places à réserver
plan-figure-price = prix total TTC
plan-figure-trips = déplacements
plan-figure-absence = d'absence
plan-figure-unmet = exigences non planifiées
plan-days = { $days } j
plan-gap-days = jours sans conformité restent inévitables : le plan n'a pas trouvé de session plus tôt.
plan-calendar = Calendrier
plan-week = Semaine du { $day }
plan-seats-of = { $wanted ->
    [one] 1 place voulue, { $left } libres
   *[other] { $wanted } places voulues, { $left } libres
}
plan-not-bookable = Plus assez de places
plan-late = { $days ->
    [one] 1 jour de trop
   *[other] { $days } jours de trop
}
plan-mark-pinned = Imposée
plan-mark-forbidden = Écartée
plan-wish-pinned = Sera imposée
plan-wish-forbidden = Sera écartée
plan-wish-free = Redeviendra libre
plan-wish-pinned-do = Imposer cette réservation
plan-wish-forbidden-do = Écarter cette réservation
plan-wish-free-do = Laisser le plan décider
plan-changes = { $count ->
    [one] 1 changement à recalculer
   *[other] { $count } changements à recalculer
}
plan-replan = Recalculer
plan-outdated = Une session n'a plus assez de places

plan-gaps = Ce qui n'a pas pu être planifié
plan-gaps-text = Pour chaque exigence, la raison et ce que vous pouvez faire.
plan-people = { $count } personnes : { $names }
plan-lost-pin = Réservation imposée
plan-why-none = Aucun organisme ne propose ce cours d'ici au { $until }.
plan-why-after = Pas de session avant le { $until } : la prochaine a lieu le { $when } ({ $place }).
plan-why-full = Plus de place : la session du { $when } ({ $place }) est complète, les autres aussi.
plan-why-unavailable = { $name } est indisponible le { $day }, jour de la session ({ $place }).
plan-why-overlap = { $name } suit déjà une autre session le { $when }.
plan-why-forbidden = Vous avez écarté la session du { $when } ({ $place }).
plan-why-budget = Il manque { $missing } au budget pour la session du { $when } ({ $place }).
plan-why-shift = Il n'y aurait plus assez de monde au travail le { $day } : { $crew }.
plan-why-several = Plusieurs limites à la fois empêchent la session du { $when } ({ $place }) : { $rules }.
plan-advice-none = Demandez une session à un organisme, ou repoussez la date du plan.
plan-advice-after = Repoussez la date du plan pour la réserver.
plan-advice-full = Inscrivez-vous sur la liste d'attente de la session, ou repoussez la date du plan.
plan-advice-unavailable = Retirez ou décalez l'indisponibilité, puis recalculez.
plan-advice-overlap = Déplacez l'autre session, ou repoussez la date du plan.
plan-advice-forbidden = Autorisez-la à nouveau, puis recalculez.
plan-advice-budget = Augmentez le budget, puis recalculez.
plan-advice-shift = Baissez le minimum au travail, ou trouvez un remplaçant pour ce jour.
plan-advice-several = Levez ces limites une à une, puis recalculez.
plan-other-ways = Autre possibilité : lever { $ways }.
plan-rule-full = le manque de places
plan-rule-unavailable = l'indisponibilité
plan-rule-overlap = l'autre session
plan-rule-forbidden = votre interdiction
plan-rule-budget = le budget
plan-rule-shift = le minimum au travail
plan-rules-and = {", "}
plan-rules-or = {" ou "}

plan-book = Tout réserver
plan-book-text = Toutes les places, ou aucune : si une seule est partie entre-temps, rien n'est réservé et le plan vous dit laquelle.
plan-book-confirm = Réserver tout
plan-payment = Paiement
plan-payment-invoice = Sur facture, par virement
plan-payment-card = Par carte : chaque commande reste à payer, ses places sont tenues pendant ce temps
plan-purchase-order = Votre numéro de commande
plan-booked = Tout est réservé
plan-booked-text = Chaque session a sa commande. Les participants reçoivent leur confirmation par e-mail.
plan-order = Voir la commande
plan-order-pay = Payer

plan-limits = Limites
plan-limits-text = Le plan les respecte toujours. Après un changement, recalculez.
plan-absences = Indisponibilités
plan-absences-none = Personne n'est indisponible.
plan-person = Personne
plan-person-choose = Choisir
plan-user-id-error = Choisissez une personne.
plan-first-day = Premier jour
plan-first-day-error = Choisissez le premier jour.
plan-last-day = Dernier jour
plan-last-day-error = Choisissez le dernier jour.
plan-from-to = du { $first } au { $last }
plan-minimums = Minimum au travail
plan-minimums-none = Aucun minimum : tout le monde peut partir le même jour.
plan-minimum = Personnes
plan-minimum-error = Écrivez un nombre d'au moins 1.
plan-minimum-of = { $minimum } sur { $people }
plan-crew-error = Choisissez un site ou un métier.
plan-add = Ajouter
plan-remove = Retirer
plan-limit-saved = Limite enregistrée. Recalculez le plan pour en tenir compte.
plan-limit-removed = Limite retirée. Recalculez le plan pour en tenir compte.
plan-gap-ask = Voir les formations, ou demander une session
