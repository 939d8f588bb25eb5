# Catalogue, page d’une formation, page d’un organisme.
catalog-title = Formations aéronautiques
catalog-description = Comparez les sessions de formation aéronautique : sûreté, marchandises dangereuses, aérodrome, maintenance, équipages. Places en temps réel, prix et dates.
catalog-lead = Sûreté, marchandises dangereuses, aérodrome, maintenance, équipages : places mises à jour en direct.
search-label = Rechercher une formation
search-placeholder = Métier, code, réglementation… ex. DGR 7.3, 11.2.6.2, permis T
results-count = { $count ->
    [0] Aucune formation
    [one] 1 formation
   *[other] { $count } formations
}
filters = Filtres
filters-show = Voir les résultats
filters-clear = Tout effacer
filter-any = Indifférent
filter-category = Métier
filter-modality = Modalité
filter-place = Lieu
filter-month = Mois
filter-price = Prix maximum (€ HT)
filter-language = Langue
filter-seats = Places libres
filter-seats-value = { $count ->
    [one] Au moins 1 place
   *[other] Au moins { $count } places
}
filter-q = Recherche
sort-label = Trier par
sort-relevance = Pertinence
sort-date = Date la plus proche
sort-price = Prix croissant
sort-rating = Mieux notées
no-session-yet = Dates à venir
place-remote = À distance
reviews-count = { $count ->
    [0] Pas encore d’avis
    [one] 1 avis
   *[other] { $count } avis
}
from-price = dès
quality-label = Qualiopi
quality-explained = Organisme certifié Qualiopi
next-session = Prochaine session
see-course = Voir la formation
catalog-empty-title = Aucune formation ne correspond
catalog-empty-text = Élargissez un critère, ou regardez les formations les plus proches ci-dessous.
catalog-empty-drop = Sans le critère « { $filter } » : { $total } formations
catalog-empty-drop-generic = Élargir la recherche
catalog-nearest = Les plus proches de votre recherche
error-search-invalid = Ce critère n’est pas compris : { $field }. Corrigez-le ou effacez les filtres.

course-back = Catalogue
course-description = Description
course-objectives = À l’issue de la formation, vous saurez
course-legal = Base réglementaire
course-validity = Validité
validity-unlimited = Sans échéance
validity-years = { $count ->
    [one] 1 an
   *[other] { $count } ans
}
validity-months = { $count } mois
validity-anchor-date = à compter de la date de réussite
validity-anchor-month_end = jusqu’à la fin du mois d’échéance
validity-anchor-month = comptés en mois pleins
validity-anchor-semester = par semestre civil
validity-anchor-season = par saison hivernale
validity-anchor-none = { "" }
validity-window = Un recyclage dans les { $count } derniers mois garde la date anniversaire.
course-duration = Durée
course-modality = Modalité
course-language = Langue
course-place = Lieu
course-code = Référence
course-prerequisites = Prérequis
course-methods = Méthodes et moyens
course-evaluation = Évaluation
course-accessibility = Accessibilité et handicap
course-bring = À apporter
course-sessions = Sessions disponibles
course-sessions-live = Places mises à jour en direct
course-no-session = Aucune session ouverte pour l’instant
course-no-session-text = Cet organisme n’a pas encore publié de date. Demandez-en une, ou voyez les formations équivalentes.
course-equivalent = Formations équivalentes
course-refunds = Annulation et remboursement
refund-tier = { $percent ->
    [0] Moins de { $days } jours avant : pas de remboursement
   *[other] Jusqu’à { $days } jours avant le début : { $percent } % remboursés
}
refund-zero = Ensuite : pas de remboursement
refund-organizer = Session annulée par l’organisme : 100 % remboursés.
course-reviews = Avis des participants
course-no-review = Pas encore d’avis : soyez le premier après votre session.
rating-out-of = { $rating } sur 5
enrol = S’inscrire
enrol-full = Complet
session-choose = Choisir la session du { $dates }
session-per-person = par personne
course-organization = Organisme
course-about = Proposée par
course-missing-title = Cette formation n’est pas au catalogue
course-missing-text = Elle a pu être retirée ou l’adresse est incomplète.
table-dates = Dates
table-place = Lieu
table-seats = Places
table-price = Prix HT
table-language = Langue
organization-title = Organisme de formation
organization-courses = Formations proposées
organization-missing-title = Cet organisme n’est pas référencé
organization-missing-text = Il a pu quitter la plateforme ou l’adresse est incomplète.
organization-siret = SIRET
organization-nda = Déclaration d’activité
organization-quality = Certification qualité
organization-quality-until = { $certifier }, valable jusqu’au { $date }
organization-quality-none = Non certifié
organization-website = Site web
organization-vat = TVA
rating-scale = sur 5

