# Tableau de bord, matrice de conformité et règles, vus par le responsable.
nav-dashboard = Tableau de bord
nav-dashboard-short = Tableau
tab-team = Vue d’ensemble
tab-team-matrix = Matrice
tab-team-rules = Exigences
tab-team-certificates = Certificats à vérifier
dashboard-views = Vos tableaux de bord
dashboard-manager = Mon équipe
dashboard-school = Organisme de formation
dashboard-learner = Ma formation
dashboard-none = Rien à piloter ici
dashboard-none-text = Vos formations et vos certificats vous attendent dans votre espace.

# Mots des statuts : toujours avec leur couleur et leur signe.
compliance-status-compliant = Valide
compliance-status-expiring = Expire bientôt
compliance-status-expired = Expiré
compliance-status-missing = Manquant
compliance-status-planned = Prévu
compliance-status-exempt = Dispensé
compliance-short-compliant = Valide
compliance-short-expiring = Expire
compliance-short-expired = Expiré
compliance-short-missing = Manquant
compliance-short-planned = Prévu
compliance-short-exempt = Dispensé
compliance-short-none = Non requis

manager-lead = { $people ->
    [0] Invitez votre équipe pour suivre ses titres ici.
    [one] 1 personne suivie. Ce qui presse est en tête.
   *[other] { $people } personnes suivies. Ce qui presse est en tête.
}
manager-book = Réserver une formation
manager-matrix = Ouvrir la matrice
manager-compliance = Conformité
manager-rate = des exigences tenues
manager-rate-said = { $rate } % des exigences sont tenues
manager-rate-none = Aucune exigence
manager-rate-none-text = Dites ce que chaque métier doit détenir : la conformité se calcule ensuite toute seule.
manager-rate-none-action = Définir les exigences
manager-team = Équipe
manager-team-people = { $count ->
    [one] personne
   *[other] personnes
}
manager-team-clear = { $count ->
    [0] aucune n’a tout en règle
    [one] 1 a tout en règle
   *[other] { $count } ont tout en règle
}
manager-team-none = { $count ->
    [0] tout le monde a un métier
    [one] 1 sans métier
   *[other] { $count } sans métier
}
manager-team-link = Voir le détail
manager-budget = Budget
manager-budget-used = utilisés
manager-budget-spent = Dépensé
manager-budget-committed = Engagé
manager-budget-left = Reste
manager-budget-of = sur { $amount }
manager-budget-none = Aucun budget cette année
manager-budget-none-text = Fixez une enveloppe pour voir ce qui est engagé avant de dépenser.
manager-budget-link = Détails du budget
manager-budget-set = Fixer un budget
manager-budget-said = { $percent } % du budget est utilisé
manager-alerts = À traiter
manager-alerts-all = Gérer les alertes
manager-alerts-none = Rien à traiter
manager-alerts-none-text = Aucun titre expiré ni manquant, et rien n’expire sous 30 jours.
manager-alert-expired = { $count ->
    [one] titre expiré
   *[other] titres expirés
}
manager-alert-expired-next = { $people ->
    [one] 1 personne concernée : réservez un recyclage
   *[other] { $people } personnes concernées : réservez un recyclage
}
manager-alert-missing = { $count ->
    [one] formation obligatoire manquante
   *[other] formations obligatoires manquantes
}
manager-alert-missing-next = { $people ->
    [one] 1 personne concernée : inscrivez-la à une session
   *[other] { $people } personnes concernées : inscrivez-les à une session
}
manager-alert-expiring = { $count ->
    [one] titre expire sous { $days } jours
   *[other] titres expirent sous { $days } jours
}
manager-alert-expiring-next = { $people ->
    [one] 1 personne concernée : il est temps de réserver un recyclage
   *[other] { $people } personnes concernées : il est temps de réserver un recyclage
}
manager-alert-unassigned = { $count ->
    [one] personne sans métier
   *[other] personnes sans métier
}
manager-alert-unassigned-next = Sans métier, aucune exigence ne s’applique : donnez-leur en un
manager-upcoming = Formations à venir
manager-upcoming-all = Voir tout
manager-upcoming-none = Aucune session réservée
manager-upcoming-none-text = Les sessions de votre équipe apparaîtront ici, avec le nombre d’inscrits.
manager-enrolled = { $count ->
    [one] 1 inscrit
   *[other] { $count } inscrits
}
manager-timeline = Échéances des 12 prochains mois
manager-timeline-text = Nombre de titres qui arrivent à échéance chaque mois.
compliance-timeline = Titres qui arrivent à échéance, mois par mois
compliance-month-said = { $month } : { $count ->
    [0] aucun titre n’arrive à échéance
    [one] 1 titre arrive à échéance
   *[other] { $count } titres arrivent à échéance
}

