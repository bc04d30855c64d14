## "Already tested?": what is known of the tests of a product

tested-title = Already tested?
tested-finding = { $n ->
    [0] No known test in the last twelve months
    [one] Tested once in the last twelve months
   *[other] Tested { $n } times in the last twelve months
 }
tested-finding-planned = No known test in the last twelve months, but one is planned
tested-rights = This page shows and counts only what you may read.
tested-counted = Campaigns run here
tested-declared = Tests made elsewhere
tested-running = Organisations that run it
tested-open = Vulnerabilities still open, among those you may read
tested-open-capped = { $n } or more
tested-open-link = See the vulnerabilities of this product
tested-nature-counted = counted
tested-nature-declared = declared
tested-nature-estimated = estimated
tested-avoided = Cost avoided by sharing
tested-repeated = Cost of repeated tests
tested-avoided-formula = Estimate over twelve months: ({ $running } organisations that run it − { $made ->
    [one] { $made } test
   *[other] { $made } tests
 }) × { $cost } a test = { $amount }. Without sharing, each would have made its own.
tested-repeated-formula = Estimate over twelve months: ({ $made } tests − 1) × { $cost } a test = { $amount }. One shared test would have been enough.
tested-lines = Tests of this product, the most recent first
tested-column-test = Test
tested-column-phase = Where it stands
tested-column-when = Dates
tested-column-nature = Figure
tested-column-month = Month
tested-column-total = Total
tested-unnamed = Campaign of another programme
tested-unnamed-declared = Declared by an organisation
tested-days = { $from } to { $until }
tested-span = { $from } to { $until }
tested-phase-past = Over
tested-phase-running = Under way
tested-phase-planned = Planned
tested-older = { $n ->
    [one] One older test is not shown.
   *[other] { $n } older tests are not shown.
 }
tested-months-table = See the figures, month by month
tested-months-caption = Tests begun in each month
tested-join = Join for { $organisation }
tested-joined = Joined
tested-join-asked = Request sent
tested-join-withdraw = Withdraw the request
