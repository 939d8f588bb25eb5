# La vie d'un certificat
tab-certificates = Délivrés ici
tab-certificates-passport = Passeport
tab-certificates-external = Obtenus ailleurs
tab-teach-certificates = Certificats délivrés
tab-teach-issuing = Délivrance groupée
life-word-pending = En cours
life-word-valid = Valide
life-word-expiring = Expire bientôt
life-word-renewed = Renouvelé
life-word-expired = Expiré
life-word-corrected = Corrigé
life-word-revoked = Révoqué

# Mes certificats
my-certificate-filter = État
my-certificate-filter-all = Tous
my-certificate-filter-current = En vigueur
my-certificate-filter-ending = À renouveler
my-certificate-filter-past = Expirés
my-certificate-filter-withdrawn = Révoqués ou corrigés
my-certificate-none-so = Aucun certificat dans cet état
my-certificate-none-so-text = Choisissez un autre état pour voir les autres.
my-certificate-corrected-by = Remplacé par une version corrigée, dans cette liste.
my-certificate-replaced = Remplacé par un autre certificat, dans cette liste.
my-certificate-renewed = Une formation plus récente a pris le relais.
my-certificate-ends-in = { $days ->
    [0] Dernier jour aujourd’hui
    [one] Encore { $days } jour
   *[other] Encore { $days } jours
}
my-certificate-renew = Renouveler
my-certificate-badge = Badge pour un site et profil LinkedIn : sur la page de vérification
my-certificate-mask = Masquer mon nom sur la page publique
my-certificate-masked = Nom masqué : un vérificateur le tape pour le comparer.
my-certificate-unmasked = Nom visible sur la page publique.
my-certificate-more = Autres formats
my-certificate-format-json = Justificatif Open Badges (JSON)
my-certificate-format-jwt = Justificatif signé (VC-JWT)
my-certificate-format-sd-jwt = Justificatif partiel (SD-JWT)
my-certificate-format-proof = Dossier de preuve (vérifiable sans nous)
my-certificate-format-attendance = Certificat de réalisation (PDF)

# Passeport
passport-title = Passeport de formation
passport-lead = Vos certificats dans le temps : chaque version, chaque renouvellement et ce qui s’est passé.
passport-empty = Votre passeport est vide
passport-empty-text = Il se remplit avec votre premier certificat, délivré ici ou obtenu ailleurs.
passport-current = En vigueur
passport-no-current = Plus aucun certificat en vigueur
passport-events = Ce qui s’est passé
passport-external = Obtenus ailleurs
passport-not-anchored = Contrôlé par une personne, non ancré
passport-corrects = corrige { $number }
passport-renews = renouvelle { $number }
passport-event-issued = { $number } délivré
passport-event-issued-corrected = { $number } délivré, corrige { $related }
passport-event-corrected = { $number } corrigé par { $related }
passport-event-revoked = { $number } révoqué : { $reason }
passport-event-revoked-replaced = { $number } révoqué et remplacé par { $related }
passport-event-expiring = { $number } entre dans ses 90 derniers jours
passport-event-expired = { $number } a expiré
passport-event-renewed = { $number } renouvelé par { $related }
passport-event-reminded-before = Rappel envoyé { $days } jours avant la fin de { $number }
passport-event-reminded-after = Rappel envoyé après la fin de { $number }

