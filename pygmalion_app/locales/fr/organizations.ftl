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
