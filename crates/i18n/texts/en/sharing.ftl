## How far a vulnerability is told, and where deployers stand

sharing-title = Sharing of the vulnerability
sharing-label = { $product } V-{ $number }
sharing-label-dated = { $product }, vulnerability of { $date }
sharing-since = since { $date }
sharing-phase-restricted = Restricted
sharing-phase-alert = Alert
sharing-phase-measures = Measures
sharing-phase-details = Details
sharing-phase-public = Public
sharing-tells-restricted = Only the organiser, the verifiers, the vendor and the pilots know of it.
sharing-tells-alert = Every user learns that a vulnerability exists, how severe it is and whom to call.
sharing-tells-measures = Confirmed users also get the workarounds.
sharing-tells-details = Confirmed users get everything but the way to exploit it.
sharing-tells-public = Everybody may read the advisory.
sharing-severity-none = None
sharing-severity-low = Low
sharing-severity-medium = Medium
sharing-severity-high = High
sharing-severity-critical = Critical
sharing-position-to-inform = To inform
sharing-position-informed = Informed, no answer
sharing-position-read = Read, no answer
sharing-position-affected = Affected
sharing-position-not-affected = Not affected
sharing-position-unknown = Does not know
sharing-position-mitigated = Mitigated
sharing-position-up-to-date = Up to date
sharing-position-risk-accepted = Risk accepted
sharing-position-left = No longer runs it
sharing-answer-declare-affected = We are affected
sharing-answer-declare-not-affected = We are not affected
sharing-answer-declare-unknown = We do not know yet
sharing-answer-mitigate = We applied a workaround
sharing-answer-update = We installed a fixed version
sharing-answer-accept-risk = We accept the risk for a time
sharing-answer-end-acceptance = We no longer accept this risk
sharing-answer-reopen = We are affected again
sharing-answer-hint-declare-affected = Our installation has the vulnerability.
sharing-answer-hint-declare-not-affected = Say why: another version, a function switched off…
sharing-answer-hint-declare-unknown = Say what you lack to know.
sharing-answer-hint-mitigate = Until the fix comes.
sharing-answer-hint-update = We no longer have the vulnerability.
sharing-answer-hint-accept-risk = Your signatory signs or refuses it; give a reason and an end.
sharing-answer-hint-end-acceptance = You become “affected” again; say why.
sharing-answer-hint-reopen = Say what changed.
sharing-correction-fixed = Fixed, verified
sharing-correction-available = Fix announced, not verified yet
sharing-correction-refused = Will not be fixed
sharing-correction-awaited = Fix awaited
sharing-embargo-none = None
sharing-embargo-until = Until { $when }
sharing-embargo-lifted = Lifted on { $when }
sharing-event-opinion-asked = Vendor’s opinion asked for, before { $to }
sharing-event-opinion-given = Vendor’s opinion: { $to }
sharing-event-moved = Sharing moved to “{ $to }”
sharing-event-tlp-changed = Label changed to TLP:{ $to }
sharing-event-embargo-set = Embargo set until { $to }
sharing-event-embargo-lifted = Embargo lifted, planned until { $to }
sharing-event-publication-approved = First agreement to publish without a verified fix
sharing-opinion-favourable = favourable
sharing-opinion-unfavourable = unfavourable
sharing-opinion-silent = The vendor has not answered by { $date }. You may move on.
sharing-opinion-awaited = Opinion asked for. The vendor may answer until { $date }.
sharing-opinion-not-asked = The vendor’s opinion on the next step has not been asked for yet.
sharing-opinion-title = Vendor’s opinion
sharing-opinion-yours = Your opinion is awaited
sharing-opinion-asked = The organiser wants to move the sharing to “{ $phase }”.
sharing-opinion-yes = Favourable
sharing-opinion-no = Unfavourable
sharing-opinion-reason-hint = Needed if your opinion is unfavourable. Read by the organiser, the verifiers and the pilots.
sharing-opinion-details = We agree that the details are shared during the embargo
sharing-opinion-give = Give this opinion
sharing-next = Next step: { $phase }
sharing-ask = Ask the vendor’s opinion
sharing-approve = Agree first to publish without a verified fix
sharing-approved-by = First agreement: { $who }
sharing-move = Move to “{ $phase }”
sharing-blocked-ask = The vendor’s opinion has to be asked for first.
sharing-where = How far the vulnerability is shared
sharing-here = Here
sharing-passed = Done
sharing-held-back = The embargo holds the sharing back: users are at “{ $phase }”.
sharing-limits = Narrow the sharing or correct a mistake
sharing-tlp-change = Change the TLP label
sharing-tlp-hint = RED: named persons. AMBER+STRICT: users. AMBER: and their operators. GREEN: members. CLEAR: everybody.
sharing-tlp-submit = Change the label
sharing-embargo-change = Embargo
sharing-embargo-hint = Until then users get the measures at most. Known exploitation lifts the embargo.
sharing-embargo-set = Set the embargo
sharing-embargo-lift = Lift the embargo
sharing-back = Step back
sharing-back-text = Only to correct a mistake. What was read cannot be taken back.
sharing-back-submit = Step back to this phase
sharing-no-history = Nothing was shared yet
sharing-no-history-text = The first step is to ask the vendor’s opinion.
sharing-facts = In short
sharing-fact-product = Product
sharing-fact-vendor = Vendor
sharing-fact-correction = Correction
sharing-fact-version = Fixed version
sharing-fact-embargo = Embargo
sharing-fact-accepted = Risk accepted
sharing-fact-accepted-by = by { $who }, until { $date }
sharing-circle = Users concerned
sharing-circle-count = { $n ->
    [one] { $n } organisation runs the product.
   *[other] { $n } organisations run the product.
 }