# Certificats obtenus ailleurs
external-title = Certificats obtenus ailleurs
external-lead = Déposez un certificat délivré par un autre organisme : une personne le contrôle, puis il compte dans votre conformité.
external-empty = Aucun certificat déposé
external-empty-text = Ajoutez le premier avec le formulaire : il est chiffré, et seules les personnes qui le contrôlent le lisent.
external-add = Ajouter un certificat
external-field-title = Intitulé
external-field-title-hint = Comme il est écrit sur le document.
external-field-issuer = Organisme qui l’a délivré
external-field-type = Formation correspondante
external-field-type-hint = Choisissez-la pour que ce certificat compte dans votre conformité.
external-field-type-none = Aucune de cette liste
external-field-obtained = Obtenu le
external-field-until = Valable jusqu’au
external-field-until-hint = Laissez vide s’il n’expire pas.
external-field-file = Document
external-field-file-hint = PDF, JPEG ou PNG, 10 Mo au plus. Une photo nette suffit.
external-send = Envoyer
external-sent = Certificat envoyé. Une personne va le contrôler.
external-remove = Supprimer { $title }
external-removed = Certificat supprimé.
external-open = Ouvrir { $title }
external-state-waiting = À contrôler
external-state-accepted = Accepté
external-state-refused = Refusé
external-word-expired = Expiré
external-not-anchored = Non ancré
external-checked-by-company = Contrôle par { $name }
external-checked-by-platform = Contrôle par Pygmalion
external-obtained = Obtenu le { $day }
external-until = Valable jusqu’au { $day }
external-no-end = Sans limite de validité
external-reason-unreadable = document illisible
external-reason-other_person = le document nomme une autre personne
external-reason-out_of_date = certificat périmé
external-reason-wrong_course = ce n’est pas la formation indiquée
external-reason-dates_differ = les dates indiquées ne sont pas celles du document
external-reason-doubtful = authenticité douteuse
external-review-title = Certificats à contrôler
external-review-lead = Vos collègues ont obtenu ces certificats ailleurs. Comparez le document avec ce qui est indiqué.
external-review-choice = À afficher
external-review-empty = Rien à contrôler
external-review-empty-text = Vous recevrez ici les certificats que vos collègues déposent.
external-review-count = { $count ->
    [0] Aucun certificat
    [one] { $count } certificat
   *[other] { $count } certificats
}
external-review-person = Titulaire
external-review-what = Certificat
external-review-sent = Envoyé le
external-review-state = État
external-review-look = Contrôler
external-review-back = Retour à la liste
external-review-said = Ce qui est indiqué
external-review-type = Formation correspondante
external-review-dates = Dates
external-review-document = Document
external-review-page = Page { $page } sur { $pages } du document
external-review-accept = Accepter
external-review-accept-text = Le nom, la formation et les dates du document sont ceux indiqués ci-dessus. Le certificat comptera dans la conformité de cette personne, sans être ancré.
external-review-refuse = Refuser
external-review-reason = Motif
external-review-note = Message au titulaire
external-review-note-hint = Il le reçoit par courriel. Dites-lui quoi corriger.
external-review-accepted = Certificat accepté. Le titulaire est prévenu.
external-review-refused = Certificat refusé. Le titulaire est prévenu.
external-review-link = Certificats à contrôler

# Certificats délivrés par un organisme
issued-title = Certificats délivrés
issued-lead = Tous les certificats de votre organisme : les retrouver, les corriger, les révoquer.
issued-none-yet = Aucun certificat délivré
issued-none-yet-text = Ils apparaissent ici dès que vous validez les participants d’une session.
issued-none-so = Aucun certificat ne correspond
issued-none-so-text = Changez la recherche ou l’état choisi.
issued-no-organization = Réservé aux organismes de formation
issued-no-organization-text = Cette page montre les certificats d’un organisme que vous administrez.
issued-search = Rechercher un nom, une formation, un numéro
issued-search-button = Rechercher
issued-state = État
issued-state-all = Tous
issued-state-live = En vigueur
issued-state-expiring = Expirent bientôt
issued-state-expired = Expirés
issued-state-revoked = Révoqués ou corrigés
issued-holder = Titulaire
issued-course = Formation
issued-issued = Délivré le
issued-validity = Valable jusqu’au
issued-no-end = Sans limite
issued-status = État
issued-actions = Actions
issued-erased = Nom effacé
issued-revoke = Révoquer
issued-revoke-title = Révoquer ce certificat
issued-revoke-text = Il cesse aussitôt d’être valable, ici comme sur la chaîne, et ne peut pas être rétabli. Le titulaire est prévenu du motif.
issued-correct = Corriger
issued-correct-title = Corriger ce certificat
issued-correct-text = Une nouvelle version est délivrée et l’ancienne révoquée ; sa page de vérification mène à la nouvelle. Ne changez que ce qui est faux.
issued-field-reason = Motif
issued-field-note = Note interne
issued-field-note-hint = Pour votre organisme seul : ni le titulaire ni la page de vérification ne la montrent.
issued-field-holder = Nom du titulaire
issued-field-completed = Formation terminée le
issued-field-location = Lieu
issued-revoked = Certificat révoqué.
issued-corrected = Version corrigée délivrée. Son document est prêt dans quelques secondes.
issued-successor = remplacé par { $number }
issued-note = Note : { $note }
issued-count = { $count ->
    [0] Aucun certificat
    [one] { $count } certificat
   *[other] { $count } certificats
}

