### Messages : un fil par inscription, un fil par session.

nav-messages = Messages
nav-messages-short = Messages
messages-title = Messages
messages-lead = À propos de vos formations, avec l’organisme et les personnes concernées.
messages-empty = Aucun message
messages-empty-text = Écrivez depuis une session de « Mes formations », une réservation ou la page d’une session.
messages-empty-action = Voir mes formations
messages-choose = Choisissez un fil
messages-choose-text = Les messages s’afficheront ici.
messages-missing = Ce fil n’existe pas
messages-missing-text = Il a été supprimé, ou il ne vous concerne pas.
messages-back = Tous les messages
messages-threads = Fils
messages-about = Inscription de { $name }
messages-session = Toute la session
messages-session-open = Écrire à toute la session
messages-who-enrollment = Lu par la personne inscrite, son entreprise et l’organisme de formation.
messages-who-session = Lu par toutes les personnes inscrites à cette session et par l’organisme de formation.
messages-none = Rien n’a encore été écrit ici.
messages-older = Seuls les 100 derniers messages sont affichés.
messages-you = Vous
messages-you-said = Vous : { $text }
messages-side-learner = Apprenant
messages-side-buyer = Entreprise
messages-side-school = Organisme
messages-write = Votre message
messages-send = Envoyer
messages-error = Écrivez quelque chose, 5 000 caractères au plus.
messages-unread = { $count ->
    [one] 1 non lu
   *[other] { $count } non lus
}
messages-open = Messages
messages-to-school = Écrire à l’organisme
messages-about-seat = Écrire au sujet de cette place

mail-message-received-subject = Nouveau message : { $course }
mail-message-received-body =
    Bonjour { $first_name },

    { $author } vous a écrit à propos de la formation « { $course } » :

    { $message }
mail-message-received-action = Répondre

privacy-area-messages = Messages écrits et reçus au sujet des formations
retention-messages = Messages