# Signalements d’une formation ou d’un avis.
report-course = Signaler cette formation
report-review = Signaler cet avis
report-this = Signaler
report-content-lead = Votre signalement est lu par l’équipe de Pygmalion. L’organisme n’apprend pas qui l’a envoyé.
report-reason = Motif
report-choose = Choisissez un motif
report-reason-missing = Choisissez un motif.
report-reason-misleading = Information trompeuse
report-reason-unlawful = Contenu illégal
report-reason-unsafe = Danger pour la sécurité ou la sûreté
report-reason-offensive = Propos injurieux
report-reason-private = Vie privée d’une personne
report-reason-fake = Faux avis ou formation fictive
report-reason-other = Autre
report-note = Précisions (facultatif)
report-note-hint = Ce que nous devons regarder : une phrase, une date, un texte de loi.
report-send = Envoyer le signalement
report-sent = Signalement envoyé
report-sent-text = Vous serez prévenu de la suite qui lui est donnée.
error-already_reported-title = Déjà signalé
error-already_reported = Votre signalement précédent est encore à l’étude.
error-nothing_reported-title = Aucun signalement
error-nothing_reported = Rien n’est signalé ici, ou le contenu n’existe plus.
error-course_suspended-title = Formation masquée
error-course_suspended = Cette formation a été masquée à la suite d’un signalement. Répondez à l’équipe de Pygmalion : elle seule peut la remettre en ligne.
retention-content_reports = Signalements traités
moderation-title = Modération
moderation-lead = Formations et avis signalés. L’organisme et les personnes qui ont signalé sont prévenus de votre décision.
moderation-open = À traiter
moderation-kept = Conservés
moderation-hidden = Masqués
moderation-empty = Rien ici
moderation-empty-text = Les signalements du catalogue s’affichent ici, les plus nombreux d’abord.
moderation-course = Formation
moderation-review = Avis
moderation-count = { $count ->
    [one] Un signalement
   *[other] { $count } signalements
}
moderation-state-open = En ligne, à traiter
moderation-state-kept = En ligne
moderation-state-hidden = Masqué
moderation-decide = Décider
moderation-decide-title = Que faire de ce signalement ?
moderation-notes = Ce qu’ont écrit les personnes
moderation-decision = Décision
moderation-do-keep = Conserver, ou remettre en ligne
moderation-do-hide = Masquer
moderation-do-reply = Écrire à l’organisme, sans décider
moderation-answer = Message à l’organisme
moderation-answer-hint = Nécessaire pour masquer ou pour écrire. N’y nommez personne.
moderation-answer-missing = Écrivez un message à l’organisme : il doit savoir pourquoi.
moderation-answered = Message à l’organisme :
moderation-confirm = Valider
moderation-done-keep = Le contenu est en ligne, les signalements sont clos.
moderation-done-hide = Le contenu est masqué, l’organisme est prévenu.
moderation-done-reply = Le message est parti.
tab-admin-moderation = Modération
mail-course-hidden-subject = Formation masquée : { $course }
mail-course-hidden-body =
    Bonjour { $first_name },

    Votre formation « { $course } » a été signalée, puis retirée du catalogue par l’équipe de Pygmalion. Les places déjà réservées le restent.

    { $answer }

    Corrigez-la, puis répondez à ce message : elle sera remise en ligne après relecture.
mail-course-hidden-action = Voir nos formations
mail-course-asked-subject = Une question sur votre formation : { $course }
mail-course-asked-body =
    Bonjour { $first_name },

    Votre formation « { $course } » a été signalée. Elle reste en ligne. L’équipe de Pygmalion vous écrit :

    { $answer }
mail-course-asked-action = Voir nos formations
mail-course-back-subject = Formation en ligne : { $course }
mail-course-back-body =
    Bonjour { $first_name },

    Après relecture, votre formation « { $course } » est au catalogue.

    { $answer }
mail-course-back-action = Voir nos formations
mail-review-hidden-subject = Un avis masqué : { $course }
mail-review-hidden-body =
    Bonjour { $first_name },

    Un avis sur votre formation « { $course } » a été signalé, puis masqué. Il ne compte plus dans sa note.

    { $answer }
mail-review-hidden-action = Voir nos formations
mail-review-asked-subject = Une question sur un avis : { $course }
mail-review-asked-body =
    Bonjour { $first_name },

    Un avis sur votre formation « { $course } » a été signalé. L’équipe de Pygmalion vous écrit :

    { $answer }
mail-review-asked-action = Voir nos formations
mail-review-back-subject = Un avis conservé : { $course }
mail-review-back-body =
    Bonjour { $first_name },

    Après relecture, l’avis signalé sur votre formation « { $course } » reste affiché.

    { $answer }
mail-review-back-action = Voir nos formations
mail-report-followed-subject = Suite donnée à votre signalement : { $course }
mail-report-followed-body =
    Bonjour { $first_name },

    Ce que vous aviez signalé à propos de « { $course } » n’est plus affiché. Merci de votre vigilance.
mail-report-followed-action = Voir le catalogue
mail-report-declined-subject = Votre signalement a été étudié : { $course }
mail-report-declined-body =
    Bonjour { $first_name },

    Nous avons relu ce que vous aviez signalé à propos de « { $course } » : rien n’y contrevient à nos règles, il reste affiché.
mail-report-declined-action = Voir le catalogue
