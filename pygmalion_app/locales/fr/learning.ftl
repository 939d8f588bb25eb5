### Tableau de bord de l’apprenant, recommandations, calendrier.

learner-title = Bonjour { $name }
learner-to-do = { $count ->
    [0] Rien à faire : vous êtes à jour.
    [one] 1 exigence demande votre attention.
   *[other] { $count } exigences demandent votre attention.
}
learner-rate = à jour
learner-rate-none = Aucune exigence pour vous
learner-of = { $satisfied } sur { $required }
learner-satisfied = Exigences satisfaites
learner-completed = Formations suivies en un an
learner-hours = Temps de formation en un an
learner-next = Prochaine session
learner-next-none = Rien de réservé
learner-due = À faire
learner-due-empty = Vous êtes à jour
learner-due-empty-text = Rien n’expire dans les 90 jours et rien ne manque.
learner-due-none = Aucune exigence
learner-due-none-text = Votre organisation ne vous demande encore aucune formation. Vos certificats sont suivis malgré tout.
learner-booked = Réservé
learner-booked-none = Aucune session réservée
learner-booked-none-text = Les sessions réservées pour vous s’afficheront ici avec leurs horaires et leur lieu.
learner-booked-all = Toutes mes sessions
learner-certificates = Mes certificats
learner-certificates-all = Tous mes certificats
learner-certificates-none = Pas encore de certificat
learner-certificates-none-text = Vos certificats s’afficheront ici dès la fin d’une formation. Vous pouvez aussi ajouter ceux obtenus ailleurs.
learner-certificates-add = Ajouter un certificat obtenu ailleurs
learner-planned = Session le { $day }
learner-ends = jusqu’au { $day }
learner-ended = expiré depuis le { $day }
learner-forever = sans échéance
learner-days-left = { $days ->
    [0] dernier jour aujourd’hui
    [one] encore 1 jour
   *[other] encore { $days } jours
}
learner-status-missing = Manque
learner-status-expired = Expiré
learner-status-expiring = Expire bientôt
learner-status-planned = Session réservée
learner-status-compliant = À jour
learner-status-exempt = Dispensé

learner-recommended = Recommandé pour vous
learner-recommended-lead = Classé par urgence, avec la raison de chaque proposition.
learner-recommended-none = Aucune recommandation
learner-recommended-none-text = Tout est à jour ou déjà réservé.
learner-session = Voir la session
learner-session-none = Aucune session ouverte pour l’instant
learner-session-search = Chercher dans le catalogue
reason-expired = Exigé par { $organization } ; votre certificat a expiré le { $day }.
reason-expired-plain = Exigé par { $organization } ; votre certificat a expiré.
reason-missing = Exigé par { $organization } pour votre poste ; vous ne l’avez pas encore.
reason-expiring = Exigé par { $organization } ; votre certificat expire le { $day }.
reason-renewal = Votre certificat expire le { $day }.
reason-renewal-ended = Votre certificat a expiré le { $day }.
reason-colleagues = { $people } collègues au poste « { $role } » l’ont suivi ou réservé.

calendar-title = Dans votre agenda
calendar-lead = Abonnez votre agenda à cette adresse : vos sessions s’y ajoutent et s’y corrigent d’elles-mêmes.
calendar-address = Adresse de votre calendrier
calendar-hint = Elle est privée : qui l’a lit vos sessions.
calendar-copy = Copier l’adresse
calendar-copied = L’adresse est copiée.
calendar-open = Ouvrir dans mon agenda
calendar-show = Afficher l’adresse
calendar-renew = Changer l’adresse
calendar-renew-title = Changer l’adresse du calendrier ?
calendar-renew-text = L’adresse actuelle ne répondra plus. Vous devrez abonner de nouveau vos agendas à la nouvelle.
calendar-renew-do = Changer l’adresse
calendar-renewed = Votre calendrier a une nouvelle adresse.
calendar-name = Formations Pygmalion
calendar-bring = À apporter : { $what }
calendar-cancelled = Annulé : { $course }

privacy-area-calendar = Calendrier : l’adresse privée de votre calendrier et la version de chaque session
