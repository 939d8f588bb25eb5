# Vérification d'identité des personnes et des organisations.

nav-admin-kyc = Administration
nav-admin-kyc-short = Admin
tab-identity = Identité
tab-organization-kyb = Vérification
tab-admin-kyc = Vérifications

kyc-identity-title = Vérification d'identité
kyc-identity-lead = Prouvez une fois qui vous êtes. Vos documents sont chiffrés et lus par l'équipe de vérification seulement.
kyc-organization-title = Vérification de l'organisation
kyc-organization-lead = Une organisation vérifiée publie ses formations et reçoit ses paiements.
kyc-no-organization = Aucune organisation à vérifier
kyc-no-organization-text = Seules les personnes qui administrent une organisation envoient ses documents. Demandez-le à l'administrateur de la vôtre.
kyc-your-identity = votre identité

kyc-state-draft = À compléter
kyc-state-submitted = Envoyé
kyc-state-in_review = En cours d'examen
kyc-state-more_information = Complément demandé
kyc-state-approved = Vérifié
kyc-state-rejected = Refusé
kyc-state-expired = Expiré

kyc-about-draft = Ajoutez les documents demandés, puis envoyez le dossier. Vous pouvez vous arrêter et reprendre plus tard.
kyc-about-submitted = Votre dossier attend un examinateur. La réponse arrive par e-mail, le plus souvent sous deux jours ouvrés.
kyc-about-in_review = Un examinateur lit vos documents. La réponse arrive par e-mail.
kyc-about-more_information = L'examinateur a besoin d'autre chose. Corrigez ou ajoutez un document, puis envoyez le dossier à nouveau.
kyc-about-approved = Tout est en ordre.
kyc-about-rejected = Le dossier n'a pas pu être accepté. Corrigez ce qui suit, puis envoyez-le à nouveau.
kyc-about-expired = La vérification n'est plus valable. Ajoutez des documents à jour pour la renouveler.
kyc-about-renewal = La vérification reste valable pendant l'examen de ce renouvellement.
kyc-verified-until = Valable jusqu'au { $day }
kyc-renew = Elle peut être renouvelée dès maintenant : ajoutez des documents à jour.
kyc-reason = Motif

kyc-requirement-identity = Pièce d'identité
kyc-requirement-identity-hint = Carte d'identité (recto et verso) ou passeport, en cours de validité.
kyc-requirement-registration = Immatriculation
kyc-requirement-registration-hint = Extrait Kbis de moins de trois mois, ou document équivalent du pays.
kyc-requirement-nda = Déclaration d'activité
kyc-requirement-nda-hint = Récépissé de la déclaration d'activité (NDA) délivré par la DREETS.
kyc-requirement-qualiopi = Certificat Qualiopi
kyc-requirement-qualiopi-hint = Certificat en cours, avec sa date de fin de validité.
kyc-requirement-bank = Coordonnées bancaires
kyc-requirement-bank-hint = RIB au nom de l'organisation, pour recevoir les paiements.

kyc-kind-identity_card = Carte d'identité
kyc-kind-passport = Passeport
kyc-kind-registration = Extrait Kbis ou équivalent
kyc-kind-nda_declaration = Récépissé NDA
kyc-kind-qualiopi_certificate = Certificat Qualiopi
kyc-kind-bank_details = RIB

kyc-met = Fourni
kyc-missing = À fournir
kyc-add = Ajouter un document
kyc-field-kind = Type de document
kyc-field-file = Fichier
kyc-field-file-hint = PDF, JPEG ou PNG, 10 Mo au plus.
kyc-field-valid-until = Valable jusqu'au
kyc-send-file = Ajouter
kyc-sending = Envoi du document
kyc-too-large = Ce fichier dépasse 10 Mo. Réduisez-le ou numérisez-le en moins grand.
kyc-send-failed = L'envoi n'a pas abouti. Vérifiez votre connexion et réessayez.
kyc-no-file = Choisissez un fichier.
kyc-added = Document ajouté
kyc-remove = Retirer { $name }
kyc-removed = Document retiré
kyc-download = Télécharger { $name }
kyc-document-until = valable jusqu'au { $day }
kyc-submit = Envoyer pour examen
kyc-submit-hint = Il manque encore : { $missing }.
kyc-submitted = Dossier envoyé
kyc-submitted-text = Vous recevrez la réponse par e-mail.
kyc-documents = Documents
kyc-history = Historique
kyc-history-empty = Rien pour le moment.
kyc-safety = Ce que deviennent vos documents
kyc-safety-1 = Chaque fichier est chiffré avec sa propre clé.
kyc-safety-2 = Seuls vous et l'examinateur pouvez les lire ; chaque lecture est consignée.
kyc-safety-3 = Ils sont supprimés cinq ans après la fin de notre relation.
kyc-safety-organization-2 = Seuls les administrateurs de l'organisation et l'examinateur peuvent les lire ; chaque lecture est consignée.

