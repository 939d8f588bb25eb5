error-session_not_found-title = Session not found
error-session_not_found = This session does not exist, or is not published yet.
error-session_dates-title = Impossible dates
error-session_dates = A session starts within the next three years, ends after its start and lasts a year at most.
error-unknown_time_zone-title = Unknown time zone
error-unknown_time_zone = “{ $zone }” is not a time zone. Example: Europe/Paris.
error-capacity_below_seats-title = Capacity too small
error-capacity_below_seats = { $taken ->
    [one] One seat is taken already
   *[other] { $taken } seats are taken already
  }: the capacity cannot go below.
error-session_has_participants-title = Dates already booked
error-session_has_participants = { $participants ->
    [one] One person has
   *[other] { $participants } people have
  } booked these dates. Call the session off and plan another: the participants will be refunded.
error-session_closed-title = Session closed
error-session_closed = This session is cancelled or over: it changes no more.
error-trainer_unknown-title = Unknown trainer
error-trainer_unknown = This person is not a trainer of your organisation.
