# Sécurité du compte : mots de passe, appareils, adresse, confirmation d'identité.
error-reauthentication_required-title = Confirmez votre identité
error-reauthentication_required = Ce changement est sensible : confirmez d'abord qui vous êtes, puis recommencez.
error-wrong_password-title = Mot de passe incorrect
error-wrong_password = Ce n'est pas votre mot de passe actuel. Réessayez, ou demandez-en un nouveau depuis la page de connexion.
error-invalid_link-title = Lien inutilisable
error-invalid_link = Ce lien a expiré ou a déjà servi. Demandez-en un nouveau.
error-email_taken-title = Adresse déjà utilisée
error-email_taken = Cette adresse est désormais celle d'un autre compte. Écrivez au support si elle est la vôtre.

mail-password-changed-subject = Votre mot de passe a changé
mail-password-changed-body =
    Bonjour { $first_name },

    Le mot de passe de votre compte vient de changer. Vos autres appareils ont été déconnectés.

    Si ce n'est pas vous, demandez tout de suite un nouveau mot de passe.
mail-password-changed-action = Demander un nouveau mot de passe

mail-password-reset-subject = Votre nouveau mot de passe
mail-password-reset-body =
    Bonjour { $first_name },

    Vous avez demandé un nouveau mot de passe. Ce lien est valable { $minutes } minutes et ne sert qu'une fois.

    Si vous n'avez rien demandé, ignorez ce message : votre mot de passe reste le même.
mail-password-reset-action = Choisir un nouveau mot de passe

mail-email-change-code-subject = { $code } confirme votre nouvelle adresse
mail-email-change-code-body =
    Bonjour { $first_name },

    Voici le code qui rattache cette adresse à votre compte : { $code }. Il est valable { $minutes } minutes.

    Si vous n'avez rien demandé, ignorez ce message : rien ne changera.

mail-email-change-taken-subject = Cette adresse a déjà un compte Pygmalion
mail-email-change-taken-body =
    Bonjour { $first_name },

    Quelqu'un, peut-être vous, a voulu rattacher cette adresse à un autre compte. Elle en a déjà un : connectez-vous-y.

    Si ce n'était pas vous, vous n'avez rien à faire.

mail-email-changed-subject = L'adresse de votre compte a changé
mail-email-changed-body =
    Bonjour { $first_name },

    Votre compte Pygmalion utilise désormais une autre adresse. Vos messages n'arrivent plus ici.

    Si ce n'est pas vous, vous avez { $days } jours pour remettre cette adresse en place : tous les appareils seront déconnectés et l'ancien mot de passe ne vaudra plus rien.
mail-email-changed-action = Remettre cette adresse

mail-email-change-undone-subject = Votre adresse est de retour
mail-email-change-undone-body =
    Bonjour { $first_name },

    Cette adresse est de nouveau celle de votre compte, et tous les appareils sont déconnectés. L'ancien mot de passe ne vaut plus rien : choisissez-en un nouveau.
mail-email-change-undone-action = Choisir un nouveau mot de passe

tab-profile = Profil
tab-security = Sécurité

security-title = Sécurité
security-lead = Comment vous vous connectez, et d’où.
security-password = Mot de passe
security-password-text = Le changer déconnecte vos autres appareils.
security-password-current = Mot de passe actuel
security-password-new = Nouveau mot de passe
security-password-hint = 12 caractères au moins ; quelques mots sans rapport entre eux font très bien l’affaire.
security-password-change = Changer le mot de passe
security-password-changed = Mot de passe changé. Vos autres appareils sont déconnectés.
security-password-missing = Écrivez votre mot de passe actuel.
security-email = Adresse e-mail
security-email-now = Adresse actuelle
security-email-new = Nouvelle adresse
security-email-text = Un code part à la nouvelle adresse ; l’ancienne reçoit de quoi revenir en arrière pendant sept jours.
security-email-change = Changer d’adresse
security-email-error = Écrivez une adresse complète, différente de l’actuelle.
security-email-code = Code reçu à la nouvelle adresse
security-email-code-hint = Si rien n’arrive en une minute, vérifiez l’adresse ou recommencez.
security-email-confirm = Confirmer la nouvelle adresse
security-email-changed = Adresse changée.
security-email-restart = Changer d’adresse autrement
security-code-incomplete = Le code compte six chiffres.

