### Plan for me: the bookings that keep a team compliant.

error-plan_under_way-title = A plan is being made already
error-plan_under_way = A plan of your organisation is being worked out right now. Wait for it or stop it, then start again.
error-plan_not_ready-title = The plan is not ready
error-plan_not_ready = This plan is still being worked out, or it is booked already. Reload the page to see where it stands.
error-plan_empty-title = Nothing to book
error-plan_empty = This plan proposes no booking. See what could not be planned, change a limit and plan again.
error-plan_outdated-title = The plan is out of date
error-plan_outdated = “{ $course }” has changed since the plan was made: a seat is gone, or the session is closed. Nothing was booked. Plan again.
error-plan_until-title = Check the date
error-plan_until = Choose a date between tomorrow and a year from now.
error-unavailability-title = Check the dates
error-unavailability = The last day has to follow the first, and an absence cannot be longer than two years.

privacy-area-plans = Training plans
retention-plans = Training plans that were proposed
retention-plan_unavailabilities = Past unavailabilities
