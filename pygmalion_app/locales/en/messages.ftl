### Messages: a thread for each enrolment, a thread for each session.

nav-messages = Messages
nav-messages-short = Messages
messages-title = Messages
messages-lead = About your courses, with the training organisation and the people concerned.
messages-empty = No messages
messages-empty-text = Write from a session in “My training”, from an order or from a session's page.
messages-empty-action = See my training
messages-choose = Choose a thread
messages-choose-text = Its messages will appear here.
messages-missing = This thread does not exist
messages-missing-text = It was deleted, or it is not yours.
messages-back = All messages
messages-threads = Threads
messages-about = Enrolment of { $name }
messages-session = The whole session
messages-session-open = Write to the whole session
messages-who-enrollment = Read by the person enrolled, their company and the training organisation.
messages-who-session = Read by everybody enrolled in this session and by the training organisation.
messages-none = Nothing has been written here yet.
messages-older = Only the last 100 messages are shown.
messages-you = You
messages-you-said = You: { $text }
messages-side-learner = Learner
messages-side-buyer = Company
messages-side-school = Organisation
messages-write = Your message
messages-send = Send
messages-error = Write something, 5,000 characters at most.
messages-unread = { $count ->
    [one] 1 unread
   *[other] { $count } unread
}
messages-open = Messages
messages-to-school = Write to the organisation
messages-about-seat = Write about this seat

mail-message-received-subject = New message: { $course }
mail-message-received-body =
    Hello { $first_name },

    { $author } wrote to you about the course “{ $course }”:

    { $message }
mail-message-received-action = Reply

privacy-area-messages = Messages written and received about courses
retention-messages = Messages
