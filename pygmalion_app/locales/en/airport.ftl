dashboard-airport = Airport
airport-lead = { $tenants ->
    [one] One company shares its status
   *[other] { $tenants } companies share their status
} · { $people ->
    [one] one person
   *[other] { $people } people
}
airport-compliance = Compliance on the airport
airport-rate = compliant, including expiring soon and exempt
airport-statuses = Requirements by status
airport-losing = Losing airside access within 30 days
airport-losing-count = { $count ->
    [0] nobody
    [one] one person
   *[other] { $count } people
}
airport-losing-none = Nobody loses their access in the next 30 days
airport-losing-none-text = Everybody's 11.2.6.2 security training runs longer.
airport-losing-short = Losing access
airport-ends = Valid until
airport-renewal = Renewal
airport-planned = Session on { $day }
airport-planned-held = Session held on { $day }, result awaited
airport-planned-late = Session on { $day }, after the last day
airport-not-planned = Nothing booked
airport-days = { $days ->
    [0] today
    [one] tomorrow
   *[other] in { $days } days
}
airport-somebody = Name not shared
airport-capacity = Seats and need
airport-capacity-lead = What expires or is missing and is not booked, against the free seats of open sessions. Remote training counts everywhere.
airport-capacity-chart = Need and free seats by month
airport-place = Sessions in
airport-everywhere = All places
airport-need = Need
airport-seats = Free seats
airport-verdict = Balance
airport-gap = { $count ->
    [one] one seat short
   *[other] { $count } seats short
}
airport-enough = Enough seats
airport-courses = The tightest courses, six months
airport-tenants = Companies on the airport
airport-tenants-lead = The lowest rates first. Each company decides what it shares; certificates never are.
airport-tenant = Company
airport-people = People
airport-without = Without valid access
airport-with-names = Statuses and names
airport-without-names = Statuses without names
airport-contractors = Contract types compared
airport-contractors-chart = Compliance rate by contract type
airport-employees = Employees
airport-nobody = No company shares its status yet
airport-nobody-text = Ask the companies on your airport: they decide, and you see statuses only.
airport-ask = Ask a company to share
airport-siret = The company's SIRET
airport-siret-hint = 14 digits. Its managers will see your request on their “Sharing” page.
airport-siret-wrong = This is no valid SIRET: 14 digits, for example 732 829 320 00074.
airport-ask-send = Send the request
airport-asked = Request sent
airport-asked-text = If this company is here, its managers see it now.
tab-team-sharing = Sharing
sharing-title = Sharing with airports
sharing-lead = You decide which airports see how your teams stand, and you can change your mind at any time.
sharing-what-title = What an airport sees
sharing-what = Numbers and statuses by company, and names if you choose so. Never a certificate, a document, or the reason for an exemption.
sharing-empty = You share nothing
sharing-empty-text = Requests of airports appear here; you can also add one.
sharing-state-none = Nothing is shared
sharing-state-figures = Statuses shared
sharing-state-names = Statuses and names shared
sharing-state-asked = Request received
sharing-since = Since { $day }
sharing-asked-on = Asked on { $day }
sharing-withdrawn-on = Withdrawn on { $day }
sharing-share = Share statuses
sharing-share-names = Share names too
sharing-show-names = Add the names
sharing-hide-names = Remove the names
sharing-withdraw = Stop sharing
sharing-shared = Sharing is in place.
sharing-withdrawn = The airport sees nothing of your company any more.
error-airport_unknown = No airport registered here has this SIRET: check it with the operator.
error-airport_unknown-title = Unknown airport
sharing-add = Share with another airport
sharing-siret = The operator's SIRET
sharing-siret-hint = 14 digits. It will see your statuses, without names.
