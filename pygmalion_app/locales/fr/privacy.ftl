tab-privacy = Mes données
privacy-title = Mes données
privacy-lead = Ce que nous gardons sur vous, ce que vous pouvez en emporter, et ce que vous pouvez faire effacer.

privacy-export-heading = Emporter mes données
privacy-export-text = Une archive ZIP avec tout ce que nous gardons sur vous : un fichier JSON par domaine, vos certificats en PDF et vos pièces justificatives. Elle reste disponible 7 jours, pour vous seul, puis elle est supprimée.
privacy-export-start = Préparer mon archive
privacy-export-again = En préparer une nouvelle
privacy-export-progress = Préparation : { $done } domaines sur { $parts }
privacy-export-progress-hint = Vous pouvez quitter cette page : un message vous préviendra.
privacy-export-ready = Votre archive est prête
privacy-export-facts = Préparée le { $day }, { $size }. Disponible jusqu'au { $until }.
privacy-export-download = Télécharger l'archive
privacy-export-failed = L'archive n'a pas pu être préparée. Réessayez ; si cela se répète, écrivez-nous.
privacy-export-file = mes-donnees-pygmalion.zip
privacy-export-readme =
    Vos données chez Pygmalion

    Le dossier « data » contient un fichier JSON par domaine (compte, inscriptions, paiements...). Ces fichiers se lisent avec n'importe quel éditeur de texte et peuvent être repris par un autre service.

    Le dossier « files » contient vos documents : certificats, pièces justificatives.

    Ne s'y trouvent pas les secrets qui protègent votre compte (empreintes de mot de passe, clés), qui ne serviraient qu'à un voleur, ni les données d'autres personnes.
privacy-size-mb = { $value } Mo
privacy-size-kb = { $value } Ko

privacy-consents-heading = Mes choix
privacy-consents-text = Rien de tout cela ne se fait sans votre accord. Vous pouvez changer d'avis à tout moment.
privacy-consent-product-news = Nouveautés de Pygmalion
privacy-consent-product-news-text = Recevoir de temps en temps un message sur les nouvelles formations et les nouvelles fonctions.
privacy-consent-team-status = Partage avec mon entreprise
privacy-consent-team-status-text = Montrer à mon entreprise où j'en suis des formations que j'ai payées moi-même.
privacy-consent-since = { $given ->
    [yes] Accord donné le { $day }
   *[no] Accord retiré le { $day }
}
privacy-consent-never = Vous n'avez pas encore choisi
privacy-consent-history = Mes décisions passées
privacy-consent-saved = Votre choix est enregistré

privacy-erase-heading = Supprimer mon compte
privacy-erase-text = Votre compte est effacé 30 jours après votre demande. D'ici là, vous pouvez changer d'avis en revenant sur cette page.
privacy-erase-look = Voir ce qui serait effacé
privacy-erase-dialog = Supprimer mon compte
privacy-erase-erased = Ce qui est effacé
privacy-erase-erased-text = Votre nom, votre adresse, vos moyens de connexion, vos rôles, vos avis, vos messages et vos documents. Vos certificats perdent votre nom et leur PDF : téléchargez-les d'abord.
privacy-erase-kept = Ce que nous devons garder
privacy-erase-kept-text = Une suite de caractères sans rapport avec vous y remplace votre nom ; seul un dossier d'identité, chiffré, le contient encore.
privacy-erase-kept-nothing = Rien : tout est effacé.
privacy-erase-until = jusqu'au { $day }
privacy-erase-for-ever = pour toujours
privacy-erase-blocked = À régler d'abord
privacy-erase-confirm = Demander la suppression
privacy-erase-prove = Confirmez d'abord que c'est vous : votre dernière vérification date de plus de 10 minutes.
privacy-erase-prove-action = Confirmer mon identité
privacy-erase-asked = Votre demande est enregistrée : votre compte sera effacé le { $day }
privacy-erase-waiting = Votre compte sera effacé le { $day }
privacy-erase-waiting-text = Demandé le { $asked }. Jusque-là tout fonctionne comme avant, et vous pouvez renoncer.
privacy-erase-waiting-blocked = Quelque chose empêche l'effacement : réglez les points ci-dessous et il se fera la nuit suivante.
privacy-erase-withdraw = Garder mon compte
privacy-erase-withdrawn = Votre demande est annulée : vous gardez votre compte

privacy-blocker-trains = { $count ->
    [one] Vous animez encore une session à venir : demandez à votre organisme d'en changer le formateur.
   *[other] Vous animez encore { $count } sessions à venir : demandez à votre organisme d'en changer le formateur.
}
privacy-blocker-payment = Un paiement ou un remboursement est en cours : attendez qu'il soit terminé, ou annulez la réservation.
privacy-blocker-seats = { $count ->
    [one] Une place que vous occupez ou que vous avez réservée concerne une session à venir : annulez-la ou attendez la fin de la session.
   *[other] { $count } places que vous occupez ou que vous avez réservées concernent des sessions à venir : annulez-les ou attendez la fin des sessions.
}
privacy-blocker-last_platform_admin = Vous êtes seul à administrer la plateforme : nommez d'abord quelqu'un d'autre.
privacy-blocker-last_admin = Vous êtes seul à gérer { $organization } : donnez d'abord ce rôle à un collègue, ou archivez vos formations si vous y êtes seul.

