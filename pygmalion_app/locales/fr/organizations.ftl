# Organisations : erreurs, messages, paramètres, membres, invitations.
error-invalid_siret-title = SIRET à vérifier
error-invalid_siret = { $reason ->
    [missing] Une organisation française a besoin de son SIRET : les 14 chiffres de l’établissement.
    [length] Un SIRET compte 14 chiffres ; celui-ci en a { $count }.
    [checksum] Ce SIRET n’existe pas : un de ses chiffres est faux.
   *[digits] Un SIRET ne contient que des chiffres, au nombre de 14.
}
error-invalid_nda-title = NDA à vérifier
error-invalid_nda = { $reason ->
    [length] Un numéro de déclaration d’activité compte 11 chiffres ; celui-ci en a { $count }.
   *[digits] Un numéro de déclaration d’activité ne contient que des chiffres, au nombre de 11.
}
error-invalid_vat_number-title = Numéro de TVA à vérifier
error-invalid_vat_number = { $reason ->
    [country] Commencez par les deux lettres d’un pays de l’Union européenne, comme FR.
    [checksum] Ce numéro de TVA n’existe pas : un de ses chiffres est faux.
    [company] Ce numéro de TVA est celui d’une autre entreprise que le SIRET (SIREN { $siren }).
   *[format] Ce n’est pas la forme d’un numéro de TVA de ce pays. En France : FR, deux chiffres, puis le SIREN.
}
error-siret_taken-title = Établissement déjà inscrit
error-siret_taken = Cet établissement est déjà inscrit. Demandez une invitation à ses responsables.
error-siret_fixed-title = SIRET non modifiable
error-siret_fixed = Le SIRET dit de quel établissement il s’agit et ne se change pas ici. Écrivez-nous s’il est faux.
error-role_not_offered-title = Rôle absent ici
error-role_not_offered = Ce type d’organisation n’a pas ce rôle.
error-last_administrator-title = Il faut un responsable
error-last_administrator = Personne d’autre ne gère cette organisation. Donnez d’abord ce rôle à quelqu’un.
error-already_member-title = Déjà membre
error-already_member = { $email } a déjà ce rôle.
error-invitation_over-title = Invitation close
error-invitation_over = { $state ->
    [accepted] Cette invitation a déjà été acceptée.
    [declined] Cette invitation a été refusée. Demandez-en une nouvelle si vous avez changé d’avis.
    [withdrawn] Cette invitation a été retirée. Adressez-vous à la personne qui vous a invité.
   *[expired] Cette invitation a expiré. Demandez à la personne qui vous a invité de la renvoyer.
}
error-other_address-title = Invitation pour une autre adresse
error-other_address = Cette invitation est pour { $email }. Connectez-vous avec cette adresse pour l’accepter.
error-invitation_just_sent-title = Envoyée à l’instant
error-invitation_just_sent = { $seconds ->
    [one] L’invitation vient de partir. Réessayez dans une seconde.
   *[other] L’invitation vient de partir. Réessayez dans { $seconds } secondes.
}
error-too_many_invitations-title = Trop d’invitations en attente
error-too_many_invitations = Au plus { $most } invitations peuvent attendre à la fois. Retirez-en, ou attendez des réponses.
error-import_refused-title = Fichier refusé
error-import_refused = { $count ->
    [one] Le fichier contient une erreur : personne n’a été invité. Corrigez-la et renvoyez le fichier.
   *[other] Le fichier contient { $count } erreurs : personne n’a été invité. Corrigez-les et renvoyez le fichier.
}
error-undo_too_late-title = Trop tard pour annuler
error-undo_too_late = Ce retrait ne peut plus être annulé. Invitez de nouveau la personne.

mail-invitation-subject = { $organization } vous invite sur Pygmalion
mail-invitation-body =
    Bonjour { $first_name },

    { $inviter } vous invite à rejoindre { $organization }. Votre rôle : { $role }.

    L’invitation est valable { $days } jours, pour cette adresse e-mail uniquement. Si vous ne savez pas d’où elle vient, ignorez-la.
mail-invitation-action = Voir l’invitation

mail-join-request-subject = { $person } demande à rejoindre { $organization }
mail-join-request-body =
    Bonjour { $first_name },

    { $person } ({ $email }) demande une invitation pour { $organization }.

    Si vous connaissez cette personne, invitez-la depuis la page des membres ; sinon, il n’y a rien à faire.
mail-join-request-action = Voir les membres

kind-company = Entreprise
kind-airport = Aéroport
kind-training = Organisme de formation
kind-company-text = Inscrit ses équipes et suit leurs formations.
kind-airport-text = Suit les formations de sa plateforme.
kind-training-text = Publie des formations et délivre des certificats.
role-learner-does = Vous voyez les formations réservées pour vous et vos certificats.
role-trainer-does = Vous animez des sessions, relevez les présences et validez les résultats.
role-training_admin-does = Vous rédigez les formations, planifiez les sessions, délivrez les certificats et gérez l’organisme.
role-manager-does = Vous réservez des formations pour l’équipe et gérez l’organisation.
role-airport_manager-does = Vous réservez des formations pour la plateforme et gérez l’organisation.

