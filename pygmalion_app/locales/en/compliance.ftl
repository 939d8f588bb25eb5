# Compliance: errors, privacy, how long things are kept.
privacy-area-compliance = Position and compliance
retention-positions = Positions of people who left

error-requirement_set_not_found = There is no such rule, or it is another organisation's.
error-requirement_set_not_found-title = Rule not found
error-job_role_not_found = There is no such job role, or it is another organisation's.
error-job_role_not_found-title = Job role not found
error-site_not_found = There is no such site, or it is another organisation's.
error-site_not_found-title = Site not found
error-site_in_use = { $people ->
    [0] There are requirements for this site alone
    [one] 1 person still works there
   *[other] { $people } people still work there
}: first say to which site they move, or leave them without one.
error-site_in_use-title = Site still in use
error-equivalence_exists = { $code } stands for { $satisfies } already, for you or for the whole profession.
error-equivalence_exists-title = Equivalence there already
error-position_not_found = This person does not work in your organisation.
error-position_not_found-title = Person not found
error-compliance_name_taken = "{ $name }" is there already. Choose another name.
error-compliance_name_taken-title = Name taken
error-requirement_version_published = A published version changes no more. Start a draft.
error-requirement_version_published-title = Version published
error-requirement_version_empty = Add at least one requirement, or archive the rule.
error-requirement_version_empty-title = No requirement
error-course_type_unknown = Unknown course type: { $codes }. Choose from the list.
error-course_type_unknown-title = Unknown course type
error-requirement_version_date = Choose a date from { $earliest } on.
error-requirement_version_date-title = Impossible date
error-time_zone_unknown = There is no such time zone. Example: Indian/Reunion.
error-time_zone_unknown-title = Unknown time zone
error-compliance_organization_missing = Say which organisation with organizationId.
error-compliance_organization_missing-title = Organisation missing
