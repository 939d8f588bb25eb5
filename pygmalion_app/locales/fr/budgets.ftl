### Budgets, inscription d'une équipe, demandes de formation.

error-cost_center_exists-title = Code déjà pris
error-cost_center_exists = Un centre de coût de cette année porte déjà ce code.
error-cost_center_in_use-title = Centre de coût utilisé
error-cost_center_in_use = Des commandes, des demandes ou un plan y sont rattachés ({ $orders }). Rattachez-les à un autre centre d'abord.
error-budget_exceeded-title = Budget insuffisant
error-budget_exceeded = Il reste { $left_amount } sur « { $center } », il faudrait { $wanted_amount }. Choisissez un autre centre de coût ou augmentez son budget.
error-budget_below_used-title = Budget trop bas
error-budget_below_used = { $used_amount } sont déjà utilisés : le budget ne peut pas descendre en dessous.
error-order_not_chargeable-title = Commande sans coût
error-order_not_chargeable = Cette commande a expiré : elle ne coûte rien, il n'y a rien à rattacher.
error-second_approval_needed-title = Second accord nécessaire
error-second_approval_needed = « { $center } » demande l'accord d'un second manager au-delà de { $limit_amount } par commande. Demandez-le.
error-other_manager_needed-title = Accord d'un autre manager
error-other_manager_needed = Vous avez déjà donné votre accord : un autre manager de l'entreprise doit donner le second.
error-not_in_team-title = Personne hors de l'équipe
error-not_in_team = Une des personnes choisies ne fait plus partie de l'entreprise. Rechargez la page et choisissez à nouveau.
error-already_asked-title = Déjà demandé
error-already_asked = Vous avez déjà demandé cette session : la réponse de votre entreprise est en attente.
error-request_over-title = Demande close
error-request_over = Cette demande n'est plus ouverte : elle a reçu une réponse, a été retirée, ou sa session a commencé.

privacy-area-training_requests = Demandes de formation
retention-training_requests = Demandes de formation des sessions passées

mail-request-asked-subject = Demande de formation : { $course }
mail-request-asked-body =
    Bonjour { $first_name },

    { $asker } demande « { $course } », { $dates }, { $place }.

    Motif : { $reason }

    Sans réponse avant le début de la session, la demande expire.
mail-request-asked-action = Répondre à la demande

mail-request-second-subject = Second accord demandé : { $course }
mail-request-second-body =
    Bonjour { $first_name },

    La formation « { $course } », { $dates }, pour { $count ->
        [one] une personne
       *[other] { $count } personnes
    }, dépasse le plafond du centre de coût. Elle attend l'accord d'un second manager.

    Demandée par { $asker }. Motif : { $reason }
mail-request-second-action = Répondre à la demande

mail-request-approved-subject = Demande acceptée : { $course }
mail-request-approved-body =
    Bonjour { $first_name },

    Votre entreprise accepte votre demande : « { $course } », { $dates }, { $place }. La convocation suit dès que la place est confirmée.

    Le mot de votre manager : { $note }
mail-request-approved-action = Voir mes formations

mail-request-refused-subject = Demande refusée : { $course }
mail-request-refused-body =
    Bonjour { $first_name },

    Votre entreprise n'a pas retenu votre demande pour « { $course } », { $dates }.

    Le mot de votre manager : { $note }
mail-request-refused-action = Voir les autres sessions

mail-request-expired-subject = Demande restée sans réponse : { $course }
mail-request-expired-body =
    Bonjour { $first_name },

    La session de « { $course } », { $dates }, a commencé ou a été annulée avant que votre entreprise réponde. Vous pouvez demander une autre session.
mail-request-expired-action = Voir les autres sessions

tab-team-budget = Budget
tab-team-assign = Inscrire
budget-title = Budget formation
budget-lead = Ce qui est alloué, engagé, dépensé et rendu, par centre de coût. Chaque chiffre mène à ses commandes.
budget-year = Année
budget-book = Inscrire des personnes
budget-allocated = Alloué
budget-committed = Engagé
budget-spent = Dépensé
budget-spent-net = Dépensé, net de ce qui est rendu
budget-reversed = Rendu
budget-left = Reste
budget-over = Budget dépassé
budget-used = { $share } % du budget utilisé.
budget-used-short = { $share } % utilisé
budget-explained = Montants TTC. Engagé : commandé, pas encore payé. Rendu : ce qui revient de ce qui a été payé. Reste = alloué − engagé − dépensé + rendu.
budget-with-vat = TTC
budget-centers = Centres de coût
budget-center = Centre de coût
budget-chart = Budget par centre de coût
budget-add = Ajouter un centre de coût
budget-edit = Modifier le centre de coût
budget-remove = Supprimer ce centre de coût
budget-saved = Centre de coût enregistré.
budget-removed = Centre de coût supprimé.
budget-not-allotted = Non ventilé
budget-limit-of = Second accord au-delà de { $amount }
budget-choice = { $code } · { $name } (reste { $left })
budget-empty = Aucun centre de coût cette année
budget-empty-text = Ajoutez-en un avec son budget : les inscriptions s'y rattachent, et aucune ne peut le dépasser.
budget-see-orders = (voir les commandes)
budget-orders = Commandes
budget-all-orders = Toutes les commandes
budget-figure = Quelles commandes
budget-orders-all = Toutes
budget-orders-committed = Engagées
budget-orders-spent = Payées
budget-orders-reversed = Rendues
budget-no-orders = Aucune commande ici
budget-no-orders-text = Les commandes de l'entreprise s'affichent dès qu'elles engagent ou dépensent un budget.
budget-allotted = Commande rattachée.
budget-form-name = Nom
budget-form-name-hint = Par exemple : Assistance en escale
budget-form-code = Code
budget-form-code-hint = Celui de votre comptabilité, par exemple ESC-01
budget-form-allocated-cents = Budget alloué (€ TTC)
budget-form-allocated-cents-hint = Pour toute l'année
budget-form-approval-limit-cents = Second accord au-delà de (€ TTC)
budget-form-approval-limit-cents-hint = Par commande. Laissez vide si l'accord d'un seul manager suffit.
budget-name-error = Donnez un nom de 2 à 80 caractères.
budget-code-error = Un code de 1 à 20 lettres, chiffres, points, tirets ou barres.
budget-allocated-cents-error = Un montant en euros, par exemple 12 500.
budget-approval-limit-cents-error = Un montant en euros, ou rien.
budget-year-error = Choisissez une année.