# Matrice
matrix-title = Matrice de conformité
matrix-lead = Chaque personne face à ce que son métier exige. Ouvrez une case pour voir la preuve, l’historique et quoi faire.
matrix-search = Chercher une personne
matrix-role = Métier
matrix-site = Site
matrix-status = Statut
matrix-before = Expire avant le
matrix-on = Et si nous étions le…
matrix-clear = Tout afficher
matrix-all = Tous
matrix-todo = À traiter
matrix-person = Personne
matrix-keys = Matrice de conformité. Flèches pour se déplacer, Entrée pour ouvrir une case.
matrix-summary = { $count ->
    [0] Personne
    [one] { $shown } personne
   *[other] { $shown } personnes
}
matrix-summary-of = { $count ->
    [0] Personne sur { $total }
    [one] { $shown } personne sur { $total }
   *[other] { $shown } personnes sur { $total }
}
matrix-rate = { $rate } % tenus
matrix-what-if = Projection au { $day } : { $rate } % de conformité, { $out ->
    [0] personne hors de conformité
    [one] 1 personne hors de conformité
   *[other] { $out } personnes hors de conformité
}
matrix-what-if-text = Ce que serait la situation ce jour-là si rien d’autre n’était réservé. Les sessions déjà réservées restent signalées « Prévu ».
matrix-today = Revenir à aujourd’hui
matrix-nobody = Personne ne correspond
matrix-nobody-text = Élargissez la recherche ou retirez un filtre.
matrix-empty = Aucune exigence ne s’applique encore
matrix-empty-text = Publiez les exigences de vos métiers : la matrice se remplit aussitôt.
matrix-unassigned = Sans métier
matrix-tally-compliant = { $count ->
    [one] 1 valide
   *[other] { $count } valides
}
matrix-tally-expiring = { $count ->
    [one] 1 expire bientôt
   *[other] { $count } expirent bientôt
}
matrix-tally-expired = { $count ->
    [one] 1 expiré
   *[other] { $count } expirés
}
matrix-tally-missing = { $count ->
    [one] 1 manquant
   *[other] { $count } manquants
}
matrix-tally-planned = { $count ->
    [one] 1 prévu
   *[other] { $count } prévus
}
matrix-tally-exempt = { $count ->
    [one] 1 dispense
   *[other] { $count } dispenses
}
matrix-tally-none = Aucune exigence

# Panneau d’une case
cell-all = Toutes ses exigences
cell-none = Rien n’est exigé de cette personne
cell-none-text = Donnez-lui un métier, ou publiez les exigences du sien.
cell-proof = Preuve
cell-proof-none = Aucune preuve enregistrée.
cell-proof-open = Ouvrir le certificat
cell-proof-here = Certificat délivré ici
cell-proof-elsewhere = Certificat obtenu ailleurs, vérifié
cell-obtained = Obtenu le { $day }
cell-next = Que faire
cell-book = Voir les sessions
cell-assign = Affecter à une session
cell-history = Historique
cell-history-none = Rien d’enregistré pour l’instant.
cell-exempt = Dispenser cette personne
cell-exempt-reason = Motif
cell-exempt-reason-hint = Il sera montré à un auditeur.
cell-exempt-reason-needed = Dites pourquoi : un auditeur le demandera.
cell-exempt-until = Jusqu’au
cell-exempt-grant = Accorder la dispense
cell-exempt-granted = Dispense accordée.
cell-exemption = Dispense
cell-exempt-since = Accordée le { $day } par { $name }
cell-exempt-last = Jusqu’au { $day }
cell-exempt-forever = Sans limite de durée
cell-exempt-end = Mettre fin à la dispense
cell-exempt-ended = Dispense terminée.
cell-booked = Session réservée le { $day }.
cell-is-compliant = Valable jusqu’au { $day }.
cell-is-compliant-forever = Valable sans limite de durée.
cell-is-expiring = Valable jusqu’au { $day } seulement.
cell-is-expired = Expiré depuis le { $day }.
cell-is-missing = Jamais obtenu, ou aucune preuve enregistrée.
cell-is-planned = Pas encore détenu : une session est réservée le { $day }.
cell-is-exempt = N’a pas à le détenir.
cell-do-compliant = Rien à faire avant l’échéance. Vous pouvez déjà repérer une session.
cell-do-expiring = Réservez un recyclage avant l’échéance pour éviter toute interruption.
cell-do-expiring-booked = Le recyclage est réservé : vérifiez seulement qu’il a lieu avant l’échéance.
cell-do-expired = Cette personne ne doit plus exercer cette activité. Réservez la prochaine session, ou ajoutez un certificat obtenu ailleurs.
cell-do-missing = Inscrivez cette personne à une session, ou ajoutez un certificat obtenu ailleurs.
cell-do-planned = Rien de plus à faire : le statut changera à la délivrance du certificat.
cell-do-exempt = La dispense vaut tant qu’elle n’est pas terminée.