kyc-review-title = Vérifications
kyc-review-lead = Les dossiers à examiner, du plus ancien au plus récent.
kyc-review-filter-state = État
kyc-review-filter-open = À examiner
kyc-review-filter-subject = Qui
kyc-review-filter-everybody = Tous
kyc-subject-person = Personne
kyc-subject-training = Organisme de formation
kyc-subject-company = Entreprise
kyc-subject-airport = Aéroport
kyc-review-empty = Aucun dossier ici
kyc-review-empty-text = Les nouveaux dossiers apparaissent dès leur envoi.
kyc-review-name = Dossier
kyc-review-submitted = Envoyé le
kyc-review-documents = Documents
kyc-review-state = État
kyc-review-open = Examiner
kyc-review-own = Votre propre dossier : un autre examinateur s'en charge.
kyc-review-by = par { $name }
kyc-review-count = { $count ->
    [0] Aucun dossier
    [one] { $count } dossier
   *[other] { $count } dossiers
}
kyc-review-back = Tous les dossiers
kyc-review-take = Prendre ce dossier
kyc-review-taken = Le dossier est à vous
kyc-review-taken-by = { $name } examine ce dossier.
kyc-review-facts = Ce que nous savons
kyc-fact-name = Nom
kyc-fact-email = E-mail
kyc-fact-phone = Téléphone
kyc-fact-job = Fonction
kyc-fact-siret = SIRET
kyc-fact-nda = NDA
kyc-fact-city = Ville
kyc-fact-website = Site
kyc-fact-certifier = Certificateur Qualiopi
kyc-fact-submitted = Envoyé par
kyc-fact-unknown = Non renseigné
kyc-review-requirements = Ce qui est demandé
kyc-review-page = { $name }, page { $page } sur { $pages }
kyc-review-no-documents = Ce dossier n'a plus de document.
kyc-review-approve = Approuver
kyc-review-reject = Refuser
kyc-review-ask = Demander un complément
kyc-review-withdraw = Retirer la vérification
kyc-review-approve-text = Les documents sont lisibles, valables et au nom du dossier. La personne est prévenue par e-mail.
kyc-review-reject-text = La personne est prévenue par e-mail avec le motif et peut renvoyer un dossier corrigé.
kyc-review-ask-text = La personne est prévenue par e-mail et peut compléter son dossier.
kyc-review-withdraw-text = La vérification prend fin maintenant. Les formations publiées ne peuvent plus être réservées tant qu'un nouveau dossier n'est pas approuvé.
kyc-review-reason = Motif
kyc-review-note = Message
kyc-review-note-hint = Lu par la personne, ajouté au motif. Obligatoire pour « Autre ».
kyc-review-decided-approve = Dossier approuvé
kyc-review-decided-reject = Dossier refusé
kyc-review-decided-ask = Complément demandé
kyc-review-withdrawn = Vérification retirée
kyc-review-keys = Clavier : A approuver, R refuser, C demander un complément, T prendre, Échap revenir.

kyc-reason-unreadable = Un document n'est pas lisible : envoyez une photo nette et entière, sans reflet.
kyc-reason-out-of-date = Un document n'est plus en cours de validité : envoyez la version à jour.
kyc-reason-wrong-document = Un document n'est pas celui qui est demandé.
kyc-reason-incomplete = Il manque une page ou un côté d'un document.
kyc-reason-does-not-match = Les documents ne correspondent pas au nom ou au numéro du compte.
kyc-reason-not-registered = L'organisation ne figure pas au registre sous ce numéro.
kyc-reason-doubtful = L'authenticité d'un document n'a pas pu être établie.
kyc-reason-other = Autre
kyc-reason-replaced = Remplacé par une vérification plus récente.

kyc-publish-blocked = Votre organisation n'est pas encore vérifiée
kyc-publish-blocked-text = Envoyez ses documents : vos formations pourront être publiées dès leur approbation.
kyc-publish-go = Vérifier l'organisation