# Délivrance groupée
issuing-title = Délivrance groupée
issuing-lead = Délivrez d’un coup les certificats de plusieurs sessions. Vous pouvez quitter la page : le travail continue.
issuing-sessions = Sessions terminées
issuing-empty = Aucune session terminée
issuing-empty-text = Les sessions de votre organisme apparaissent ici une fois terminées.
issuing-session = Session
issuing-people = Participants
issuing-entitled = Présents et reçus
issuing-certified = Certifiés
issuing-missing = { $count ->
    [0] Tout est délivré
    [one] { $count } à délivrer
   *[other] { $count } à délivrer
}
issuing-nobody = Personne de reçu pour l’instant
issuing-start = Délivrer les certificats
issuing-started = La délivrance a commencé.
issuing-none-chosen = Choisissez au moins une session.
issuing-chosen = { $count ->
    [0] Aucune session choisie
    [one] { $count } session choisie
   *[other] { $count } sessions choisies
}
issuing-campaigns = Délivrances
issuing-campaign-of = Délivrance du { $moment }
issuing-campaign-sessions = { $count ->
    [one] { $count } session
   *[other] { $count } sessions
}
issuing-progress = { $done } sur { $total }
issuing-figure-issued = Délivrés
issuing-figure-waiting = En attente
issuing-figure-failed = Non délivrés
issuing-running = En cours
issuing-finished = Terminée
issuing-finished-partly = Terminée, avec des refus
issuing-failures = Non délivrés, par personne
issuing-failure-person = Personne
issuing-failure-course = Formation
issuing-failure-reason = Pourquoi
issuing-retry = Réessayer
issuing-retried = Nouvel essai en cours.
campaign-failure-not_completed = La formation n’est pas validée. Validez-la sur la page de la session.
campaign-failure-absent = Absent selon le formateur : pas de certificat.
campaign-failure-not_passed = Non reçu selon le formateur : pas de certificat.
campaign-failure-revoked = Son certificat a été révoqué : il n’est pas délivré une seconde fois.
campaign-failure-unavailable = Un service n’a pas répondu. Réessayez.
campaign-failure-unexpected = Erreur inattendue, notée pour nos équipes. Réessayez.

# Courriels
mail-certificate-revoked-subject = Certificat révoqué : { $course }
mail-certificate-revoked-body =
    { $organization } a révoqué votre certificat { $number } pour « { $course } ».

    Motif : { $reason }. Il n’est plus valable et sa page de vérification le dit. Pour toute question, écrivez à { $organization }.
mail-certificate-revoked-action = Voir mes certificats
mail-certificate-corrected-subject = Certificat corrigé : { $course }
mail-certificate-corrected-body =
    { $organization } a corrigé votre certificat pour « { $course } ».

    La version { $number } remplace { $old }, qui n’est plus valable. Jetez l’ancien PDF et téléchargez le nouveau.
