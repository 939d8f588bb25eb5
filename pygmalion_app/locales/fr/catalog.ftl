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
