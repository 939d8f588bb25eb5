chart-as-table = Voir les chiffres en tableau
privacy-area-reports = Rapports demandés et envoyés
nav-reports = Rapports
nav-reports-short = Rapports
tab-reports = Rapports
report-compliance = Rapport de conformité
report-compliance-file = conformite
report-financial = Rapport financier
report-financial-file = finances
report-period = Du { $since } au { $until }
report-amounts = Montants TTC, dans le mois où ils ont été comptabilisés
report-column-in = { $title } ({ $currency })
report-total = Total
report-by-month = Mois
report-by-course = Formation
report-by-cost-center = Centre de coûts
report-no-cost-center = Sans centre de coûts
report-orders = Commandes
report-ordered = Commandé
report-cancelled = Annulé
report-paid = Payé
report-financed = Pris en charge par un tiers
report-refunded = Remboursé
report-revenue = Chiffre d'affaires
report-commission = Commission
report-net = Part de l'organisme
mail-report-ready-subject = { $title } : votre rapport est prêt
mail-report-ready-body = Le rapport « { $title } » de { $organization } est prêt. Connectez-vous pour le télécharger jusqu'au { $until } : son contenu ne circule pas par e-mail.
mail-report-ready-action = Télécharger le rapport
mail-report-stopped-subject = Un rapport n'est plus envoyé à { $recipient }
mail-report-stopped-body = L'envoi programmé « { $report } » de { $organization } à { $recipient } est arrêté : cette personne n'a plus le droit de lire les rapports de l'organisation. Rien ne lui a été envoyé.

    Choisissez un autre destinataire si le rapport est encore utile.
mail-report-stopped-action = Voir les envois programmés
error-report_not_ready = Le fichier n'est pas encore prêt : attendez quelques instants, ou demandez-le de nouveau s'il a échoué.
error-report_not_ready-title = Rapport en préparation
error-too_many_schedules = Votre organisation a déjà { $most } envois programmés : retirez-en un d'abord.
error-too_many_schedules-title = Trop d'envois programmés
report-rate-is = Taux de conformité : { $rate } (en règle, bientôt expirés et dispensés)
report-as-of = Situation au { $day }
report-person = Personne
report-requirement = Exigence
report-rate = Taux
report-matrix = Personnes et exigences
report-by-requirement = Par exigence
report-by-job-role = Métier
report-by-site = Site
report-by-contractor-type = Type de contrat
report-status-compliant = En règle
report-status-expiring = Expire bientôt
report-status-expired = Expiré
report-status-missing = Manquant
report-status-planned = Prévu
report-status-exempt = Dispensé
report-status = Statut
report-count = Nombre
reports-title = Rapports
reports-lead = Les mêmes chiffres à l'écran, en fichier et par e-mail.
reports-none = Choisissez une organisation
reports-none-text = Ouvrez les rapports depuis la fiche d'une organisation.
report-take-away = Exporter
report-export-as = Exporter ce rapport en { $format }
report-file-started = Le fichier est en préparation : il apparaît ci-dessous dès qu'il est prêt.
report-file-waiting = En attente
report-file-writing = En préparation, { $percent } %
report-file-ready = Prêt, { $size } Ko
report-file-failed = Échec : demandez-le de nouveau
report-schedule = Recevoir par e-mail
report-schedule-title = Recevoir ce rapport par e-mail
report-schedule-lead = Le rapport affiché, avec ses filtres, est préparé chaque semaine ou chaque mois. L'e-mail mène au fichier, derrière la connexion.
report-schedule-save = Programmer l'envoi
report-scheduled = L'envoi est programmé.
report-unschedule = Arrêter
report-unscheduled = Ce rapport ne sera plus envoyé.
report-schedules = Envois programmés
report-what = Rapport
report-recipient = Destinataire
report-recipient-hint = Un membre qui a le droit de lire les rapports ; ce droit est vérifié à chaque envoi.
report-how-often = Fréquence
report-weekly = Chaque lundi
report-monthly = Chaque premier du mois
report-format = Format
report-next = Prochain : { $day }
report-stopped = Arrêté : le destinataire n'a plus ce droit
report-all = Tous
report-no-job-role = Sans métier
report-no-site = Sans site
report-rows = { $count ->
    [0] Aucune ligne
    [one] Une ligne
   *[other] { $shown } lignes
} : une par personne et exigence
report-compliance-none = Aucune exigence pour l'instant
report-compliance-none-text = Dès que des règles s'appliquent à vos équipes, leur situation apparaît ici.
report-rate-what = en règle, bientôt expirés et dispensés compris
report-statuses = Exigences par statut
report-worst = Les exigences aux taux les plus bas
report-rate-by-job-role = Taux par métier
report-rate-by-site = Taux par site
report-people = Personnes
report-see-matrix = Voir la matrice
report-day = Jusqu'au, ou prévu le
report-money-chart = Montants TTC
report-financial-none = Aucun mouvement sur cette période
report-financial-none-text = Choisissez une période plus longue.
report-grouped = Regrouper par
report-grouped-what = Regroupement

