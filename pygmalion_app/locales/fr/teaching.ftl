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
school-report = Rapport financier
school-ratings = Avis
school-said = Derniers commentaires
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

# La qualité (indicateurs Qualiopi) et les questionnaires de satisfaction.
tab-teach-quality = Qualité
quality-title = Qualité
quality-none = Pas de rapport qualité ici
quality-none-text = Ce rapport est celui de qui administre un organisme de formation.
quality-year = Année
quality-show = Afficher
quality-empty = Aucune session terminée cette année
quality-empty-text = Les indicateurs se remplissent à la fin de la première session.
quality-summary = { $sessions ->
    [one] 1 session terminée
   *[other] { $sessions } sessions terminées
}, { $learners } participants, { $hours } suivies.
quality-sessions = Sessions
quality-learners = Participants
quality-completion-rate = Taux de réalisation
quality-success-rate = Taux de réussite
quality-abandon-rate = Taux d’abandon
quality-hot-satisfaction-rate = Satisfaits à chaud
quality-hot-response-rate = Réponses à chaud
quality-cold-satisfaction-rate = Satisfaits à froid
quality-cold-response-rate = Réponses à froid
quality-recommendation = Recommandation
quality-basis-judged = { $count ->
    [one] sur 1 participant jugé
   *[other] sur { $count } participants jugés
}
quality-basis-answers = { $answered } réponses sur { $sent }, moyenne { $mean } / 5
quality-basis-recommendation = de −100 à +100
quality-course = Formation
quality-chart = Réussite par formation
quality-by-course = Indicateurs par formation
quality-whole = Ensemble
quality-about = Sessions terminées dans la période. Réalisation : présents parmi ceux dont le formateur s’est prononcé et ceux qui ont renoncé en cours. Satisfait : note de 4 ou 5 sur 5.
quality-missing = Données manquantes
quality-whole-data = Rien ne manque : les chiffres sont complets.
quality-missing-nda = Le numéro de déclaration d’activité n’est pas renseigné.
quality-missing-certifier = Le certificateur Qualiopi n’est pas renseigné.
quality-missing-expired = Le certificat Qualiopi est échu.
quality-missing-unjudged = { $count ->
    [one] { $course }, { $day } : 1 participant sans résultat.
   *[other] { $course }, { $day } : { $count } participants sans résultat.
}
quality-missing-objectives = { $course } : aucun objectif pédagogique.
quality-mend-nda = Renseigner
quality-mend-certifier = Renseigner
quality-mend-expired = Mettre à jour
quality-mend-unjudged = Valider
quality-mend-objectives = Nos formations
quality-comments = Ce que les participants écrivent
quality-no-comments = Aucun commentaire sur la période.
quality-said-hot = { $rating } / 5 à chaud · { $course } · { $day }
quality-said-cold = { $rating } / 5 à froid · { $course } · { $day }
report-quality = Rapport qualité
report-quality-file = qualite

survey-title = Votre avis
survey-hello = Bonjour { $name },
survey-lead-hot = comment s’est passée cette formation ? Une minute suffit, et votre nom n’est pas montré à l’organisme.
survey-lead-cold = trois mois ont passé : que reste-t-il de cette formation ? Votre nom n’est pas montré à l’organisme.
survey-overall = Dans l’ensemble
survey-content = Le contenu
survey-trainer = Le formateur
survey-practice = J’utilise ce que j’ai appris
survey-recommend = La recommanderiez-vous à un collègue ?
survey-comment = Un mot de plus (facultatif)
survey-worst = pas du tout satisfait
survey-best = très satisfait
survey-never = jamais
survey-surely = sans hésiter
survey-send = Envoyer mon avis
survey-incomplete = Donnez une note à chaque question, puis envoyez.
survey-done = Merci !
survey-done-text = Votre avis est enregistré. Il aide l’organisme à progresser.
survey-missing = Ce lien ne mène plus à rien
survey-missing-text = On répond dans les 60 jours après le message. Rien ne vous est reproché.
mail-survey-hot-subject = Votre avis sur « { $course } »
mail-survey-hot-body =
    Bonjour { $name },

    Vous avez suivi « { $course } » ({ $days }) avec { $organization }. Comment cela s’est-il passé ?

    Quelques notes suffisent, en une minute et sans vous connecter. Votre nom n’est pas montré à l’organisme.
mail-survey-hot-action = Donner mon avis
mail-survey-cold-subject = Trois mois après « { $course } »
mail-survey-cold-body =
    Bonjour { $name },

    Il y a trois mois, vous avez suivi « { $course } » ({ $days }) avec { $organization }. Qu’en reste-t-il dans votre travail ?

    Quelques notes suffisent, en une minute et sans vous connecter. Votre nom n’est pas montré à l’organisme.
mail-survey-cold-action = Donner mon avis

privacy-area-surveys = Questionnaires de satisfaction
privacy-kept-surveys = Vos notes de satisfaction
privacy-kept-surveys-why = Les notes seules, parmi les chiffres de l’organisme, 7 ans après la session ; vos mots sont effacés.
retention-surveys = Questionnaires de satisfaction
error-survey_answered-title = Avis déjà donné
error-survey_answered = Vous avez déjà répondu à ce questionnaire. Merci !

# Les documents d’une session.
papers-title = Documents
papers-programme = Programme
papers-programme-open = Voir la formation
papers-contracts = Contrats des particuliers
papers-conventions = Conventions de formation
papers-conventions-open = Télécharger
papers-attendance = Émargement, demi-journées passées
papers-attendance-open = Ouvrir la feuille
papers-certificates = Certificats
papers-certificates-open = Certificats délivrés
papers-invoices = Factures
papers-invoices-open = Voir les factures
papers-nothing = Rien à produire
papers-there = Complet : { $done } / { $total }
papers-missing = Manque : { $done } / { $total }
papers-call = Renvoyer les convocations
papers-called = { $count ->
    [0] Convocations déjà envoyées dans l’heure
    [one] 1 convocation envoyée
   *[other] { $count } convocations envoyées
}
papers-called-text = Chaque inscrit la reçoit aussi dès sa confirmation.

school-demand = Sessions demandées
school-demand-note = Ce que l’on attend de vous sans date publiée
school-demand-from = À partir de { $month }
school-demand-seats = { $seats ->
    [one] 1 place
   *[other] { $seats } places
} · { $people ->
    [one] 1 personne
   *[other] { $people } personnes
}