error-own_factor_first-title = Protégez d’abord votre propre compte
error-own_factor_first = Installez d’abord pour vous-même une application d’authentification ou une clé d’accès (Mon compte, Sécurité), sans quoi vous perdriez l’accès.

nav-organization-settings = Mon organisation
nav-organization-settings-short = Organisation
tab-organization-settings = Paramètres
tab-organization-members = Membres
tab-admin-organizations = Organisations
organization-active = Organisation active

# Paramètres
organization-settings-lead = Ce qui figure sur les commandes, les factures et les certificats.
organization-none = Vous ne gérez aucune organisation
organization-none-text = Inscrivez votre entreprise, votre aéroport ou votre organisme pour inscrire des personnes, ou demandez une invitation à ses responsables.
organization-withheld = Votre organisation exige un second facteur
organization-withheld-text = Vous gérez une organisation qui exige de ses responsables une application d’authentification ou une clé d’accès. Votre rôle attend que vous en ayez installé une.
organization-withheld-link = L’installer maintenant
organization-identity = Identité
organization-name = Nom
organization-siret-number = SIRET
organization-siret-hint = 14 chiffres ; celui de l’établissement, pas de l’entreprise.
organization-siret-known = Ne se change pas ici.
organization-vat-number = Numéro de TVA
organization-vat-number-hint = Avec les lettres du pays : FR12345678901.
organization-nda-hint = 11 chiffres, attribués par la DREETS.
organization-vat-regime = TVA sur vos formations
organization-vat-regime-hint = L’exonération suppose une attestation de l’administration.
vat-exempt-261-4-4 = Exonéré (article 261-4-4° du CGI)
vat-franchise-293-b = Franchise (article 293 B du CGI)
vat-standard-20 = 20 %
organization-place = Coordonnées
organization-address-line1 = Adresse
organization-address-line2 = Complément d’adresse
organization-postal-code = Code postal
organization-city = Ville
organization-country = Pays
organization-contact-email = E-mail de contact
organization-presentation = Présentation
organization-presentation-text = Ce que les visiteurs lisent sur votre page publique, dans les deux langues.
organization-description-fr = En français
organization-description-en = En anglais
organization-factor = Une connexion renforcée
organization-factor-text = Les responsables ont alors besoin d’une application d’authentification ou d’une clé d’accès ; un code par e-mail ne suffit plus. Tant qu’ils n’en ont pas, leur rôle est suspendu. Apprenants et formateurs ne sont pas concernés.
organization-factor-demand = L’exiger des responsables de l’organisation
organization-factor-on = Un second facteur est désormais exigé
organization-factor-off = Le second facteur n’est plus exigé
organization-another = Une autre organisation
organization-another-text = Une personne peut appartenir à plusieurs ; le menu passe de l’une à l’autre.
organization-saved = Paramètres enregistrés
organization-not-saved = Rien n’a été enregistré : corrigez ce qui est signalé.
organization-field-error = Cette valeur n’est pas acceptée.
organization-name-error = De 2 à 120 caractères, sans lien.
organization-postal-code-error = Lettres, chiffres et espaces, 12 au plus.
organization-contact-email-error = Écrivez une adresse e-mail complète.
organization-website-error = Écrivez une adresse complète, commençant par https://.

# Inscription
organization-new = Inscrire une organisation
organization-new-lead = Vous en serez responsable et pourrez inviter d’autres personnes.
organization-kind = Type
organization-demonstration = Rempli d’après des données de démonstration enregistrées, pas d’après le vrai répertoire. Corrigez si besoin.
organization-create = Inscrire
organization-created = Organisation inscrite
organization-taken = Cet établissement est déjà inscrit
organization-taken-text = Demandez une invitation à ses responsables. Ils verront votre nom et votre adresse.
organization-ask = Demander une invitation
organization-asked = Demande envoyée
organization-asked-text = Les responsables sont prévenus. S’ils vous connaissent, une invitation vous parviendra par e-mail.

# Membres
members-lead = Qui appartient à l’organisation, et ce que chacun peut y faire.
members-invite = Inviter quelqu’un
members-import = Importer une liste
members-search = Chercher un membre
members-roles = Rôles
members-role = Rôle
members-job = Poste (détermine les formations requises)
members-since = Depuis
members-you = (vous)
members-change-roles = Changer les rôles
members-remove = Retirer
members-remove-title = Retirer de l’organisation ?
members-remove-text = La personne perd l’accès aussitôt. Les commandes et certificats restent. Les invitations qu’elle a envoyées sont retirées.
members-leave-text = Vous allez quitter l’organisation : vous perdez l’accès aussitôt, et seule une invitation vous y ramènera.
members-removed = ne fait plus partie de l’organisation.
members-undo = Annuler
members-restored = { $name } est de retour
members-left = Vous avez quitté { $name }
members-role-needed = Cochez au moins un rôle, ou retirez la personne.
members-roles-saved = Rôles de { $name } enregistrés
members-invite-text = Un e-mail part avec un lien valable 7 jours. La personne rejoint l’organisation en acceptant.
members-first-name = Prénom (facultatif)
members-last-name = Nom (facultatif)
members-send = Envoyer l’invitation
members-invited = Invitation envoyée à { $email }
members-resent = Invitation renvoyée ; le lien précédent ne sert plus
members-withdrawn = Invitation retirée
members-dismissed = Demande écartée
members-waiting = Invitations en attente
members-waiting-more = Les cinquante dernières sont affichées.
members-requests = Demandes d’invitation
members-requests-text = Ces personnes ont saisi votre SIRET. Invitez celles que vous connaissez.
members-invite-them = Inviter
members-dismiss = Écarter
invitation-state = État
invitation-pending = En attente
invitation-expired = Expirée
invitation-unsent = En cours d’envoi
invitation-until = Valable jusqu’au
invitation-resend = Renvoyer
invitation-withdraw = Retirer

