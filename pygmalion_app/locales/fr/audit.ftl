tab-admin-audit = Journal d'audit
audit-title = Journal d'audit
audit-lead = Qui a fait quoi. Chaque événement porte l'empreinte du précédent : rien ne peut être changé après coup sans que cela se voie.
audit-chain = Chaîne
audit-chain-verify = Vérifier la chaîne
audit-chain-unchecked = Pas encore vérifiée depuis l'ouverture de la page
audit-chain-holds = La chaîne est intacte : { $events } événements
audit-chain-broken = La chaîne est rompue à l'événement { $sequence }
audit-chain-anchored = Dernière empreinte gardée hors de la base : événement { $sequence }, { $day }
audit-chain-not-anchored = Aucune empreinte n'a encore été gardée hors de la base : la première l'est cette nuit.
audit-filter-action = Action
audit-filter-person = Identifiant d'une personne
audit-filter-organization = Identifiant d'une organisation
audit-filter-since = Du
audit-filter-until = Au
audit-filter-error = Ce n'est pas un identifiant valable.
audit-filter-date-error = Ce n'est pas une date valable.
audit-filter-apply = Filtrer
audit-filter-clear = Tout montrer
audit-export = Exporter en CSV
audit-export-file = journal-audit.csv
audit-count = { $count ->
    [0] Aucun événement
    [one] Un événement
   *[other] { $count } événements
}
audit-column-when = Quand
audit-column-action = Action
audit-column-actor = Par
audit-column-subject = Sur
audit-column-facts = Précisions
audit-by-system = Le système
audit-by-stranger = Compte effacé
audit-empty = Aucun événement ne correspond
audit-empty-text = Élargissez les filtres pour en voir davantage.
audit-table = Événements, du plus récent au plus ancien
retention-heading = Durées de conservation
retention-lead = Chaque nuit, ce qui est trop ancien part de lui-même.
retention-table = Règles de conservation et leur dernier passage
retention-column-what = Quoi
retention-column-period = Durée
retention-column-last = Dernier passage
retention-column-rows = Lignes
retention-never-run = Pas encore
retention-failed = Échec
retention-period = { $years ->
    [0] { $months ->
        [0] { $days ->
            [one] 1 jour
           *[other] { $days } jours
        }
        [one] 1 mois
       *[other] { $months } mois
    }
    [one] 1 an
   *[other] { $years } ans
}
mail-audit-head-subject = Empreinte du journal d'audit, événement { $sequence }
mail-audit-head-body =
    À { $at }, le dernier événement du journal d'audit était le numéro { $sequence }, d'empreinte { $hash }.

    Gardez ce message : il permet de prouver que le journal n'a pas été réécrit.

retention-test_checkouts = Paiements de test
retention-test_events = Événements du paiement de test
retention-test_objects = Ce que garde le paiement de test
retention-payment_details = Références de carte et de paiement
retention-enrollments = Inscriptions
retention-orders = Commandes
retention-payment_events = Événements du prestataire de paiement
retention-payments = Paiements
retention-trainers = Formateurs des sessions passées
retention-identity = Dossiers d'identité des comptes effacés
retention-sso_attempts = Connexions par l'entreprise en cours
retention-sso_domain_codes = Codes de preuve de domaine
retention-invitations = Invitations échues
retention-removals = Retraits de membres
retention-mails = Messages envoyés
retention-mailbox = Boîte de réception intégrée
retention-exports = Archives de données
retention-erasure_requests = Demandes d'effacement closes
retention-retention_runs = Comptes rendus de ces règles
retention-security_log = Journal de sécurité
retention-passkey_attempts = Défis de clés d'accès
retention-sign_in_attempts = Connexions en cours
retention-password_resets = Liens de mot de passe
retention-email_changes = Changements d'adresse
retention-sign_in_tickets = Tickets de connexion
retention-browser_sessions = Sessions de navigateur terminées
retention-api_tokens = Jetons de l'API échus
retention-api_sessions = Sessions de l'API terminées
retention-trusted_devices = Appareils de confiance échus
retention-unconfirmed_authenticators = Authentificateurs non confirmés
retention-jobs = Tâches en échec
retention-logs = Fichiers journaux anciens