privacy-kept-sessions = Les sessions que vous avez animées
privacy-kept-sessions-why = Preuve de la formation des participants, 7 ans après la session.
privacy-kept-payments = Vos paiements
privacy-kept-payments-why = Comptabilité, 10 ans (Code de commerce, article L123-22). Les données de carte partent tout de suite.
privacy-kept-enrollments = Vos inscriptions
privacy-kept-enrollments-why = Preuve de la formation, 7 ans après la session.
privacy-kept-orders = Vos commandes
privacy-kept-orders-why = Comptabilité, 10 ans (Code de commerce, article L123-22).
privacy-kept-certificates = L'empreinte de vos certificats
privacy-kept-certificates-why = Elle ne dit rien de vous et permet de vérifier le PDF que vous avez gardé.
privacy-kept-identity = Votre dossier d'identité et ses pièces, chiffrés
privacy-kept-identity-why = Lutte contre le blanchiment, 5 ans après votre départ (Code monétaire et financier, article L561-12).
privacy-kept-security_log = Le journal de sécurité
privacy-kept-security_log-why = Des identifiants sans nom, 1 an, pour enquêter sur un abus.

privacy-held-heading = Ce que nous gardons
privacy-held-text = Chaque domaine est un fichier de votre archive.
privacy-area-account = Compte, connexions et moyens de connexion
privacy-area-organizations = Rôles et invitations
privacy-area-single_sign_on = Connexion par votre entreprise
privacy-area-identity = Vérification d'identité
privacy-area-enrollments = Inscriptions et commandes
privacy-area-sessions = Sessions animées
privacy-area-payments = Paiements
privacy-area-certificates = Certificats
privacy-area-external_certificates = Certificats obtenus ailleurs
privacy-area-reviews = Avis
privacy-area-mails = Messages envoyés
privacy-area-mailbox = Boîte de réception intégrée
privacy-area-test_payments = Paiements de test
privacy-area-privacy = Consentements et demandes
privacy-area-security_log = Journal de sécurité

error-erasure_blocked = Quelque chose doit être réglé avant l'effacement du compte. La page « Mes données » dit quoi faire.
error-erasure_blocked-title = Effacement impossible pour l'instant
error-erasure_waiting = Votre compte attend déjà son effacement.
error-erasure_waiting-title = Effacement déjà demandé
error-no_erasure = Aucune demande d'effacement n'est en cours.
error-no_erasure-title = Pas de demande en cours
error-export_not_ready = L'archive est encore en préparation. Réessayez dans un instant.
error-export_not_ready-title = Archive en préparation
error-export_expired = Cette archive n'existe plus. Demandez-en une nouvelle sur la page « Mes données ».
error-export_expired-title = Archive expirée

mail-export-ready-subject = Votre archive est prête
mail-export-ready-body =
    Bonjour,

    L'archive de vos données est prête. Elle reste disponible { $days } jours, pour vous seul, une fois connecté.

    Si vous ne l'avez pas demandée, changez votre mot de passe et déconnectez vos autres appareils.
mail-export-ready-action = Télécharger l'archive
mail-erasure-requested-subject = Votre compte sera effacé le { $day }
mail-erasure-requested-body =
    Bonjour,

    Nous avons reçu votre demande : votre compte et vos données seront effacés le { $day }. Téléchargez vos certificats d'ici là : leur PDF sera effacé aussi.

    Vous pouvez y renoncer jusqu'à ce jour. Passé cette date, nous n'aurons plus votre adresse et ne vous écrirons plus.

    Si vous n'avez rien demandé, gardez votre compte par le lien ci-dessous et changez votre mot de passe.
mail-erasure-requested-action = Voir ou annuler ma demande
mail-erasure-blocked-subject = Votre compte n'a pas pu être effacé
mail-erasure-blocked-body =
    Bonjour,

    Votre compte devait être effacé le { $day }, mais quelque chose doit d'abord être réglé : une place, un paiement ou un rôle que personne d'autre ne tient.

    La page « Mes données » dit quoi faire. Dès que c'est réglé, l'effacement se fait la nuit suivante.
mail-erasure-blocked-action = Voir quoi régler
mail-account-inactive-subject = Votre compte sera effacé le { $day }
mail-account-inactive-body =
    Bonjour,

    Vous n'avez pas utilisé votre compte Pygmalion depuis près de trois ans. Sans nouvelles de vous, nous l'effacerons le { $day }.

    Pour le garder, il suffit de vous connecter.
mail-account-inactive-action = Me connecter