# The yearly training report (Cerfa 10443).
report-bpf = Bilan pédagogique et financier
report-bpf-file = bpf
bpf-title-year = Bilan pédagogique et financier { $year }
bpf-identity = Déclaration d'activité { $nda } · SIRET { $siret }
bpf-about = Produits hors taxes comptabilisés dans l'année, nets des annulations. Stagiaires et heures des sessions terminées dans l'année, d'après les présences et les demi-journées émargées. Les charges (cadre D) ne sont pas connues ici.
bpf-line = Ligne
bpf-source = Origine des produits
bpf-net = Montant HT
bpf-people = Nombre
bpf-hours = Heures
bpf-figure-income = Produits hors taxes
bpf-figure-trainees = Stagiaires
bpf-figure-trainers = Formateurs
bpf-frame-c = C · Origine des produits
bpf-frame-e = E · Personnes dispensant des heures de formation
bpf-frame-f1 = F-1 · Type de stagiaires
bpf-frame-f2 = F-2 · Dont activité sous-traitée
bpf-frame-f3 = F-3 · Objectif général des prestations
bpf-frame-f4 = F-4 · Spécialités de formation
bpf-frame-g = G · Stagiaires confiés par un autre organisme
bpf-source-1 = Entreprises, pour la formation de leurs salariés
bpf-source-2e = Compte personnel de formation
bpf-source-2h = OPCO, plans de développement des compétences
bpf-source-3 = Pouvoirs publics, pour la formation de leurs agents
bpf-source-9 = Personnes à titre individuel et à leurs frais
bpf-source-10 = Autres organismes de formation
bpf-source-11 = Autres produits
bpf-income-total = Total des produits
bpf-trainer-internal = Salarié de l'organisme
bpf-trainer-external = Externe (sous-traitance)
bpf-trainee-employee = Salarié d'un employeur privé
bpf-trainee-apprentice = Apprenti
bpf-trainee-jobseeker = En recherche d'emploi
bpf-trainee-individual = Particulier à ses propres frais
bpf-trainee-other = Autre stagiaire
bpf-total = Total
bpf-remote = Dont tout ou partie à distance
bpf-subcontracted = Confié à des formateurs externes
bpf-entrusted = Confié par un autre organisme
bpf-missing = Données à compléter
bpf-missing-none = Rien ne manque
bpf-missing-count = { $count ->
    [one] Une donnée à compléter
   *[other] { $count } données à compléter
  }
bpf-gap = Change les totaux
bpf-gap-soft = À préciser
bpf-choose = Choisir…
bpf-state-trainee = Type de stagiaire
bpf-state-trainer = Statut du formateur
bpf-stated = Le bilan est à jour.
bpf-missing-nda = Le numéro de déclaration d'activité manque.
bpf-missing-siret = Le SIRET manque.
bpf-missing-unjudged = { $course }, { $day } : { $count ->
    [one] une personne n'a pas été jugée présente ou absente, non comptée
   *[other] { $count } personnes n'ont pas été jugées présentes ou absentes, non comptées
  }.
bpf-missing-sheet = { $course }, { $day } : { $count ->
    [one] une demi-journée non émargée, comptée comme suivie
   *[other] { $count } demi-journées non émargées, comptées comme suivies
  }.
bpf-missing-no-trainer = { $course }, { $day } : aucun formateur, ses heures ne sont à personne.
bpf-missing-trainer = { $name } : salarié ou externe ? Compté comme salarié.
bpf-missing-trainee = { $name } ({ $course }, { $day }) : financé par le CPF, statut inconnu. Compté parmi les autres stagiaires.
bpf-missing-objective = { $course } : objectif non précisé, compté parmi les autres formations professionnelles.
bpf-missing-nsf = { $course } : spécialité (NSF) non précisée.
bpf-missing-funder = { $name } : financeur ni OPCO ni CPF, compté dans les autres produits.
bpf-missing-funding = { $name } : prise en charge demandée, sans réponse encore.
bpf-missing-currency = Une commande de { $name } est dans une autre devise que l'euro : elle n'est pas comptée.
