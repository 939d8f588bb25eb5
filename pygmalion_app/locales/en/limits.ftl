error-too_many_requests-title = Too many attempts
error-too_many_requests = { $unit ->
    [second] { $count ->
        [one] Too many attempts in a short time. Try again in a second.
       *[other] Too many attempts in a short time. Try again in { $count } seconds.
    }
    [minute] { $count ->
        [one] Too many attempts in a short time. Try again in a minute.
       *[other] Too many attempts in a short time. Try again in { $count } minutes.
    }
   *[hour] { $count ->
        [one] Too many attempts in a short time. Try again in an hour.
       *[other] Too many attempts in a short time. Try again in { $count } hours.
    }
}
