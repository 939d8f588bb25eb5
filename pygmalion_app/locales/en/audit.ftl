tab-admin-audit = Audit trail
audit-title = Audit trail
audit-lead = Who did what. Each event holds the fingerprint of the one before: nothing can be changed afterwards without it showing.
audit-chain = Chain
audit-chain-verify = Verify the chain
audit-chain-unchecked = Not verified since this page was opened
audit-chain-holds = The chain holds: { $events } events
audit-chain-broken = The chain is broken at event { $sequence }
audit-chain-anchored = Last fingerprint kept outside the database: event { $sequence }, { $day }
audit-chain-not-anchored = No fingerprint has been kept outside the database yet: the first one is tonight.
audit-filter-action = Action
audit-filter-person = Person's id
audit-filter-organization = Organisation's id
audit-filter-since = From
audit-filter-until = To
audit-filter-error = This is not a valid id.
audit-filter-date-error = This is not a valid date.
audit-filter-apply = Filter
audit-filter-clear = Show all
audit-export = Export as CSV
audit-export-file = audit-trail.csv
audit-count = { $count ->
    [0] No events
    [one] One event
   *[other] { $count } events
}
audit-column-when = When
audit-column-action = Action
audit-column-actor = By
audit-column-subject = On
audit-column-facts = Details
audit-by-system = The system
audit-by-stranger = Erased account
audit-empty = No event matches
audit-empty-text = Widen the filters to see more.
audit-table = Events, newest first
retention-heading = Retention
retention-lead = Each night, what is too old goes by itself.
retention-table = Rules of retention and their last run
retention-column-what = What
retention-column-period = Period
retention-column-last = Last run
retention-column-rows = Rows
retention-never-run = Not yet
retention-failed = Failed
retention-period = { $years ->
    [0] { $months ->
        [0] { $days ->
            [one] 1 day
           *[other] { $days } days
        }
        [one] 1 month
       *[other] { $months } months
    }
    [one] 1 year
   *[other] { $years } years
}
mail-audit-head-subject = Audit trail fingerprint, event { $sequence }
mail-audit-head-body =
    At { $at }, the newest event of the audit trail was number { $sequence }, its fingerprint { $hash }.

    Keep this message: it lets anybody prove that the trail was not written anew.

retention-test_checkouts = Test payments
retention-test_events = Test payment events
retention-test_objects = What the test payments keep
retention-payment_details = Card and payment references
retention-enrollments = Enrolments
retention-orders = Orders
retention-payment_events = Payment provider's events
retention-payments = Payments
retention-trainers = Trainers of past sessions
retention-identity = Identity files of erased accounts
retention-sso_attempts = Company sign-ins under way
retention-sso_domain_codes = Domain proof codes
retention-invitations = Lapsed invitations
retention-removals = Removed members
retention-mails = Outgoing mail
retention-mailbox = Built-in mailbox
retention-exports = Data archives
retention-erasure_requests = Closed requests for erasure
retention-retention_runs = Reports of these rules
retention-security_log = Security log
retention-passkey_attempts = Passkey challenges
retention-sign_in_attempts = Sign-ins under way
retention-password_resets = Password links
retention-email_changes = Changes of address
retention-sign_in_tickets = Sign-in tickets
retention-browser_sessions = Ended browser sessions
retention-api_tokens = Lapsed API tokens
retention-api_sessions = Ended API sessions
retention-trusted_devices = Lapsed trusted devices
retention-unconfirmed_authenticators = Unconfirmed authenticators
retention-jobs = Failed jobs
retention-logs = Old log files
