error-course_not_found-title = Course not found
error-course_not_found = This course does not exist, or is not published yet.
error-organization_not_found-title = Organisation not found
error-organization_not_found = There is no training organisation at this address.
error-course_title_taken-title = Title taken
error-course_title_taken = Your organisation already has a course of this title. Choose another.
error-course_incomplete-title = Course incomplete
error-course_incomplete = Missing before it can be published: { $missing }.
error-course_archived-title = Course archived
error-course_archived = An archived course keeps its history and changes no more.
error-course_has_sessions-title = Sessions with participants
error-course_has_sessions = { $sessions ->
    [one] One session still has
   *[other] { $sessions } sessions still have
  } participants. Call them off first: the participants will be refunded.
error-organization_choice-title = Organisation needed
error-organization_choice = Say for which training organisation you act (organizationId).
