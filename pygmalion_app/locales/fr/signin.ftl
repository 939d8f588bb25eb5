# Connexion, inscription, boîte de démonstration.
sign-in-title = Connexion
sign-in-lead = Ensuite vient un second facteur : un code par e-mail, votre application ou votre clé d’accès. Personne n’entre avec un mot de passe volé.
sign-in-step-1 = Étape 1 sur 2
sign-in-step-2 = Étape 2 sur 2
sign-in-email = Adresse e-mail
sign-in-password = Mot de passe
sign-in-show-password = Afficher ou masquer le mot de passe
sign-in-continue = Continuer
sign-in-no-account = Pas encore de compte ?
sign-in-email-error = Écrivez une adresse complète, par exemple nom@entreprise.fr.
sign-in-password-error = Le mot de passe a entre 12 et 200 caractères.
sign-in-first-name-error = Écrivez votre prénom, 80 caractères au plus.
sign-in-last-name-error = Écrivez votre nom, 80 caractères au plus.
sign-in-code-title = Entrez le code reçu
sign-in-code-sent = Un code à six chiffres, valable dix minutes, part à l’adresse
sign-in-code = Code à six chiffres
sign-in-code-send = Entrer
sign-in-code-incomplete = Le code compte six chiffres.
sign-in-resend = Renvoyer un code
sign-in-resend-in = Nouveau code possible dans
sign-in-resent = Un nouveau code est en route. L’ancien ne vaut plus rien.
sign-in-resend-refused = Impossible de renvoyer un code. Revenez en arrière et recommencez.
sign-in-demo-mailbox = Démonstration : aucun e-mail ne sort d’ici.
sign-in-open-mailbox = Ouvrir la boîte de démonstration

sign-up-title = Créer un compte
sign-up-lead = Pour réserver vos formations et garder vos certificats au même endroit.
sign-up-first-name = Prénom
sign-up-last-name = Nom
sign-up-email-hint = Prenez celle que connaît votre employeur : vos inscriptions y sont rattachées.
sign-up-password-hint = 12 caractères au moins ; une phrase fait très bien l’affaire.
sign-up-continue = Créer mon compte
sign-up-has-account = Déjà un compte ?

demo-title = Comptes de démonstration
demo-lead = Une touche remplit le formulaire et demande le code.
demo-manager = Responsable d’équipe
demo-manager-does = Inscrit et paie pour son équipe
demo-trainer = Formatrice
demo-trainer-does = Valide présences et réussites
demo-learner = Apprenant
demo-learner-does = Suit ses formations, garde ses certificats
demo-of = Organisme de formation
demo-of-does = Publie formations et sessions
demo-airport = Gestionnaire d’aéroport
demo-airport-does = Suit et forme sa plateforme
demo-admin = Administrateur
demo-admin-does = Voit tout

mailbox-title = Boîte de démonstration
mailbox-lead = Les e-mails que Pygmalion envoie arrivent ici tant qu’aucun serveur de courrier n’est branché.
mailbox-address = Adresse à relever
mailbox-open = Relever
mailbox-refresh = Relever de nouveau
mailbox-count = { $count ->
    [0] Aucun message
    [one] 1 message
   *[other] { $count } messages
}
mailbox-empty = Aucun message pour cette adresse
mailbox-empty-text = Un message arrive une seconde ou deux après l’action qui l’envoie. La boîte se relève toute seule.
mailbox-choose = Choisissez un message
mailbox-choose-text = Il s’affiche ici, tel que la personne le reçoit.
mailbox-off = Cette installation envoie de vrais e-mails
mailbox-off-text = La boîte de démonstration n’existe pas ici : regardez votre messagerie.
mailbox-message = Message
mailbox-files = Pièces jointes
