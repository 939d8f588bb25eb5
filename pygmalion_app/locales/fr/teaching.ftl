# Le tableau de bord et le calendrier d’un organisme de formation.
school-lead = Ce qu’il faut faire aujourd’hui, les sessions qui viennent, ce qu’elles rapportent et ce qu’on en dit.
school-none = Aucun organisme de formation
school-none-text = Cette page est celle des organismes de formation et de leurs formateurs.
school-figures = Chiffres
school-percent = { $value } %
school-ahead = sessions dans les 90 jours
school-at-risk = { $count ->
    [0] toutes ont assez d’inscrits
    [one] 1 n’a pas encore assez d’inscrits
   *[other] { $count } n’ont pas encore assez d’inscrits
}
school-fill = de remplissage
school-this-month = vendus ce mois-ci
school-month-before = { $amount } le mois précédent
school-rating = sur 5, note moyenne
school-opinions = { $count } avis
school-to-do = À faire aujourd’hui
school-nothing-to-do = Rien n’attend. Tout est signé, validé et assez rempli.
school-more-tasks = Et { $count } autres, dans vos sessions
school-task-conflict = Conflit
school-task-conflict-text = Le formateur a une autre session au même moment.
school-task-below-minimum = À décider
school-task-below-minimum-text = { $count ->
    [one] Il manque 1 inscrit pour tenir la session : relancez, reportez ou annulez.
   *[other] Il manque { $count } inscrits pour tenir la session : relancez, reportez ou annulez.
}
school-task-no-trainer = Sans formateur
school-task-no-trainer-text = Désignez qui anime cette session.
school-task-countersign = À signer
school-task-countersign-text = { $count ->
    [one] 1 demi-journée sans la signature du formateur.
   *[other] { $count } demi-journées sans la signature du formateur.
}
school-task-validate = À valider
school-task-validate-text = { $count ->
    [one] 1 participant attend le résultat.
   *[other] { $count } participants attendent leur résultat.
}
school-task-waiting = Liste d’attente
school-task-waiting-text = { $count ->
    [one] La session est complète et 1 demande attend : une autre date serait prise.
   *[other] La session est complète et { $count } demandes attendent : une autre date serait prise.
}
school-next = Prochaines sessions
school-no-session = Aucune session n’est planifiée.
school-all-sessions = Toutes les sessions
school-floor = Le repère marque le minimum d’inscrits
school-held = Se tiendra
school-full = Complète
school-full-waiting = Complète, { $count } en attente
school-missing = { $count ->
    [one] Manque 1 inscrit
   *[other] Manque { $count } inscrits
}
school-conflict = Conflit de formateur
school-revenue = Chiffre d’affaires
school-revenue-text = Ventes par mois, TTC, après annulations
school-revenue-net = Votre part
school-revenue-commission = Commission
school-month = Mois
school-no-revenue = Aucune vente sur les douze derniers mois.
school-report = Versements
school-ratings = Avis
school-no-rating = Aucun avis pour l’instant : ils viennent après les sessions.
school-stars = { $rating } sur 5

tab-teach-calendar = Calendrier
calendar-before = Mois précédent
calendar-after = Mois suivant
calendar-today = Aujourd’hui
calendar-nothing = Aucune session ce mois-ci.
calendar-mon = lun.
calendar-tue = mar.
calendar-wed = mer.
calendar-thu = jeu.
calendar-fri = ven.
calendar-sat = sam.
calendar-sun = dim.
calendar-trainers = Planning des formateurs
calendar-trainer-days = { $count ->
    [one] 1 jour pris
   *[other] { $count } jours pris
}
