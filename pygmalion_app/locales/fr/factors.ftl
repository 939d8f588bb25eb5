# Seconds facteurs : application d’authentification, clés d’accès, codes de secours, appareils de confiance.
error-invalid_passkey-title = Clé d'accès refusée
error-invalid_passkey = Cette clé d'accès n'a pas été reconnue. Recommencez, ou choisissez un autre moyen.
error-passkey_known-title = Clé d'accès déjà enregistrée
error-passkey_known = Cette clé d'accès figure déjà dans votre compte.
error-passkeys_unavailable-title = Clés d'accès impossibles ici
error-passkeys_unavailable = Les clés d'accès demandent une adresse avec un nom de domaine et HTTPS. Choisissez une application d'authentification.
error-strong_factor_demanded-title = Second facteur exigé
error-strong_factor_demanded = { $organization } exige une application d'authentification ou une clé d'accès pour votre rôle. Ajoutez-en une autre avant de retirer celle-ci.
error-strong_factor_required-title = Second facteur à mettre en place
error-strong_factor_required = Votre organisation exige une application d'authentification ou une clé d'accès pour ce rôle. Mettez-en une en place sur la page « Sécurité » : vos droits reviennent aussitôt.

mail-factor-added-subject = { $factor ->
    [totp] Application d'authentification ajoutée à votre compte
   *[passkey] Clé d'accès ajoutée à votre compte
}
mail-factor-added-body =
    Bonjour { $first_name },

    { $factor ->
        [totp] Une application d'authentification protège désormais votre compte : ses codes remplacent ceux que nous envoyions par e-mail.
       *[passkey] Une clé d'accès a été ajoutée à votre compte : elle permet de se connecter sans mot de passe.
    }

    Si ce n'est pas vous, changez votre mot de passe, déconnectez tous vos appareils et retirez ce moyen de connexion.
mail-factor-added-action = Voir la sécurité de mon compte

mail-factor-removed-subject = { $factor ->
    [totp] Application d'authentification retirée de votre compte
   *[passkey] Clé d'accès retirée de votre compte
}
mail-factor-removed-body =
    Bonjour { $first_name },

    { $factor ->
        [totp] L'application d'authentification a été retirée de votre compte.
       *[passkey] Une clé d'accès a été retirée de votre compte.
    }

    Si ce n'est pas vous, changez votre mot de passe et déconnectez tous vos appareils.
mail-factor-removed-action = Voir la sécurité de mon compte

mail-recovery-codes-made-subject = Nouveaux codes de secours
mail-recovery-codes-made-body =
    Bonjour { $first_name },

    Dix nouveaux codes de secours viennent d'être créés. Les anciens ne valent plus rien.

    Si ce n'est pas vous, changez votre mot de passe et déconnectez tous vos appareils.
mail-recovery-codes-made-action = Voir la sécurité de mon compte

mail-recovery-code-used-subject = Un code de secours a servi à vous connecter
mail-recovery-code-used-body =
    Bonjour { $first_name },

    { $left ->
        [0] Quelqu'un, sans doute vous, s'est connecté avec votre dernier code de secours. Créez-en de nouveaux.
        [one] Quelqu'un, sans doute vous, s'est connecté avec un code de secours. Il vous en reste un.
       *[other] Quelqu'un, sans doute vous, s'est connecté avec un code de secours. Il vous en reste { $left }.
    }

    Si ce n'est pas vous, changez votre mot de passe et déconnectez tous vos appareils.
mail-recovery-code-used-action = Voir la sécurité de mon compte

