error-internal-title = Erreur inattendue
error-internal = Quelque chose n'a pas fonctionné de notre côté. Rien n'est perdu : réessayez dans un instant.
error-not_found-title = Introuvable
error-not_found = Cet élément n'existe pas ou ne vous est pas accessible.
error-not_authenticated-title = Connexion nécessaire
error-not_authenticated = Connectez-vous pour continuer.
error-permission_denied-title = Action non autorisée
error-permission_denied = Votre rôle ne permet pas cette action. Demandez à l'administrateur de votre organisation.
error-invalid_input-title = Saisie à corriger
error-invalid_input = Une valeur n'est pas acceptable. Corrigez le champ indiqué.
error-conflict-title = Impossible dans l'état actuel
error-conflict = L'état actuel ne permet pas cette action. Actualisez la page et réessayez.
error-busy-title = Beaucoup de demandes en même temps
error-busy = De nombreuses personnes réservent en ce moment. Réessayez dans une seconde.
error-unavailable-title = Service momentanément indisponible
error-unavailable = Un service extérieur n'a pas répondu. Rien n'est perdu : réessayez dans un instant.
error-method_not_allowed-title = Méthode refusée
error-method_not_allowed = Cette adresse n'accepte pas cette méthode.
error-http_error-title = Requête refusée
error-http_error = La requête n'a pas pu être traitée.
error-too_large-title = Requête trop grande
error-too_large = La requête dépasse la taille acceptée.
error-invalid_credentials-title = Connexion refusée
error-invalid_credentials = L'adresse et le mot de passe ne vont pas ensemble. Vérifiez-les, ou créez un compte.
error-invalid_code-title = Code refusé
error-invalid_code = Ce code est faux, expiré ou déjà utilisé. Vérifiez-le, ou recommencez la connexion.
error-invalid_token-title = Session terminée
error-invalid_token = Votre session est terminée. Reconnectez-vous.
error-weak_password-title = Mot de passe trop faible
error-weak_password = { $reason ->
    [length] Le mot de passe compte de { $shortest } à { $longest } caractères ; une phrase fait très bien l'affaire.
    [repetitive] Ce mot de passe répète les mêmes caractères. Prenez plutôt une phrase.
    [personal] Ce mot de passe tient à votre nom, à votre adresse ou au nom du service. Ajoutez-y des mots à vous.
   *[common] Ce mot de passe figure dans les listes que les pirates essaient d'abord. Prenez plutôt quelques mots sans rapport entre eux.
}
error-invalid_signature-title = Signature refusée
error-invalid_signature = La signature de l'appel n'est pas valable.
error-payment_closed-title = Paiement terminé
error-payment_closed = Ce paiement est terminé ou a expiré. Choisissez de nouveau vos places.
error-checkout_closed-title = Paiement terminé
error-checkout_closed = Ce paiement est terminé ou a expiré.
error-session_full-title = Plus assez de places
error-session_full = { $left ->
    [0] Cette session est complète. Choisissez une autre date.
    [one] Il ne reste qu'une place. Réduisez le nombre de participants ou choisissez une autre date.
   *[other] Il ne reste que { $left } places. Réduisez le nombre de participants ou choisissez une autre date.
}
error-session_past-title = Session fermée aux réservations
error-session_past = Cette session a commencé ou a été annulée. Choisissez une autre date.
error-already_enrolled-title = Participant déjà inscrit
error-already_enrolled = Un des participants a déjà une place dans cette session. Retirez-le de la liste.
error-duplicate_participant-title = Participant en double
error-duplicate_participant = { $email } figure deux fois dans la liste. Gardez une seule ligne.
error-idempotency_conflict-title = Clé déjà utilisée
error-idempotency_conflict = Cette clé d'idempotence a servi à une autre demande.
error-only_oneself-title = Inscription individuelle
error-only_oneself = Si vous payez vous-même, vous ne pouvez inscrire que vous. Pour inscrire d'autres personnes, passez par le compte de l'entreprise.
error-not_confirmed-title = Inscription non confirmée
error-not_confirmed = Cette inscription n'est pas confirmée : elle ne peut pas être validée.
error-not_started-title = Session pas encore commencée
error-not_started = La session n'a pas commencé : personne n'a encore pu être présent.
error-not_cancellable-title = Annulation impossible
error-not_cancellable = Cette inscription est terminée ou déjà annulée.
