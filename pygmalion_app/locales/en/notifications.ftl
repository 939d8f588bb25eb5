### Notifications in the application, choice of mails.

nav-notifications = Notifications
notifications-title = Notifications
notifications-lead = What happened for you, newest first.
notifications-bell = { $count ->
    [0] Notifications
    [one] Notifications: 1 unread
   *[other] Notifications: { $count } unread
}
notifications-all = All
notifications-unread = Unread
notifications-show = Show
notifications-read-all = Mark all as read
notifications-read-one = Mark as read
notifications-new = New
notifications-older = Show older ones
notifications-empty = Nothing yet
notifications-empty-text = Joining instructions, expiry reminders and answers will appear here.
notifications-none-unread = Everything is read
notifications-none-unread-text = You are up to date. New notifications will appear here by themselves.
notifications-see-all = See all notifications
notifications-all-done = Everything is marked as read.
notifications-today = Today
notifications-yesterday = Yesterday

notifications-mails = Your e-mails
notifications-mails-lead = Everything appears here in any case. Choose what also reaches you by e-mail.
notifications-saved = Your choice is saved.
notifications-fixed = Always at once: these e-mails prove your order.
delivery-at_once = At once
delivery-daily = Once a day
delivery-none = Never
topic-bookings = My seats
topic-bookings-text = Joining instructions, moved sessions, seats given to a colleague.
topic-orders = My orders
topic-orders-text = Confirmations, cancellations, refunds.
topic-waiting = Waiting lists
topic-waiting-text = Seats on offer and their deadline.
topic-certificates = My certificates
topic-certificates-text = New certificates; reminders 90, 60, 30 and 7 days before they end.
topic-team = My team
topic-team-text = Certificates of your people that run out.
topic-documents = Checks
topic-documents-text = Documents accepted or refused, with the reason.
topic-messages = Messages
topic-messages-text = What people write to you about a course.

error-mail_always_sent = E-mails about your orders always come at once: they prove the contract.
error-mail_always_sent-title = These e-mails cannot be changed

mail-digest-subject = { $count ->
    [one] One thing new on Pygmalion
   *[other] { $count } things new on Pygmalion
}
mail-digest-body =
    Hello { $first_name },

    Here is what happened since your last summary:
mail-digest-action = See my notifications

retention-notifications = Notifications in the application