sharing-circle-answered = { $n ->
    [one] { $n } has answered.
   *[other] { $n } have answered.
 }
sharing-circle-link = See where users stand
sharing-field-favourable = Your opinion
sharing-field-reason = Reason
sharing-field-tlp = Label
sharing-field-tlp-reason = Reason for the change
sharing-field-until = Until
sharing-field-lift-reason = Reason for lifting it
sharing-field-to = Step back to
sharing-field-answer = Where do you stand?
sharing-error-opinion-awaited = The vendor’s opinion is awaited. You may move on once it is given, or once its time has passed.
sharing-error-embargo = The embargo holds this step back.
sharing-error-not-clear = Only a vulnerability marked TLP:CLEAR can become public. Change the label first.
sharing-error-second-person = No retest has confirmed a fix: two people must agree. One agrees first, another publishes.
sharing-error-already-asked = The opinion was asked for already for this step.
sharing-error-not-asked = No opinion is awaited now.
sharing-error-vendor-not-told = The vendor was not told of this vulnerability yet. Tell it before you ask for its opinion.
sharing-error-public-is-clear = The vulnerability is public: its label stays CLEAR.
sharing-error-embargo-past = The embargo’s end must be in the future.
sharing-error-embargo-in-vain = An embargo has no effect any more: the vulnerability is public, or known to be exploited.
sharing-error-acceptance-past = The end of the acceptance must be in the future.
sharing-error-acceptance-too-long = A risk is not accepted for more than 366 days.
sharing-error-no-signatory = Nobody can sign for your organisation. Invite a signatory or, for what is TLP:RED, have the organiser name yours.
sharing-positions-title = Where users stand
sharing-positions-finding = { $answered ->
    [one] { $answered } organisation of { $total } has answered
   *[other] { $answered } organisations of { $total } have answered
 }
sharing-positions-caption = { $n ->
    [one] { $n } organisation concerned
   *[other] { $n } organisations concerned
 }
