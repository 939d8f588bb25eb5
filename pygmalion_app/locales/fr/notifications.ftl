### Notifications dans l’application, choix des e-mails.

nav-notifications = Notifications
notifications-title = Notifications
notifications-lead = Ce qui s’est passé pour vous, du plus récent au plus ancien.
notifications-bell = { $count ->
    [0] Notifications
    [one] Notifications : 1 non lue
   *[other] Notifications : { $count } non lues
}
notifications-all = Toutes
notifications-unread = Non lues
notifications-show = Afficher
notifications-read-all = Tout marquer comme lu
notifications-read-one = Marquer comme lue
notifications-new = Nouvelle
notifications-older = Afficher les plus anciennes
notifications-empty = Rien pour l’instant
notifications-empty-text = Convocations, rappels d’échéance et réponses s’afficheront ici.
notifications-none-unread = Tout est lu
notifications-none-unread-text = Vous êtes à jour. Les nouvelles notifications s’afficheront ici d’elles-mêmes.
notifications-see-all = Voir toutes les notifications
notifications-all-done = Tout est marqué comme lu.
notifications-today = Aujourd’hui
notifications-yesterday = Hier

notifications-mails = Comment être prévenu
notifications-mails-lead = Tout s’affiche ici dans tous les cas. Choisissez ce qui vous arrive aussi par e-mail et sur vos appareils.
notifications-saved = Votre choix est enregistré.
notifications-fixed = Toujours aussitôt : ces e-mails prouvent votre commande.
delivery-at_once = E-mail aussitôt
delivery-daily = Un seul e-mail par jour
delivery-none = Pas d’e-mail
topic-bookings = Mes places
topic-bookings-text = Convocations, sessions déplacées, places données à un collègue.
topic-orders = Mes commandes
topic-orders-text = Confirmations, annulations, remboursements.
topic-waiting = Listes d’attente
topic-waiting-text = Places proposées et leur délai ; sessions demandées.
topic-certificates = Mes certificats
topic-certificates-text = Nouveaux certificats ; rappels 90, 60, 30 et 7 jours avant l’échéance.
topic-team = Mon équipe
topic-team-text = Certificats de vos collaborateurs qui expirent.
topic-documents = Vérifications
topic-documents-text = Pièces acceptées ou refusées, avec le motif.
topic-messages = Messages
topic-messages-text = Ce que l’on vous écrit à propos d’une formation.

error-mail_always_sent = Les e-mails de vos commandes arrivent toujours aussitôt : ils prouvent le contrat.
error-mail_always_sent-title = Ces e-mails ne se règlent pas

mail-digest-subject = { $count ->
    [one] Une nouveauté sur Pygmalion
   *[other] { $count } nouveautés sur Pygmalion
}
mail-digest-body =
    Bonjour { $first_name },

    Voici ce qui s’est passé depuis votre dernier résumé :
mail-digest-action = Voir mes notifications

retention-notifications = Notifications dans l’application

push-title = Sur cet appareil
push-lead = Soyez prévenu même quand Pygmalion est fermé. Le message montre le titre de la notification, jamais son détail.
push-turn-on = Recevoir sur cet appareil
push-turn-off = Ne plus recevoir sur cet appareil
push-turned-on = Cet appareil reçoit maintenant vos notifications.
push-turned-off = Cet appareil ne reçoit plus vos notifications.
push-on = Activées
push-on-text = Vos notifications arrivent sur cet appareil. Se déconnecter les arrête.
push-off = Désactivées
push-off-text = Votre navigateur vous demandera la permission.
push-failed = Activation impossible
push-failed-text = Le service de notifications de votre navigateur n’a pas répondu. Réessayez ; en navigation privée, il est souvent absent.
push-denied = Bloquées par le navigateur
push-denied-text = Pour les recevoir, autorisez les notifications de ce site dans les réglages du navigateur, puis rechargez la page.
push-install = À installer d’abord
push-install-text = Sur iPhone et iPad : touchez Partager, « Sur l’écran d’accueil », puis ouvrez Pygmalion depuis cette icône et revenez ici.
push-unsupported = Navigateur non pris en charge
push-unsupported-text = Ce navigateur ne sait pas recevoir de notifications. L’e-mail et cette page restent à votre disposition.
push-topic = Aussi sur mes appareils

error-not_a_device = Cet abonnement n’est pas celui d’un navigateur. Rechargez la page, puis réessayez.
error-not_a_device-title = Appareil non reconnu
error-push_unavailable = Cette installation n’envoie pas de notifications aux appareils.
error-push_unavailable-title = Notifications indisponibles
