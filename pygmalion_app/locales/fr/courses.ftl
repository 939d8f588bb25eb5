error-course_not_found-title = Formation introuvable
error-course_not_found = Cette formation n'existe pas, ou n'est pas encore publiée.
error-organization_not_found-title = Organisme introuvable
error-organization_not_found = Aucun organisme de formation ne se trouve à cette adresse.
error-course_title_taken-title = Titre déjà pris
error-course_title_taken = Votre organisme a déjà une formation de ce titre. Choisissez-en un autre.
error-course_incomplete-title = Formation incomplète
error-course_incomplete = Il manque, pour publier : { $missing }.
error-course_archived-title = Formation archivée
error-course_archived = Une formation archivée garde son historique et ne change plus.
error-course_has_sessions-title = Sessions en cours
error-course_has_sessions = { $sessions ->
    [one] Une session a
   *[other] { $sessions } sessions ont
  } encore des participants. Annulez-les d'abord : les participants seront remboursés.
error-organization_choice-title = Organisme à préciser
error-organization_choice = Indiquez pour quel organisme de formation vous agissez (organizationId).