devices-title = Appareils connectés
devices-lead = Déconnectez ceux que vous ne reconnaissez pas : l’effet est immédiat.
devices-this = Cet appareil
devices-browser = { $browser } sur { $system }
devices-unknown = Navigateur inconnu
devices-api = Application ({ $browser })
devices-api-unknown = Application
devices-seen = Vu le { $moment }
devices-since = connecté le { $moment }
devices-from = depuis { $address }
devices-method-email = code par e-mail
devices-method-totp = application d’authentification
devices-method-recovery_code = code de secours
devices-method-passkey = clé d’accès
devices-method-sso = connexion de l’entreprise
devices-method-trusted_device = appareil de confiance
devices-sign-out = Déconnecter
devices-signed-out = Appareil déconnecté.
devices-everywhere = Tout déconnecter
devices-everywhere-title = Déconnecter tous les appareils ?
devices-everywhere-text = Celui-ci compris. Les appareils de confiance redemanderont un code.
devices-gone = Cet appareil était déjà déconnecté.

reauth-title = Confirmez que c’est vous
reauth-lead = Ce changement est sensible. La confirmation vaut dix minutes sur cet appareil.
reauth-password = Mot de passe
reauth-password-hint = Laissez vide si votre compte n’en a pas.
reauth-continue = Continuer
reauth-code-email = Un code à six chiffres part à votre adresse.
reauth-code-totp = Le code de votre application d’authentification, ou un code de secours.
reauth-code-passkey = Confirmez avec votre clé d’accès.
reauth-code = Code
reauth-confirm = Confirmer
reauth-use-passkey = Utiliser ma clé d’accès
reauth-use-code = Utiliser un code
reauth-passkey-failed = Rien n’a été confirmé. Réessayez, ou utilisez un code.
reauth-code-error = Un code compte six chiffres, un code de secours dix caractères.

reset-title = Nouveau mot de passe
reset-lead = Écrivez l’adresse de votre compte : un lien valable 30 minutes vous y attend.
reset-send = Envoyer le lien
reset-sent-title = Regardez vos e-mails
reset-sent-text = Si un compte utilise cette adresse, un lien vient de partir. Il est valable 30 minutes et ne sert qu’une fois.
reset-again = Recommencer
reset-choose-title = Choisissez un nouveau mot de passe
reset-choose-lead = Tous vos appareils seront déconnectés. Vous vous connecterez ensuite comme d’habitude.
reset-choose = Enregistrer le mot de passe
reset-done-title = C’est fait
reset-done-text = Votre nouveau mot de passe est enregistré. Connectez-vous avec lui.
reset-forgotten = Mot de passe oublié ?

undo-title = Remettre l’ancienne adresse
undo-lead = Votre ancienne adresse redevient celle du compte, tous les appareils sont déconnectés et le mot de passe actuel est effacé.
undo-do = Remettre mon ancienne adresse
undo-done-title = Votre adresse est de retour
undo-done-text = Un e-mail vous attend pour choisir un nouveau mot de passe.
undo-no-link = Ouvrez le lien reçu par e-mail : il contient de quoi vous reconnaître.

trusted-title = Navigateurs de confiance
trusted-lead = Le mot de passe y suffit : aucun code n’est demandé à la connexion.
trusted-until = De confiance jusqu’au { $moment }, utilisé le { $used }
trusted-forget = Ne plus faire confiance
trusted-forgotten = Un code y sera demandé à la prochaine connexion.
trusted-gone = Ce navigateur n’était déjà plus de confiance.
