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

notifications-mails = How to be told
notifications-mails-lead = Everything appears here in any case. Choose what also reaches you by e-mail and on your devices.
notifications-saved = Your choice is saved.
notifications-fixed = Always at once: these e-mails prove your order.
delivery-at_once = E-mail at once
delivery-daily = One e-mail a day
delivery-none = No e-mail
topic-bookings = My seats
topic-bookings-text = Joining instructions, moved sessions, seats given to a colleague.
topic-orders = My orders
topic-orders-text = Confirmations, cancellations, refunds.
topic-waiting = Waiting lists
topic-waiting-text = Seats on offer and their deadline; sessions asked for.
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

push-title = On this device
push-lead = Be told even when Pygmalion is closed. The message shows the notification’s title, never its details.
push-turn-on = Receive on this device
push-turn-off = Stop receiving on this device
push-turned-on = This device now receives your notifications.
push-turned-off = This device no longer receives your notifications.
push-on = On
push-on-text = Your notifications reach this device. Signing out stops them.
push-off = Off
push-off-text = Your browser will ask for permission.
push-failed = Could not be turned on
push-failed-text = Your browser’s notification service did not answer. Try again; private windows often have none.
push-denied = Blocked by the browser
push-denied-text = To receive them, allow notifications for this site in the browser’s settings, then reload the page.
push-install = Install first
push-install-text = On iPhone and iPad: tap Share, “Add to Home Screen”, then open Pygmalion from that icon and come back here.
push-unsupported = Browser not supported
push-unsupported-text = This browser cannot receive notifications. E-mail and this page remain available.
push-topic = On my devices too

error-not_a_device = This subscription is not a browser’s. Reload the page, then try again.
error-not_a_device-title = Device not recognised
error-push_unavailable = This installation sends no notifications to devices.
error-push_unavailable-title = Notifications unavailable
