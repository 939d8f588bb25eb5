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
