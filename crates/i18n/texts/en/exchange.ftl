# Exchanges recorded by the gateway.

exchange-link = My recorded exchanges
exchange-back = Back to my exchanges
exchange-list-title = My exchanges
exchange-list-readers = Read by you alone, secrets included; each reading is journaled
exchange-list-lead = Everything that passes by your accesses appears here within a minute. Choose what proves a report: the verifier will read and replay it.
exchange-kept-until = These recordings are destroyed on { $date }; what is attached to a report stays with it.
exchange-destroyed-title = Recordings destroyed on { $date }
exchange-destroyed-text = { $n ->
    [one] One day after the end of the campaign, as announced, their key was destroyed: nobody can read them any more. Exchanges attached to a report can still be read with it.
   *[other] { $n } days after the end of the campaign, as announced, their key was destroyed: nobody can read them any more. Exchanges attached to a report can still be read with it.
}
exchange-error-destroyed = The recordings of this campaign were destroyed, as announced: nobody can read them any more.
exchange-empty-title = No exchange
exchange-empty-text = First take an access to a target on the campaign’s page.
exchange-yet-text = Nothing has passed by your accesses yet, or it was less than a minute ago.
exchange-none-title = No exchange matches
exchange-none-text = Widen the search, or show everything.
exchange-field-method = Method
exchange-field-path = In the path
exchange-field-status = Status
exchange-field-status-hint = 404 or 5xx
exchange-field-text = In the texts
exchange-field-since = Since
exchange-field-until = Until
exchange-field-places = Chosen exchanges
exchange-field-into = Attach to
exchange-search = Search
exchange-search-all = Show everything
exchange-count = { $n ->
    [one] { $n } exchange
   *[other] { $n } exchanges
}
exchange-messages = { $n ->
    [one] { $n } WebSocket message
   *[other] { $n } WebSocket messages
}
exchange-column-choose = Choice
exchange-column-request = Request
exchange-column-status = Status
exchange-column-at = When
exchange-column-size = Answer
exchange-choose = Choose { $method } { $path }
exchange-more = Older exchanges
exchange-pick-heading = Attach to a report
exchange-new-report = A new report on { $product }
exchange-pick = Attach the chosen exchanges
exchange-error-none = Choose at least one exchange.
exchange-error-too-many = These are more exchanges than a report takes: keep those that prove.
exchange-error-too-large = These exchanges weigh too much: keep those that prove.
exchange-error-status = A status is a number such as 404, or a class such as 5xx.
flash-exchange-picked = Exchanges attached to the report.
exchange-detail-heading = What passed
exchange-request = Request
exchange-request-body = Body of the request
exchange-response = Answer
exchange-response-body = Body of the answer
exchange-no-answer = No answer came.
exchange-body-cut = The rest is not shown; it is in the recording.
exchange-body-bytes = A body of { $size } that is no text.
exchange-messages-heading = WebSocket messages
exchange-message-sent = Sent
exchange-message-received = Received
exchange-evidence-title = Recorded exchanges
exchange-evidence-back = Back to the report
exchange-evidence-text = Recorded by the gateway when they passed, and attached by their author. The bundle can be checked offline, with “beffroi evidence verify”: its digest, the chain of recordings and the proof of the log vouch for it.
exchange-redacted = Passwords, cookies and tokens are masked; the original stays sealed
exchange-digest = Digest of the bundle
exchange-logged = Log
exchange-log-covered = Logged on { $date }, index { $index }
exchange-log-promised = Promised on { $date }; no checkpoint covers it yet
exchange-log-other = The log commits to another bundle than this one: do not rely on it, and tell the administrator.
exchange-fingerprint = Target { $digest }
exchange-har = Download as HAR
exchange-warc = Download as WARC