# Exigences, métiers, sites
rules-title = Exigences
rules-lead = Ce que chaque métier, site ou type de contrat doit détenir. Rien ne change avant la publication.
rules-views = Exigences, métiers et sites
rules-sets = Exigences
rules-roles = Métiers
rules-sites = Sites
rules-people = Sans métier
rules-none = Aucune exigence définie
rules-none-text = Partez de la matrice de la profession : chaque métier y a déjà ses formations. Vous ajustez ensuite.
rules-start = Partir de la matrice de la profession
rules-start-title = Partir de la matrice de la profession
rules-start-text = Les métiers et leurs exigences sont créés et s’appliquent dès aujourd’hui aux personnes qui les exercent. Ce que vous avez déjà reste tel quel.
rules-start-kind = Votre activité
rules-start-go = Reprendre ces exigences
rules-started = { $count ->
    [0] Tout était déjà là : rien n’a été ajouté.
    [one] 1 métier ajouté avec ses exigences.
   *[other] { $count } métiers ajoutés avec leurs exigences.
}
rules-new = Nouvelles exigences
rules-new-title = Nouvelles exigences
rules-set-name = Nom
rules-set-name-hint = Par exemple : Agents de piste, Site de Lyon
rules-set-role = Métier concerné
rules-set-site = Site concerné
rules-set-contractor = Type de contrat
rules-everybody = Tout le monde
rules-create = Créer le brouillon
rules-created = Brouillon créé. Ajoutez les exigences.
rules-for-role = Métier : { $name }
rules-for-site = Site : { $name }
rules-for-contractor = Contrat : { $name }
rules-count = { $count ->
    [0] Aucune exigence
    [one] 1 exigence
   *[other] { $count } exigences
}
rules-in-force = En vigueur depuis le { $day }
rules-from = S’appliquera le { $day }
rules-draft = Brouillon
rules-back = Toutes les exigences
rules-edit = Modifier
rules-edit-text = Vos changements vont dans un brouillon ; la version en vigueur reste appliquée jusqu’à la publication.
rules-add = Ajouter une exigence
rules-add-title = Ajouter une exigence
rules-change-title = Modifier l’exigence
rules-course = Formation
rules-or = Ou bien l’une de ces formations
rules-or-hint = Une seule suffit, par exemple l’initiale ou le recyclage.
rules-months = Validité en mois
rules-months-hint = Vide : celle qui figure sur le certificat.
rules-anchor = Compte à partir
rules-anchor-date = du jour du certificat
rules-anchor-month_end = de la fin du mois
rules-anchor-semester = de la fin du semestre
rules-window = Renouvelable sans perdre la date, en mois avant l’échéance
rules-remove = Retirer
rules-save = Enregistrer
rules-saved = Enregistré dans le brouillon.
rules-removed = Retiré du brouillon.
rules-rule-months = { $months ->
    [one] 1 mois
   *[other] { $months } mois
}
rules-rule-own = selon le certificat
rules-rule-window = { $months ->
    [one] renouvelable 1 mois avant
   *[other] renouvelable { $months } mois avant
}
rules-rule-recency = { $months ->
    [one] perdue après 1 mois sans pratique
   *[other] perdue après { $months } mois sans pratique
}
rules-rule-hours = { $hours } h par période de { $months } mois
rules-preview = Effet de la publication
rules-preview-loses = { $count ->
    [0] Personne ne devient non conforme.
    [one] Ce changement rend 1 personne non conforme.
   *[other] Ce changement rend { $count } personnes non conformes.
}
rules-preview-gains = { $count ->
    [0] Personne ne devient conforme.
    [one] 1 personne devient conforme.
   *[other] { $count } personnes deviennent conformes.
}
rules-preview-more = { $count ->
    [one] et 1 autre
   *[other] et { $count } autres
}
rules-effective = S’applique à partir du
rules-publish = Publier
rules-published = Publié : les statuts sont recalculés.
rules-discard = Abandonner le brouillon
rules-discarded = Brouillon abandonné.
rules-draft-empty = Rien n’est encore exigé ici
rules-draft-empty-text = Ajoutez une première exigence, puis publiez.
rules-archive = Supprimer ces exigences
rules-archive-title = Supprimer ces exigences ?
rules-archive-text = Elles ne s’appliqueront plus à personne. L’historique reste.
rules-archived = Exigences supprimées.