mail-certificate-corrected-action = Voir mes certificats
mail-certificate-expiring-subject = { $days ->
    [0] Dernier jour de validité : { $course }
    [one] Expire demain : { $course }
   *[other] Expire dans { $days } jours : { $course }
}
mail-certificate-expiring-body =
    Votre certificat { $number } pour « { $course } » est valable jusqu’au { $until }.

    Réservez une session de recyclage à temps pour ne pas perdre vos accès.
mail-certificate-expiring-action = Voir mes certificats
mail-certificate-expired-subject = Expiré : { $course }
mail-certificate-expired-body =
    Votre certificat { $number } pour « { $course } » a expiré : son dernier jour était le { $until }.

    Suivez de nouveau la formation pour retrouver vos droits.
mail-certificate-expired-action = Voir mes certificats
mail-team-certificates-subject = { $count ->
    [one] Un certificat de votre équipe arrive à échéance
   *[other] { $count } certificats de votre équipe arrivent à échéance
}
mail-team-certificates-body = Ces certificats de votre équipe expirent ou ont expiré. Réservez les recyclages à temps.
mail-team-certificates-action = Voir mon équipe
team-certificate-ends = { $person } · { $course } · valable jusqu’au { $until }
team-certificate-ended = { $person } · { $course } · expiré depuis le { $until }
mail-external-accepted-subject = Certificat accepté : { $title }
mail-external-accepted-body =
    Votre certificat « { $title } », obtenu ailleurs, a été contrôlé et accepté.

    Il compte désormais dans votre conformité. { $note }
mail-external-accepted-action = Voir mes certificats
mail-external-refused-subject = Certificat refusé : { $title }
mail-external-refused-body =
    Votre certificat « { $title } », obtenu ailleurs, n’a pas été accepté : { $reason }.

    { $note }

    Vous pouvez le supprimer et en déposer un autre.
mail-external-refused-action = Voir mes certificats

# Erreurs
error-certificate_erased-title = Nom effacé
error-certificate_erased = Le titulaire a fait effacer son nom : ce certificat ne peut plus être corrigé.
error-certificate_nothing_to_correct-title = Rien à corriger
error-certificate_nothing_to_correct = Le certificat dit déjà cela. Changez au moins une valeur.
error-campaign_empty-title = Personne à certifier
error-campaign_empty = Aucun participant dans les sessions choisies. Choisissez-en d’autres.
error-external_decided-title = Déjà contrôlé
error-external_decided = Quelqu’un a déjà contrôlé ce certificat. Rechargez la liste.
error-external_own-title = Votre propre certificat
error-external_own = Personne ne contrôle son propre certificat. Demandez à un autre responsable.
error-external_refused_file-title = Fichier refusé
error-external_refused_file = { $fault ->
    [too_large] Le fichier dépasse 10 Mo. Réduisez-le ou envoyez une photo.
    [empty] Le fichier est vide.
    [unknown_type] Ce fichier n’est ni un PDF, ni une image JPEG ou PNG.
    [encrypted] Le PDF est protégé par un mot de passe. Enregistrez-le sans protection.
    [active_content] Le PDF contient des scripts ou des fichiers. Imprimez-le en PDF, puis renvoyez-le.
    [too_many_pages] Le document a trop de pages.
    [too_many_pixels] L’image est trop grande. Réduisez-la.
   *[other] Le fichier ne peut pas être lu. Numérisez de nouveau le document.
}
error-external_infected-title = Fichier dangereux
error-external_infected = Un logiciel malveillant a été trouvé dans ce fichier. Il n’est pas conservé.
error-external_unreadable-title = Document illisible
error-external_unreadable = Le fichier conservé est absent ou abîmé. Demandez au titulaire de le renvoyer.
error-external_too_many-title = Trop de certificats en attente
error-external_too_many = { $limit } certificats attendent déjà leur contrôle. Attendez une réponse ou supprimez-en.