sharing-positions-empty = Nobody is concerned yet
sharing-positions-empty-text = No organisation declared that it runs this product. Once an installation is confirmed, it joins the circle.
sharing-column-organisation = Organisation
sharing-column-position = Position
sharing-column-informed = Informed
sharing-column-answered = Answer
sharing-column-reason = Reason
sharing-column-product = Vulnerability
sharing-column-severity = Severity
sharing-column-told = What is shared
sharing-column-yours = Your position
sharing-column-count = Count
sharing-column-campaign = Campaign
sharing-column-window = Dates
sharing-column-products = Tested products
sharing-public-products-kept = named with the vulnerabilities that are published
sharing-column-since = Published
sharing-declared-late = Declared after the opening
sharing-not-informed = not yet
sharing-until = until { $date }
sharing-overdue = Overdue
sharing-silent-since = No answer since { $date }
sharing-counts-only = You see the numbers. The name of each organisation is kept for the organiser and the verifiers.
sharing-situations-title = What concerns me
sharing-situations-lead = The vulnerabilities of the products that your organisation runs, and where you stand with each.
sharing-situations-caption = { $n ->
    [one] { $n } vulnerability concerns you
   *[other] { $n } vulnerabilities concern you
 }
sharing-no-product = No product declared
sharing-no-product-text = Declare the products that you run: this is how you will be told.
sharing-no-product-action = Open the catalogue
sharing-nothing = Nothing concerns you now
sharing-nothing-text = { $n ->
    [one] We will tell you when a vulnerability affects the product that you declared.
   *[other] We will tell you when a vulnerability affects one of the { $n } products that you declared.
 }
sharing-answer-by = To be said before { $date }
sharing-what-is-told = What you may know
sharing-no-text = No text is shared at this phase yet. Your contact is the organiser of the programme.
sharing-readers = TLP:{ $tlp }. Do not pass it on beyond.
sharing-layer-alert = Alert
sharing-layer-measures = Measures to take
sharing-layer-title = Title
sharing-layer-details = Details
sharing-your-answer = Your position
sharing-say = Say where we stand
sharing-answer-reason-hint = Needed for “not affected”, “do not know”, an accepted risk, or a changed answer.
sharing-risk-title = If you accept the risk
sharing-risk-text = The proposal waits at your signatory’s desk; the position only changes when they sign it. The acceptance ends at that date, and the vulnerability then comes back to your desk.
sharing-risk-until-hint = At most 366 days.
sharing-risk-both-title = Sign at once
sharing-risk-both = You are a signatory too: give your function and your password to sign at the same time. Without a password the proposal waits for a signature.
sharing-risk-password-hint = It counts as your signature.
sharing-risk-pending = Acceptance of the risk proposed
sharing-risk-pending-text = Accept the risk until { $date }: the proposal has waited for a signature since { $since }. Another answer withdraws it.
sharing-risk-nobody = Nobody can sign it any more: invite a signatory.
sharing-risk-unsigned = Nobody signed before the proposed end, { $date }. Propose another date or give another answer.
sharing-risk-asked = Your signature is asked for
sharing-risk-asked-text = Your organisation proposes to accept this risk for a time.
sharing-risk-proposed-title = What is proposed to you
sharing-risk-until = Accept the risk until { $date }.
sharing-risk-proposed-by = Proposed by { $who } on { $date }
sharing-risk-over = The proposed end has passed: there is nothing left to sign.
sharing-risk-signed-title = Signed acceptance
sharing-risk-sign-title = Accept the risk
sharing-risk-sign-text = You commit { $organisation } and sign under your name, { $name }. The acceptance ends at that date.
sharing-risk-sign = Sign the acceptance
sharing-risk-refuse-title = Refuse
sharing-risk-refuse-text = The position stays as it is. Your reason is given to whoever proposes.
sharing-risk-refuse = Refuse to accept the risk
sharing-answer-submit = Keep our answer
flash-position-answered = Your answer is kept.
flash-risk-proposed = The proposal waits for your signatory.
flash-risk-signed = The risk is accepted under your signature.
flash-risk-refused = Your refusal is recorded.
sharing-note-answered = Answer: { $to }
sharing-note-informed = Organisation informed
sharing-note-left = The product is no longer run
sharing-note-read = First reading
sharing-note-reopened = The vulnerability came back: affected again
sharing-note-risk-proposed = Acceptance of the risk proposed
sharing-note-risk-refused = Acceptance of the risk refused by the signatory
sharing-note-risk-signed = Risk accepted by the signatory
sharing-product-version = { $product }, version { $version }
sharing-members-title = Results for members
sharing-members-lead = What was tested, and how it ended.
sharing-members-readers = For members of the programme. Only those who run the product read the details of a vulnerability.
sharing-members-fixed = { $fixed ->
    [one] { $fixed } vulnerability of { $total } fixed and verified.
   *[other] { $fixed } vulnerabilities of { $total } fixed and verified.
 }
