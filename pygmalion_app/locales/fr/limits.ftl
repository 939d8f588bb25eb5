error-too_many_requests-title = Trop de tentatives
error-too_many_requests = { $unit ->
    [second] { $count ->
        [one] Trop de tentatives en peu de temps. Réessayez dans une seconde.
       *[other] Trop de tentatives en peu de temps. Réessayez dans { $count } secondes.
    }
    [minute] { $count ->
        [one] Trop de tentatives en peu de temps. Réessayez dans une minute.
       *[other] Trop de tentatives en peu de temps. Réessayez dans { $count } minutes.
    }
   *[hour] { $count ->
        [one] Trop de tentatives en peu de temps. Réessayez dans une heure.
       *[other] Trop de tentatives en peu de temps. Réessayez dans { $count } heures.
    }
}
