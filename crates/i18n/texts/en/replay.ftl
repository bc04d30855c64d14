# Replays of recorded exchanges.

replay-title = Replay
replay-make = Replay these exchanges
replay-make-hint = The requests go to the campaign’s target again, with the cookies and tokens that it issues this time.
replay-by = Replay by { $name }, { $date }
replay-readers = Read by the operator and the organiser; passwords, cookies and tokens are masked
replay-text = Each request was sent again as it was recorded. On the left what the target answered the hunter, on the right what it answered now.
replay-result-same = Same answers
replay-result-same-but-volatile = Same answers, but for what always changes
replay-result-different = Other answers
replay-result-no-answer = No answer
replay-trouble-unreachable = The target was not reached. Check that it runs, then replay.
replay-trouble-too-slow = The target took too long to answer.
replay-trouble-broken = What the target answered is no readable HTTP.
replay-trouble-unsendable = This request cannot be sent again as it is.
replay-trouble-upgrade = A WebSocket exchange is not replayed: say in the reproduction what you saw.
replay-trouble-limited = The replay stopped at its limit of time or number.
replay-carried = { $n ->
    [one] { $n } value carried on from the target
   *[other] { $n } values carried on from the target
}
replay-no-difference = No difference.
replay-differences = { $n ->
    [one] { $n } difference
   *[other] { $n } differences
}
replay-recorded = Recorded
replay-recorded-body = Recorded body
replay-replayed = Replayed
replay-replayed-body = Replayed body
replay-column-place = Where
replay-column-expected = Expected
replay-expected = Expected
replay-unexpected = To look at
replay-place-status = Status
replay-place-field = Field { $name }
replay-place-json = JSON { $name }
replay-place-line = Line { $name }
replay-place-body = Body
replay-place-more = More differences
replay-verdict-heading = What this replay shows
replay-field-verdict = Is the flaw reproduced?
replay-field-text = What you saw
replay-field-text-hint = A sentence or two: what in the answer shows the flaw, or that it is not there.
replay-record = Record the verdict
replay-judged = This reproduction judges a replay.
replay-field-unreplayed = Why a replay cannot show it
replay-field-unreplayed-hint = Exchanges come with this report. Without a replay, this reason is needed to verify: for example a flaw that needs a browser.
replay-error-no-target = The target of these exchanges is no longer in the campaign, is stopped, or was not found.
report-error-not-replayed = Exchanges come with it: replay them, or record a reproduction that says why a replay cannot show it.
report-event-replayed = Exchanges replayed
flash-replayed = Exchanges replayed.
replay-error-not-started = The clean copy of the target did not start in time. Replay; if it happens again, tell the organiser.
replay-trouble-untrusted = The target does not speak TLS, or its certificate is not believed. The request did not leave.
replay-error-no-answer = Not every request of this replay was answered. Replay again, or say how the flaw showed itself.
replay-error-under-way = This target is being replayed: the result appears on the report as soon as it is there.
replay-error-campaign = The campaign does not run: nothing is sent to its targets. Replay once it was resumed.
replay-error-authorised = An authorisation is missing, expired or was withdrawn: nothing is sent to this target.
replay-error-too-often = This report was replayed as often as it can be. Record what the replays showed.
report-event-replay-begun = Replay started