roles-add = Ajouter un métier
roles-name = Nom du métier
roles-people = { $count ->
    [0] personne
    [one] 1 personne
   *[other] { $count } personnes
}
roles-rename = Renommer
roles-rename-title = Renommer le métier
roles-archive = Supprimer
roles-archive-title = Supprimer ce métier ?
roles-archive-text = { $count ->
    [0] Personne ne l’exerce. Ses exigences ne s’appliqueront plus.
    [one] 1 personne l’exerce : elle se retrouvera sans métier, donc sans exigence, jusqu’à ce que vous lui en donniez un autre.
   *[other] { $count } personnes l’exercent : elles se retrouveront sans métier, donc sans exigence, jusqu’à ce que vous leur en donniez un autre.
}
roles-move = Donner plutôt à ces personnes
roles-move-none = Aucun autre métier
roles-saved = Métier enregistré.
roles-archived = Métier supprimé.
roles-none = Aucun métier
roles-none-text = Un métier regroupe les personnes dont on exige la même chose.
sites-add = Ajouter un site
sites-name = Nom du site
sites-zone = Fuseau horaire
sites-zone-hint = Les échéances se comptent à l’heure du site.
sites-change-title = Modifier le site
sites-change = Modifier
sites-saved = Site enregistré.
sites-close = Fermer le site
sites-close-title = Fermer ce site ?
sites-close-people = { $count ->
    [0] Personne n’y travaille.
    [one] 1 personne y travaille.
   *[other] { $count } personnes y travaillent.
}
sites-close-sets = { $count ->
    [one] 1 jeu d’exigences ne vaut que pour ce site : sans autre site, il prend fin.
   *[other] { $count } jeux d’exigences ne valent que pour ce site : sans autre site, ils prennent fin.
}
sites-move = Tout déplacer vers
sites-move-none = Aucun autre site
sites-closed = Site fermé.
sites-none = Aucun site
sites-none-text = Créez vos lieux de travail pour filtrer la matrice et exiger selon le site.
people-none = Tout le monde a un métier
people-none-text = Les personnes sans métier apparaîtront ici : rien n’est exigé d’elles tant qu’elles n’en ont pas.
people-give = Donner un métier
people-choose = Choisir…
people-given = { $name } : métier enregistré.

cell-until = valable jusqu’au { $day }
rules-code-needed = Choisissez la formation qui satisfait cette exigence.
rules-preview-rate = Conformité de l’équipe : { $before } aujourd’hui, { $after } ensuite.
rules-name-needed = Donnez un nom et choisissez un fuseau horaire.
profession-aerodrome = Exploitant d’aérodrome
profession-handling = Assistant en escale
profession-security = Société de sûreté
profession-cargo = Agent habilité fret
profession-airline = Compagnie aérienne
profession-maintenance = Atelier Part-145
profession-catering = Commissariat et avitaillement
profession-shops = Commerce d’aérogare

rules-exceptions = Exceptions

# Dispenses et équivalences
exceptions-requirement = Exigence
exceptions-person = Chercher une personne
exceptions-found = Personne
exceptions-search-first = Tapez un nom pour trouver la personne.
exceptions-member-needed = Choisissez la personne.
exceptions-requirement-needed = Choisissez l’exigence.
exceptions-reason-needed = Dites pourquoi : un auditeur le demandera.
exceptions-until-wrong = Cette date n’existe pas.
exceptions-courses-needed = Choisissez deux formations différentes.
exceptions-state = État
exceptions-end = Mettre fin
exceptions-end-title = Y mettre fin maintenant ?
exceptions-end-now = Mettre fin maintenant
exemptions-title = Dispenses
exemptions-lead = Qui n’a pas à détenir une qualification, et pourquoi.
exemptions-add = Accorder une dispense
exemptions-none = Aucune dispense
exemptions-none-text = Tout le monde doit détenir ce que son métier exige.
exemptions-over = Terminée le { $day }
exemptions-end-text = « { $title } » sera de nouveau exigé dès maintenant.
equivalences-title = Équivalences
equivalences-lead = Quelle formation en remplace une autre dans vos exigences.
equivalences-add = Ajouter une équivalence
equivalences-save = Ajouter
equivalences-none = Aucune équivalence
equivalences-none-text = Chaque exigence ne se satisfait que par sa propre formation.
equivalences-course = La formation
equivalences-for = Vaut pour
equivalences-own = À vous
equivalences-profession = Toute la profession
equivalences-look = Choisissez les deux formations pour voir qui cela change.
equivalences-met = { $count ->
    [0] Aujourd’hui, cela ne change rien pour personne.
    [one] 1 personne satisferait une exigence qui lui manque :
   *[other] { $count } personnes satisferaient une exigence qui leur manque :
}
equivalences-lost = { $count ->
    [0] Aujourd’hui, cela ne change rien pour personne.
    [one] 1 personne ne satisferait plus une exigence :
   *[other] { $count } personnes ne satisferaient plus une exigence :
}
equivalences-added = Équivalence ajoutée.
equivalences-ended = Équivalence terminée.
