# Conformité : erreurs, confidentialité, durées de conservation.
privacy-area-compliance = Poste et conformité
retention-positions = Postes des personnes parties

error-requirement_set_not_found = Cette règle n'existe pas, ou appartient à une autre organisation.
error-requirement_set_not_found-title = Règle introuvable
error-job_role_not_found = Ce métier n'existe pas, ou appartient à une autre organisation.
error-job_role_not_found-title = Métier introuvable
error-site_not_found = Ce site n'existe pas, ou appartient à une autre organisation.
error-site_not_found-title = Site introuvable
error-site_in_use = { $people ->
    [0] Des exigences ne valent que pour ce site
    [one] 1 personne y travaille encore
   *[other] { $people } personnes y travaillent encore
} : dites d'abord vers quel site les déplacer, ou laissez-les sans site.
error-site_in_use-title = Site encore utilisé
error-equivalence_exists = { $code } vaut déjà { $satisfies }, pour vous ou pour toute la profession.
error-equivalence_exists-title = Équivalence déjà là
error-position_not_found = Cette personne ne travaille pas dans votre organisation.
error-position_not_found-title = Personne introuvable
error-compliance_name_taken = « { $name } » existe déjà. Choisissez un autre nom.
error-compliance_name_taken-title = Nom déjà pris
error-requirement_version_published = Une version publiée ne change plus. Commencez un brouillon.
error-requirement_version_published-title = Version publiée
error-requirement_version_empty = Ajoutez au moins une exigence, ou archivez la règle.
error-requirement_version_empty-title = Aucune exigence
error-course_type_unknown = Type de formation inconnu : { $codes }. Choisissez dans la liste.
error-course_type_unknown-title = Type de formation inconnu
error-requirement_version_date = Choisissez une date à partir du { $earliest }.
error-requirement_version_date-title = Date impossible
error-time_zone_unknown = Ce fuseau horaire n'existe pas. Exemple : Indian/Reunion.
error-time_zone_unknown-title = Fuseau horaire inconnu
error-compliance_organization_missing = Indiquez l'organisation avec organizationId.
error-compliance_organization_missing-title = Organisation à préciser
