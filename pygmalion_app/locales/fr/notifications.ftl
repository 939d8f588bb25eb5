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

notifications-mails = Vos e-mails
notifications-mails-lead = Tout s’affiche ici dans tous les cas. Choisissez ce qui vous arrive aussi par e-mail.
notifications-saved = Votre choix est enregistré.
notifications-fixed = Toujours aussitôt : ces e-mails prouvent votre commande.
delivery-at_once = Aussitôt
delivery-daily = Une fois par jour
delivery-none = Jamais
topic-bookings = Mes places
topic-bookings-text = Convocations, sessions déplacées, places données à un collègue.
topic-orders = Mes commandes
topic-orders-text = Confirmations, annulations, remboursements.
topic-waiting = Listes d’attente
topic-waiting-text = Places proposées et leur délai.
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