sharing-members-version = Fixed version: { $version }.
sharing-members-caption = Vulnerabilities by severity
sharing-members-restitution = Restitution, without the exploit
sharing-members-not-ended = The campaign has not ended. Results come after.
sharing-members-nothing-yet = Tested. No result is shared with members yet.
sharing-no-campaign = No campaign announced
sharing-no-campaign-text = Campaigns appear here once they are announced to their parties.
sharing-campaign-ended = Ended: from { $from } to { $to }
sharing-campaign-runs = From { $from } to { $to }
sharing-public-title = Public results
sharing-public-figures = What the programme did
sharing-public-more = The twenty-five newest are named here.
sharing-public-more-link = All of them, as JSON
sharing-public-method = Counted: from Beffroi’s records. Declared: said by the organisations concerned. Estimated: one test avoided for each organisation that runs a tested product, beyond the first. A number under 5 is not shown where it could point at somebody.
sharing-public-campaigns = Campaigns
sharing-public-campaigns-caption = { $n ->
    [one] { $n } campaign
   *[other] { $n } campaigns
 }
sharing-public-advisories = Public advisories
sharing-public-advisories-caption = Vulnerabilities made public
sharing-public-finding = { $n ->
    [one] { $n } vulnerability was made public
   *[other] { $n } vulnerabilities were made public
 }
sharing-no-advisory = No public advisory
sharing-no-advisory-text = A vulnerability appears here when it is made public, as a rule once it is fixed.
sharing-public-basis = Frame
sharing-public-owner = Organiser
sharing-public-act = Legal basis
sharing-figure-organisations = Organisations taking part
sharing-figure-campaigns = Campaigns
sharing-figure-products = Tested products
sharing-figure-hunters = People who tested
sharing-figure-reports = Reports received
sharing-figure-up-to-date = Organisations up to date
sharing-figure-saved = Tests avoided
sharing-figure-masked = under 5
sharing-nature-counted = counted
sharing-nature-declared = declared
sharing-nature-estimated = estimated
sharing-desk-answer = { $product }, vulnerability of { $date }: say where you stand
sharing-desk-answer-action = Answer
sharing-desk-risk = { $product }, vulnerability of { $date }: the acceptance of the risk has ended
sharing-desk-risk-action = Look again
sharing-desk-risk-unsigned = { $product }, vulnerability of { $date }: nobody signed the acceptance of the risk in time
sharing-desk-sign-risk = { $product }, vulnerability of { $date }: a risk to accept or refuse
sharing-desk-sign-risk-action = Read and sign
sharing-desk-silent = { $product }, vulnerability { $label }: the vendor has not answered, you may move on
sharing-desk-given = { $product }, vulnerability { $label }: the vendor gave its opinion
sharing-desk-move-action = Decide on the sharing
sharing-desk-unanswered = { $count ->
    [one] { $product }, vulnerability { $label }: { $count } user has not answered
   *[other] { $product }, vulnerability { $label }: { $count } users have not answered
 }
sharing-desk-unanswered-action = See who
sharing-desk-opinion = { $product }, vulnerability { $label }: your opinion is asked for before it is shared
sharing-desk-opinion-action = Give an opinion
sharing-named-title = People named
sharing-named-text = Under TLP:RED, only these people get past the label. Each then reads what the step and their installations give them, never more.
sharing-named-empty = Nobody is named
sharing-named-empty-text = Under TLP:RED, no deployer therefore reads this vulnerability.
sharing-named-caption = { $n ->
    [one] { $n } person named
   *[other] { $n } people named
 }