error-organization_not_verified-title = Organisation non vérifiée
error-organization_not_verified = L'organisation n'est pas vérifiée : envoyez ses documents à la page « Vérification » de l'organisation, puis publiez dès leur approbation.
error-kyc_not_found-title = Dossier introuvable
error-kyc_not_found = Ce dossier n'existe pas ou ne vous est pas accessible.
error-kyc_document_not_found-title = Document introuvable
error-kyc_document_not_found = Ce document n'existe pas ou ne vous est pas accessible.
error-kyc_document_refused-title = Document refusé
error-kyc_document_refused = { $fault ->
    [too_large] Ce fichier dépasse 10 Mo. Réduisez-le ou numérisez-le en moins grand.
    [empty] Ce fichier est vide. Choisissez-en un autre.
    [unknown_type] Ce fichier n'est ni un PDF, ni un JPEG, ni un PNG. Exportez-le dans l'un de ces formats.
    [disguised] Ce fichier contient autre chose qu'un document. Exportez-le à nouveau en PDF ou en image.
    [encrypted] Ce PDF est protégé. Retirez son mot de passe ou imprimez-le en PDF, puis réessayez.
    [active_content] Ce PDF contient des scripts ou des fichiers joints. Imprimez-le en PDF, puis réessayez.
    [too_many_pages] Ce PDF a trop de pages (40 au plus). N'envoyez que les pages utiles.
    [too_many_pixels] Cette image est trop grande (50 millions de pixels au plus). Réduisez-la.
   *[damaged] Ce fichier est abîmé ou incomplet. Exportez-le ou photographiez-le à nouveau.
}
error-kyc_document_infected-title = Document refusé
error-kyc_document_infected = L'antivirus a trouvé un logiciel malveillant dans ce fichier. Numérisez l'original à nouveau.
error-kyc_document_kind-title = Document non demandé
error-kyc_document_kind = Ce type de document n'est pas demandé pour cette vérification.
error-kyc_validity-title = Date de validité
error-kyc_validity = Indiquez la date de fin de validité du document ; elle ne doit pas être passée.
error-kyc_too_many_documents-title = Trop de documents
error-kyc_too_many_documents = Le dossier contient déjà { $limit } documents. Retirez-en un avant d'en ajouter.
error-kyc_closed-title = Dossier fermé
error-kyc_closed = Ce dossier est en cours d'examen ou déjà approuvé : ses documents ne changent plus.
error-kyc_incomplete-title = Dossier incomplet
error-kyc_incomplete = Il manque un document, ou l'un d'eux n'est plus valable. Complétez le dossier, puis réessayez.
error-kyc_taken-title = Dossier déjà pris
error-kyc_taken = Un autre examinateur a pris ce dossier. Choisissez-en un autre.
error-kyc_decided-title = Dossier déjà traité
error-kyc_decided = L'état de ce dossier a changé entre-temps. Actualisez la page.
error-kyc_own_case-title = Votre propre dossier
error-kyc_own_case = Personne n'examine son propre dossier ni celui de son organisation. Un autre examinateur s'en charge.
error-kyc_reason_needed-title = Motif nécessaire
error-kyc_reason_needed = Choisissez un motif ; pour « Autre », écrivez un message.
error-kyc_document_unreadable-title = Document illisible
error-kyc_document_unreadable = Ce document ne peut pas être ouvert. Demandez qu'il soit envoyé à nouveau.
error-sales_stopped-title = Réservation suspendue
error-sales_stopped = Les réservations de cet organisme sont suspendues. Choisissez une session d'un autre organisme.
error-upload_too_slow-title = Envoi trop lent
error-upload_too_slow = L'envoi a pris trop de temps. Vérifiez votre connexion et réessayez.

mail-kyc-approved-subject = Vérification acceptée : { $subject }
mail-kyc-approved-body =
    Bonjour { $first_name },

    La vérification ({ $subject }) est acceptée. Elle est valable jusqu'au { $until } ; nous vous écrirons avant cette date.
mail-kyc-approved-action = Voir la vérification
mail-kyc-rejected-subject = Vérification refusée : { $subject }
mail-kyc-rejected-body =
    Bonjour { $first_name },

    Le dossier ({ $subject }) n'a pas pu être accepté.

    { $reason }

    Vous pouvez corriger le dossier et l'envoyer à nouveau.
mail-kyc-rejected-action = Corriger le dossier
mail-kyc-more-information-subject = Complément demandé : { $subject }
mail-kyc-more-information-body =
    Bonjour { $first_name },

    L'examinateur du dossier ({ $subject }) a besoin d'un complément.

    { $reason }
mail-kyc-more-information-action = Compléter le dossier
mail-kyc-expired-subject = Vérification retirée : { $subject }
mail-kyc-expired-body =
    Bonjour { $first_name },

    La vérification ({ $subject }) a été retirée.

    { $reason }

    Envoyez un nouveau dossier pour la rétablir.
mail-kyc-expired-action = Envoyer un dossier
mail-kyc-reminder-subject = Vérification à renouveler : { $subject }
mail-kyc-reminder-body =
    Bonjour { $first_name },

    La vérification ({ $subject }) prend fin le { $until }, { $days ->
        [0] aujourd'hui
        [one] demain
       *[other] dans { $days } jours
    }. Ajoutez dès maintenant des documents à jour : elle reste valable pendant leur examen.
mail-kyc-reminder-action = Renouveler
mail-kyc-lapsed-subject = Vérification expirée : { $subject }
mail-kyc-lapsed-body =
    Bonjour { $first_name },

    La vérification ({ $subject }) a pris fin le { $until }. Ajoutez des documents à jour pour la rétablir.
mail-kyc-lapsed-action = Renouveler
