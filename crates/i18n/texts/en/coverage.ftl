# Coverage: what was touched of the targets.

coverage-title = Coverage
coverage-link = Coverage of the targets
coverage-lead = What the hunters touched of each target, counted from the exchanges that the gateway records.
coverage-readers = Read by the organiser, the pilots and the verifiers: what, when, by how many; never by whom, nor what was exchanged
coverage-up-to-date = Up to date
coverage-waiting = { $n ->
    [one] { $n } recording is waiting
   *[other] { $n } recordings are waiting
}
coverage-counted = Counted on { $date }
coverage-unread = { $n ->
    [one] { $n } recording could not be read: these figures do not count it. The server’s log says why.
   *[other] { $n } recordings could not be read: these figures do not count them. The server’s log says why.
}
coverage-destroyed = The coverage can no longer be read
coverage-destroyed-text = The key of this campaign was destroyed at the end of its retention, and with it everything that had been counted.
coverage-no-target = No target behind the gateway
coverage-no-target-text = Coverage is counted from what passes the gateway: first declare the test environment that the hunters will reach.
coverage-declare = Declare a target
coverage-empty = Nothing has been touched yet
coverage-empty-text = Figures appear about a minute after the first requests. A hunter takes their access on the campaign’s page, once it is open and the rules are accepted.
coverage-targets-caption = The targets and what was touched of them
coverage-shown = shown below
coverage-taken-out = taken out of the campaign
coverage-column-endpoints = Endpoints touched
coverage-column-endpoint = Endpoint
coverage-column-requests = Requests
coverage-column-hunters = Hunters
coverage-column-paths = Paths of the scope touched
coverage-column-first = First time
coverage-column-last = Last time
coverage-column-period = Period
coverage-column-fresh = Of which new
coverage-column-known = Known at its end
coverage-paths = { $touched } of { $all }
coverage-paths-least = at least { $touched } of { $all }
coverage-more = more than { $number }
coverage-few = fewer than { $n }
coverage-about = about { $number }
coverage-days = { $from } to { $until }
coverage-nowhere = { $n ->
    [one] { $n } request touched no endpoint: the target answered 404, or nothing.
   *[other] { $n } requests touched no endpoint: the target answered 404, or nothing.
}
coverage-paths-heading = What was never touched
coverage-paths-none = The scope of this target allows every path and names none: nothing says what remains to be seen. Name its paths when you next declare it to follow them here.
coverage-paths-all = Every path that the scope names was touched at least once.
coverage-paths-untouched = { $n ->
    [one] One path that the scope names was never touched:
   *[other] { $n } paths that the scope names were never touched:
}
coverage-paths-unlisted = { $n ->
    [one] One path that the scope names is not among the endpoints told apart:
   *[other] { $n } paths that the scope names are not among the endpoints told apart:
}
coverage-paths-perhaps = They may be among the endpoints counted together, whose list is not kept.
coverage-time-heading = Over time
coverage-time-few = Fewer than { $n } hunters have been to this target. Days will be shown once they are { $n }: until then they would point at somebody.
coverage-finding = { $fresh ->
    [0] { $n ->
        [one] { $n } endpoint touched in all; nothing new in the last period ({ $period }).
       *[other] { $n } endpoints touched in all; nothing new in the last period ({ $period }).
    }
   *[other] { $n ->
        [one] { $n } endpoint touched in all, { $fresh } of them for the first time in the last period ({ $period }).
       *[other] { $n } endpoints touched in all, { $fresh } of them for the first time in the last period ({ $period }).
    }
}
coverage-finding-more = { $fresh ->
    [0] More than { $n } endpoints touched in all; of those told apart, none is new in the last period ({ $period }).
   *[other] More than { $n } endpoints touched in all; of those told apart, { $fresh } for the first time in the last period ({ $period }).
}
coverage-legend-again = touched in the period
coverage-legend-fresh = of which for the first time
coverage-legend-known = known in all
coverage-time-table = See the table
coverage-time-caption = Endpoints touched by period
coverage-time-method = A period is as many days long as it takes for at least { $n } hunters to have been there: no day points at anybody.
coverage-list-heading = Endpoints
coverage-list-empty = No endpoint touched
coverage-list-empty-text = The requests found only pages that are not there. Check with a pilot that the target answers at the declared address.
coverage-field-path = In the path
coverage-field-method = Method
coverage-method-any = All
coverage-filter = Filter
coverage-none = No endpoint matches
coverage-none-text = Widen the search, or show everything.
coverage-all = Show everything
coverage-count = { $n ->
    [one] { $n } endpoint
   *[other] { $n } endpoints
}
coverage-place = { $from } to { $until } of { $n }
coverage-order-path = By path
coverage-order-requests = Most requests
coverage-order-hunters = Most hunters
coverage-order-newest = Discovered last
coverage-order-oldest = Discovered first
coverage-order-last = Touched last
coverage-others = { $n ->
    [one] Beyond { $most } endpoints, the others are counted together: { $n } request, hunters: { $hunters }.
   *[other] Beyond { $most } endpoints, the others are counted together: { $n } requests, hunters: { $hunters }.
}
coverage-file-action = Download the list (CSV)
coverage-method-heading = How these figures are counted
coverage-method-folded = An endpoint is a method and a path, without parameters. What names a thing or a person is replaced: numbers {"{n}"}, dates {"{date}"}, identifiers {"{uuid}"}, hashes and tokens {"{hash}"} and {"{token}"}, e-mail addresses {"{email}"}, titles and texts {"{text}"}.
coverage-method-hunters = A hunter counts once, however many accesses they had. Below { $n }, the number is not given.
coverage-method-touched = An endpoint is touched when the target answers anything but 404, even with an error or a refusal.
coverage-method-most = { $n ->
    [one] At most { $n } endpoint of a target is told apart; the following are counted together.
   *[other] At most { $n } endpoints of a target are told apart, those touched first; the following are counted together.
}
coverage-file-target = Target
coverage-file-method = Method
coverage-file-path = Path
coverage-file-requests = Requests
coverage-file-hunters = Hunters
coverage-file-first = First period, from
coverage-file-last = Last period, until