sharing-named-by = by { $who }, on { $date }
sharing-named-add = Name a person
sharing-named-hint = People who already have a role with a deployer of the product, its vendor or a party of the campaign.
sharing-named-nobody = Nobody else has a role with a deployer of the product, its vendor or a party of the campaign.
sharing-field-naming = This person’s organisation
sharing-naming-hint = { $n ->
    [one] One organisation runs this product: type the beginning of the name of the one where somebody is to be named. Without a name, only the vendor and the parties of the campaign are offered.
   *[other] { $n } organisations run this product: type the beginning of the name of the one where somebody is to be named. Without a name, only the vendor and the parties of the campaign are offered.
}
sharing-naming-search = Find this organisation
sharing-naming-none = Nobody has a role in an organisation concerned whose name contains “{ $name }”. Check the name, or have somebody invited by that organisation’s administrator.
sharing-naming-more = { $n ->
    [one] Only the first person is offered: be more precise about their organisation’s name.
   *[other] Only the first { $n } people are offered: be more precise about their organisation’s name.
}
sharing-named-submit = Name this person
sharing-named-end = No longer name them
sharing-column-person = Person
sharing-column-reads = What they read
sharing-column-named = Named
sharing-column-end = End
sharing-choose = Choose
sharing-reads-none = Nothing at this step
sharing-reads-existence = That it exists, without any text
sharing-reads-alert = The alert
sharing-reads-measures = The measures
sharing-reads-details = The details
sharing-reads-exploit = Everything, by their role
sharing-event-named = Person named: { $to }
sharing-event-naming-ended = No longer named: { $to }
sharing-field-person = Person
sharing-field-named-reason = Reason
sharing-event-details-allowed = The vendor consents to the details during the embargo
sharing-consent = Vendor’s consent to the details
sharing-consent-given = Given: the details may be shared during the embargo.
sharing-consent-missing = Not given yet. The vendor can give it on this page as long as the embargo runs.
sharing-consent-yours = The details during the embargo
sharing-consent-text = The embargo holds the details back. You may consent to their being shared before it ends.
sharing-consent-give = Consent to sharing the details
sharing-error-no-consent-needed = No embargo holds the details back, or you have consented already.
sharing-error-nothing-to-tell = The text of this step is not written: nobody would read anything. Write it first.
sharing-write-texts = Write the texts
sharing-field-move-reason = Reason for this step
sharing-move-reason-needed = Needed: the vendor’s opinion is unfavourable, or no fix is verified.
sharing-move-reason-hint = Read by organisers, verifiers, the vendor and pilots.
sharing-back-choose = Choose a step
sharing-fact-announced = Version announced, not verified yet
sharing-readers-clear = TLP:CLEAR. Everybody may read it.
sharing-not-confirmed = Your installation is not confirmed: you get the alert only, never the measures nor the details.
sharing-not-confirmed-link = Have it confirmed
sharing-concerns-part = Show
sharing-concerns-all = Everything
sharing-concerns-part-unanswered = What awaits our answer
sharing-concerns-part-overdue = Answers that are late
sharing-concerns-part-exposed = What exposes us, or may
sharing-concerns-part-settled = What is settled
sharing-concerns-risk = Severity for us
sharing-concerns-any-severity = Every severity
sharing-concerns-at-least = { $severity } or more
sharing-concerns-any-product = Every product
sharing-concerns-none = No vulnerability meets this
sharing-concerns-none-text = Widen the search, or come back to the whole list.
sharing-concerns-see-all = See the whole list
sharing-concerns-due = Due
sharing-concerns-own = here; { $severity } for everybody
sharing-concerns-answered = Answered on { $date }
sharing-concerns-shown = { $from } to { $to } of { $n }
sharing-concerns-file = Save this list as CSV
sharing-together-choose = Choose
sharing-together-choose-one = Choose: { $label }
sharing-together-title = Answer for several vulnerabilities
sharing-together-text = Tick vulnerabilities of the list, then say where you stand with them. A risk is accepted one by one, on the vulnerability’s page.
sharing-together-reason = Reason, or what was done meanwhile
sharing-together-reason-hint = Kept with each chosen vulnerability. Needed for “not affected”, “do not know”, workarounds, or a change of answer.
sharing-together-submit = Answer for the chosen vulnerabilities
sharing-together-done = { $n ->
    [one] One answer is kept.
   *[other] { $n } answers are kept.
 }