requests-title = Demandes à traiter
requests-none = Rien n'attend de réponse.
requests-over = Demandes traitées
request-requested = En attente
request-seconded = Attend un second accord
request-approved = Acceptée
request-refused = Refusée
request-withdrawn = Retirée
request-expired = Expirée
request-by = demandé par
request-first = Premier accord :
request-note-said = Réponse :
request-approve = Accepter
request-refuse = Refuser
request-order = Voir la commande
request-approve-title = Accepter la demande
request-approve-book = Accepter et inscrire
request-refuse-title = Refuser la demande
request-note = Un mot pour la personne (facultatif)
request-why = Pourquoi (envoyé à la personne)
request-note-error = Écrivez un mot : la personne doit savoir pourquoi.
request-booked = Demande acceptée, inscription faite.
request-second-asked = L'accord d'un autre manager est demandé.
request-refused-done = Demande refusée, la personne est prévenue.

assign-title = Inscrire des personnes
assign-lead = Choisissez qui et quoi : tout est vérifié avant, et une seule confirmation inscrit tout le monde.
assign-people = Qui
assign-search-people = Nom, e-mail, métier
assign-job = Métier
assign-site = Site
assign-due-only = Seulement ceux à former pour
assign-all-shown = Tout cocher
assign-nobody-chosen = Tout décocher
assign-more = D'autres personnes correspondent : précisez la recherche pour les voir.
assign-most-people = { $most } personnes au plus en une fois.
assign-most-sessions = { $most } sessions au plus en une fois.
assign-sessions = Sessions
assign-search-sessions = Formation, code, ville ou organisme
assign-no-session = Aucune session trouvée
assign-no-session-text = Essayez un autre mot, ou le code de la formation.
assign-checks = Vérification
assign-empty = Rien à vérifier encore
assign-empty-text = Cochez au moins une personne et une session.
assign-seats = { $count ->
    [0] aucune place
    [one] 1 place
   *[other] { $count } places
}
assign-fault-past = Cette session ne peut plus être réservée. Décochez-la.
assign-fault-full = { $left ->
    [0] Plus aucune place libre. Choisissez une autre session.
    [one] Une seule place libre. Laissez des personnes de côté ou choisissez une autre session.
   *[other] { $left } places libres seulement. Laissez des personnes de côté ou choisissez une autre session.
}
assign-fault-sales-stopped = Cet organisme ne vend pas en ce moment. Choisissez une autre session.
assign-fault-booked = Tous y sont déjà inscrits. Décochez la session.
assign-invoice-seller = Cet organisme ne prend pas le paiement sur facture. Payez par carte ou choisissez une autre session.
assign-invoice-siret = Le paiement sur facture demande le SIRET de votre entreprise : indiquez-le dans ses réglages.
assign-invoice-buyer = Seule une entreprise peut payer sur facture.
assign-needs-second = Au-dessus du plafond du centre de coût : l'accord d'un second manager sera nécessaire.
assign-booked = Déjà inscrit
assign-left-out = Laissé de côté
assign-conflict = Même moment : { $course }
assign-holds-until = Déjà valide jusqu'au { $day }
assign-holds = Déjà valide sans fin
assign-leave-out = Laisser de côté
assign-take-in = Reprendre
assign-method = Paiement
assign-effect = { $name } : reste { $before }, puis { $after }.
assign-effect-over = { $name } : reste { $before }, il manque { $after }.
assign-book = Confirmer et inscrire
assign-not-bookable = Réglez d'abord ce qui est signalé en rouge.
assign-nobody = Il n'y a personne à inscrire.
assign-result = Résultat
assign-pay = Payer la commande
assign-not-done = Pas inscrit
assign-ask-second = Demander l'autre accord
assign-status-compliant = Valide
assign-status-expiring = Expire bientôt
assign-status-expired = Expiré
assign-status-missing = Manquant
assign-status-planned = Prévu
assign-status-exempt = Dispensé

ask-company = Demander à mon entreprise
ask-title = Demander à mon entreprise
ask-reason = Pourquoi cette formation (facultatif)
ask-reason-hint = Vos managers le liront.
ask-send = Envoyer la demande
ask-done = Demande envoyée. La réponse vous arrivera par e-mail.
ask-waiting = Demandée à votre entreprise
ask-take-back = Retirer ma demande
ask-withdrawn = Demande retirée.
request-seats-left = { $count ->
    [0] plus aucune place
    [one] 1 place restante
   *[other] { $count } places restantes
}