sign-in-code-title-totp = Code de votre application
sign-in-code-lead-totp = Ouvrez votre application d’authentification et recopiez le code affiché pour Pygmalion.
sign-in-code-title-recovery = Code de secours
sign-in-code-lead-recovery = Un des dix codes que vous avez gardés. Il ne servira qu’une fois.
sign-in-recovery-code = Code de secours
sign-in-recovery-code-hint = Dix caractères, par exemple 7QK4N-9F3DB.
sign-in-recovery-code-incomplete = Un code de secours compte dix caractères, lettres et chiffres.
sign-in-passkey-title = Votre clé d’accès
sign-in-passkey-lead = Confirmez avec votre empreinte, votre visage, le code de votre appareil ou votre clé de sécurité.
sign-in-passkey-use = Utiliser ma clé d’accès
sign-in-passkey-alone = Utiliser une clé d’accès
sign-in-passkey-cancelled = Rien n’a été confirmé. Réessayez, ou choisissez un autre moyen.
sign-in-passkey-here = Les clés d’accès fonctionnent à l’adresse
sign-in-or = ou
sign-in-other-way = Un autre moyen
sign-in-with-totp = Code de mon application
sign-in-with-passkey = Ma clé d’accès
sign-in-with-recovery = Un code de secours
sign-in-trust = Ne plus demander de code sur cet appareil pendant 30 jours
sign-in-trust-hint = À ne cocher que sur un appareil à vous.

factors-title = Second facteur
factors-lead = Ce qui vous protège quand votre mot de passe est volé.
factors-email = Code par e-mail
factors-email-on = Un code vous est envoyé à chaque connexion.
factors-email-off = Ne sert plus : vous avez mieux.
factors-on = Actif
factors-off = Inactif
factors-demanded-title = Mettez en place un second facteur
factors-demanded = { $organizations } exige une application d’authentification ou une clé d’accès pour votre rôle. Vos droits y sont suspendus jusque-là et reviennent aussitôt après.
factors-totp = Application d’authentification
factors-totp-text = Un code à six chiffres, même sans réseau : Aegis, FreeOTP, Google ou Microsoft Authenticator, gestionnaire de mots de passe.
factors-totp-since = Active depuis le
factors-totp-set-up = Mettre en place
factors-totp-replace = Changer d’appareil
factors-totp-remove = Retirer
factors-totp-scan = Scannez ce code avec votre application.
factors-totp-manual = Ou saisissez cette clé à la main :
factors-totp-qr = Code QR pour l’application d’authentification
factors-totp-code = Code affiché par l’application
factors-totp-confirm = Confirmer
factors-totp-added = L’application d’authentification protège votre compte.
factors-totp-removed = L’application d’authentification est retirée.
factors-passkeys = Clés d’accès
factors-passkeys-text = Empreinte, visage, code de l’appareil ou clé de sécurité : rien à recopier, rien à voler. Elles suffisent pour se connecter.
factors-passkey-add = Ajouter une clé d’accès
factors-passkey-name = Nom de la clé
factors-passkey-name-hint = Pour la reconnaître, par exemple « Téléphone de Claire ».
factors-passkey-name-error = Donnez-lui un nom, 80 caractères au plus.
factors-passkey-name-default = Ma clé d’accès
factors-passkey-made = Créée le
factors-passkey-used = utilisée le
factors-passkey-never-used = jamais utilisée
factors-passkey-synced = Synchronisée
factors-passkey-added = La clé d’accès est enregistrée.
factors-passkey-removed = La clé d’accès est retirée.
factors-passkey-cancelled = Aucune clé n’a été créée. Réessayez quand vous voulez.
factors-remove-title = Retirer ce moyen de connexion ?
factors-remove-text = Vous ne pourrez plus l’utiliser pour vous connecter. S’il s’agit du dernier, un code par e-mail sera de nouveau demandé et vos codes de secours seront effacés.
factors-recovery = Codes de secours
factors-recovery-text = Pour le jour où votre téléphone est perdu. Chacun sert une fois.
factors-recovery-left = { $count ->
    [0] Il n’en reste aucun.
    [one] Il en reste un.
   *[other] Il en reste { $count }.
}
factors-recovery-new = Créer de nouveaux codes
factors-recovery-shown = Vos codes de secours Pygmalion
factors-recovery-keep = Ils ne seront plus jamais affichés. Imprimez-les ou rangez-les dans un gestionnaire de mots de passe.
factors-recovery-copy = Copier
factors-recovery-copied = Codes copiés.
factors-recovery-print = Imprimer
factors-recovery-done = Je les ai gardés