sharing-together-failed = { $n ->
    [one] One vulnerability keeps its position:
   *[other] { $n } vulnerabilities keep their positions:
 }
sharing-together-none = Choose at least one vulnerability of the list.
sharing-together-gone = It is no longer in your list.
sharing-together-changed = somebody answered it meanwhile (“{ $state }”). Read it again, then answer again if need be.
sharing-together-not-from = this answer does not follow “{ $state }”. Answer on its page first.
sharing-together-waits = an acceptance of the risk waits for a signature there. Answer on its page.
sharing-file-product = product
sharing-file-opened = opened_on
sharing-file-severity = severity
sharing-file-score = score
sharing-file-own = own_severity
sharing-file-told = sharing
sharing-file-correction = correction
sharing-file-version = version
sharing-file-yours = position
sharing-file-due = due_on
sharing-file-answered = answered_on
sharing-column-own = Severity there
sharing-own-title = Severity at your place
sharing-own-none = You have not said whether this vulnerability is more or less severe at your place. The common severity counts.
sharing-own-say = Say how severe it is for us
sharing-own-hint = By your installation: exposure, data, measures in place. Your list is sorted by it.
sharing-own-vector-hint = Optional: the whole CVSS 4.0 or 3.1 vector with your environmental metrics. Its severity then replaces the choice.
sharing-own-submit = Save this severity
sharing-own-take-back = Go back to the common severity
sharing-field-band = Severity
sharing-field-vector = Vector
sharing-field-own-reason = Why
flash-position-rated = The severity at your place is saved.
sharing-note-rated = Own severity: { $to }
sharing-note-rating-taken-back = Own severity taken back
sharing-progress-title = Over time
sharing-progress-finding = { $settled ->
    [one] { $settled } organisation of { $total } has settled the matter; late answers: { $late }
   *[other] { $settled } organisations of { $total } have settled the matter; late answers: { $late }
 }
sharing-progress-informed = Informed
sharing-progress-read = Have read
sharing-progress-answered = Have answered
sharing-progress-settled = Up to date or not affected
sharing-progress-table = See the numbers
sharing-progress-caption = Organisations, from the first message until now
sharing-progress-at = On
sharing-progress-method = Counted by the last answer of each. An organisation that no longer runs the product counts until it left.
sharing-late-title = Late
sharing-late-count = { $n ->
    [one] { $n } organisation has not answered in time.
   *[other] { $n } organisations have not answered in time.
 }
sharing-late-read = has read
sharing-late-unread = has not read
sharing-remind = Remind those that are late
sharing-remind-text = A message leaves for their security officers, without any details. Once a day at most.
sharing-remind-tomorrow = They were reminded less than a day ago.
sharing-reminded = Last reminder: { $date }.
sharing-error-nobody-late = No answer is late.
sharing-error-reminded-today = They were reminded less than a day ago. Wait until tomorrow.
sharing-event-reminded = Late organisations reminded: { $to }
flash-late-reminded = The reminder leaves.
sharing-field-environment = Your environment
sharing-environment-hint = Choose what differs with you: the severity is reckoned with the common vector, by CVSS.
sharing-error-environment = The severity in your environment cannot be reckoned while the details of this vulnerability are not shared with you. Choose a severity.
cvss-CR = Confidentiality requirement (CR)
cvss-IR = Integrity requirement (IR)
cvss-AR = Availability requirement (AR)
cvss-MAV = Attack vector with you (MAV)
cvss-MPR = Privileges required with you (MPR)
cvss-requirement-H = High
cvss-requirement-M = Medium
cvss-requirement-L = Low
sharing-order-due = Due, soonest first
sharing-order-due-last = Due, latest first
sharing-order-severest = Most severe for us first
sharing-order-mildest = Least severe for us first
sharing-order-state = Position, unanswered first
sharing-order-state-last = Position, settled first
sharing-order-product = Product, A to Z
sharing-order-product-last = Product, Z to A
sharing-order-newest = Newest first
sharing-order-oldest = Oldest first
