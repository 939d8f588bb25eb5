### Budgets, inscription d'une équipe, demandes de formation.

error-cost_center_exists-title = Code déjà pris
error-cost_center_exists = Un centre de coût de cette année porte déjà ce code.
error-cost_center_in_use-title = Centre de coût utilisé
error-cost_center_in_use = Des commandes ou des demandes y sont rattachées ({ $orders }). Rattachez-les à un autre centre d'abord.
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
