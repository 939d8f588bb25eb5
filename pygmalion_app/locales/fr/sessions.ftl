error-session_not_found-title = Session introuvable
error-session_not_found = Cette session n'existe pas, ou n'est pas encore publiée.
error-session_dates-title = Dates impossibles
error-session_dates = Une session commence dans les trois ans à venir, finit après son début et dure un an au plus.
error-unknown_time_zone-title = Fuseau horaire inconnu
error-unknown_time_zone = « { $zone } » n'est pas un fuseau horaire. Exemple : Europe/Paris.
error-capacity_below_seats-title = Capacité insuffisante
error-capacity_below_seats = { $taken ->
    [one] Une place est déjà prise
   *[other] { $taken } places sont déjà prises
  } : la capacité ne peut pas descendre au-dessous.
error-session_has_participants-title = Dates déjà réservées
error-session_has_participants = { $participants ->
    [one] Une personne a
   *[other] { $participants } personnes ont
  } réservé ces dates. Annulez la session et planifiez-en une autre : les participants seront remboursés.
error-session_closed-title = Session close
error-session_closed = Cette session est annulée ou terminée : elle ne change plus.
error-trainer_unknown-title = Formateur inconnu
error-trainer_unknown = Cette personne n'est pas formatrice dans votre organisme.