# Import
import-lead = Invitez toute une équipe par un fichier CSV. Rien ne part avant que vous ayez vu ce qu’il ferait.
import-drop = Choisissez un fichier CSV, ou déposez-le ici
import-drop-text = 2 000 lignes et 1 Mo au plus
import-heading = Première ligne
import-kinds = Formats acceptés
import-kinds-text = Points-virgules ou virgules ; UTF-8 ou encodage d’un tableur Windows. Seule la colonne e-mail est indispensable.
import-refused = Le fichier n’a pas été pris
import-network = Le fichier n’a pas pu être envoyé. Vérifiez la connexion et choisissez-le de nouveau.
import-faults = À corriger :
import-faults-text = Tant qu’une ligne est fausse, personne n’est invité. Corrigez le fichier et choisissez-le de nouveau.
import-faults-title = Erreurs
import-faults-more = Les 200 premières sont affichées.
import-line = Ligne
import-column = Colonne
import-what = Ce qui ne va pas
import-column-email = E-mail
import-column-firstName = Prénom
import-column-lastName = Nom
import-column-role = Rôle
import-column-jobRole = Poste
import-fault-email = Ce n’est pas une adresse e-mail.
import-fault-email_missing = L’adresse e-mail manque.
import-fault-role = Rôle inconnu. Choisissez parmi : { $detail }.
import-fault-formula = Les cellules qui commencent par =, +, - ou @ sont refusées : un tableur les exécuterait.
import-fault-too_long = Trop long : 80 caractères au plus (254 pour une adresse).
import-fault-not_plain = Les liens, balises et retours à la ligne sont refusés.
import-fault-extra_cells = Plus de cellules que la première ligne n’a de colonnes.
import-fault-empty = Le fichier ne nomme personne.
import-fault-no_heading = La première ligne doit nommer les colonnes : { $detail }.
import-fault-unknown_column = Colonne inconnue : { $detail }.
import-fault-repeated_column = Une colonne figure deux fois.
import-fault-not_text = Ce n’est pas un fichier CSV. Enregistrez votre feuille au format CSV.
import-fault-unreadable = Un guillemet est ouvert ou fermé au mauvais endroit.
import-fault-too_large = Le fichier dépasse 1 Mo. Partagez-le.
import-fault-too_many_lines = Plus de { $detail } lignes. Partagez le fichier.
import-to-invite = à inviter
import-members = déjà membres
import-invited = déjà invités
import-repeated = lignes répétées
import-sample = Qui sera invité
import-sample-more = Les vingt premières personnes sont affichées.
import-nobody = Plus personne à inviter
import-nobody-text = Toutes les personnes de ce fichier sont déjà membres ou invitées.
import-again = Choisir un autre fichier
import-take = Envoyer les invitations
import-taken = { $count ->
    [one] Une invitation part
   *[other] { $count } invitations partent
}
import-done = Les invitations partent
import-sent = E-mails écrits :

# La page de l’invitation
invitation-title = Invitation
invitation-joins = Rejoindre
invitation-by = vous invite.
invitation-role = Votre rôle
invitation-accept = Accepter l’invitation
invitation-decline = Refuser
invitation-sign-in = Pour accepter, connectez-vous avec cette adresse, ou créez un compte avec elle. Vous reviendrez ici.
invitation-other = Vous êtes connecté avec une autre adresse
invitation-other-text = L’invitation est pour l’adresse ci-dessus ; vous êtes connecté en tant que
invitation-joined = Vous avez rejoint { $organization }
invitation-missing = Ce lien ne mène nulle part
invitation-missing-text = Il est peut-être incomplet, ou une invitation plus récente l’a remplacé : regardez votre dernier message.
invitation-over = Cette invitation est close
invitation-declined-title = Invitation refusée
invitation-declined-text = Rien d’autre ne se passe. La personne qui vous a invité peut vous en renvoyer une.

# La liste de la plateforme
admin-organizations-lead = Toutes les entreprises, tous les aéroports et organismes de formation.
admin-organizations-search = Nom, ville ou SIRET
admin-organizations-all = Tous les types
admin-organizations-found = organisations
admin-organizations-none = Aucune organisation ne correspond
admin-organizations-none-text = Cherchez un autre nom, ou choisissez tous les types.
