# Connexion par le fournisseur d'identité d'une organisation.
error-sso_address-title = Adresse refusée
error-sso_address = L'adresse du fournisseur d'identité est refusée : il faut une adresse https publique, sans redirection.
error-sso_unreachable-title = Fournisseur d'identité injoignable
error-sso_unreachable = Le fournisseur d'identité de votre organisation ne répond pas. Réessayez dans une minute, ou connectez-vous autrement.
error-sso_not_a_provider-title = Pas un fournisseur d'identité
error-sso_not_a_provider = Rien ne répond en OpenID Connect à cette adresse. Vérifiez l'émetteur : sa page /.well-known/openid-configuration doit s'ouvrir.
error-sso_other_issuer-title = Émetteur différent
error-sso_other_issuer = Le fournisseur d'identité se nomme autrement que prévu. Recopiez l'émetteur exactement comme il l'annonce, barre finale comprise.
error-sso_unsupported-title = Fournisseur d'identité incompatible
error-sso_unsupported = Le fournisseur d'identité ne permet pas ce qu'il faut : flux « code », PKCE S256 et signature par clé publique (RS256, ES256…).
error-sso_client-title = Identifiants refusés
error-sso_client = Le fournisseur d'identité refuse l'identifiant client ou le secret. L'administrateur de votre organisation doit les vérifier, ainsi que l'adresse de retour.
error-sso_code-title = Réponse refusée
error-sso_code = Le fournisseur d'identité refuse le code de connexion, utilisé ou trop ancien. Recommencez.
error-sso_token-title = Réponse non valable
error-sso_token = La réponse du fournisseur d'identité n'est pas valable : personne n'a été connecté. Recommencez ; si cela se répète, prévenez l'administrateur de votre organisation (signature, heure de ses serveurs).
error-sso_stale-title = Connexion périmée
error-sso_stale = Cette connexion a expiré, a déjà servi ou vient d'un autre navigateur. Recommencez ici.
error-sso_denied-title = Connexion annulée
error-sso_denied = Votre organisation n'a pas confirmé la connexion, ou vous l'avez annulée. Recommencez, ou connectez-vous autrement.
error-sso_unverified_email-title = Adresse non vérifiée
error-sso_unverified_email = Votre organisation ne dit pas avoir vérifié votre adresse e-mail. Son administrateur doit transmettre « email » et « email_verified ».
error-sso_foreign_address-title = Adresse d'un autre domaine
error-sso_foreign_address = Votre adresse e-mail n'appartient pas aux domaines de cette organisation. Connectez-vous avec votre mot de passe.
error-sso_not_member-title = Vous n'êtes pas membre
error-sso_not_member = Cette organisation ne vous a pas encore ajouté à ses membres. Demandez une invitation à son responsable.
error-sso_administrator-title = Connexion refusée
error-sso_administrator = Ce compte ne se connecte pas par une organisation. Utilisez votre mot de passe ou votre clé d'accès.
error-sso_demanded-title = Connexion par l'organisation
error-sso_demanded = { $organization } demande à ses membres de se connecter par son propre fournisseur d'identité. Continuez avec { $organization }.
error-sso_off-title = Connexion indisponible
error-sso_off = Cette organisation n'a pas de connexion en service. Connectez-vous autrement.
error-sso_not_tried-title = À essayer d'abord
error-sso_not_tried = Connectez-vous une première fois par ce fournisseur, avec un domaine prouvé, avant de l'imposer : sinon plus personne ne pourrait entrer.
error-sso_secret_needed-title = Secret à saisir
error-sso_secret_needed = Saisissez le secret du client : il n'est jamais envoyé à un autre fournisseur que celui pour lequel il a été donné.
error-sso_no_learners-title = Pas d'apprenants
error-sso_no_learners = Un organisme de formation n'a pas d'apprenants parmi ses membres : personne ne peut le rejoindre de cette façon.
error-sso_invalid_domain-title = Domaine non valable
error-sso_invalid_domain = Saisissez un domaine complet, comme entreprise.fr.
error-sso_public_domain-title = Domaine public
error-sso_public_domain = Tout le monde peut avoir une adresse chez { $domain } : aucune organisation n'en répond.
error-sso_domain_taken-title = Domaine déjà prouvé
error-sso_domain_taken = Une autre organisation a prouvé qu'elle répond de { $domain }. Si c'est une erreur, écrivez-nous.
error-sso_domain_known-title = Domaine déjà ajouté
error-sso_domain_known = Ce domaine est déjà dans la liste.
error-sso_too_many_domains-title = Trop de domaines
error-sso_too_many_domains = Une organisation peut répondre de { $count } domaines au plus.
error-sso_wrong_domain_code-title = Code refusé
error-sso_wrong_domain_code = Ce code est faux, périmé ou a été essayé trop souvent. Vérifiez le dernier message, ou demandez un nouveau code.

mail-sso-domain-code-subject = { $code } : votre domaine { $domain }
mail-sso-domain-code-body =
    Bonjour,

    { $organization } veut que les personnes ayant une adresse @{ $domain } se connectent à Pygmalion par son fournisseur d'identité. Vous recevez ce code parce que vous gérez la messagerie de ce domaine.

    Si vous êtes d'accord, transmettez le code { $code } à la personne qui vous le demande. Il est valable 24 heures.

    Si cette demande vous surprend, n'en faites rien : sans le code, rien ne change.
