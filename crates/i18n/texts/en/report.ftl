## Reports: writing, following, judging

report-kicker = Report
report-number = Report no. { $number }
report-untitled = Untitled report
report-count = { $n ->
    [0] No report
    [one] One report
   *[other] { $n } reports
}
report-since = since { $date }
report-not-rated = Not rated yet
report-a-verifier = A verifier

## States

report-state-draft = Draft
report-state-submitted = Submitted
report-state-in-verification = In verification
report-state-needs-information = Information requested
report-state-verified = Verified
report-state-discarded = Discarded
report-state-withdrawn = Withdrawn
report-state-not-reproduced = Not reproduced
report-state-out-of-scope = Out of scope
report-state-informative = Informative
report-state-duplicate = Duplicate
report-state-abusive = Abusive
report-state-closed-unanswered = Closed unanswered
report-state-appealed = Contested
report-mirror-open = Vulnerability open
report-mirror-vendor-notified = Vendor notified
report-mirror-acknowledged = Acknowledged by the vendor
report-mirror-disputed = Disputed by the vendor
report-mirror-fix-available = Fix announced
report-mirror-retesting = Retest under way
report-mirror-fixed = Fixed
report-mirror-wont-fix = Will not be fixed
report-mirror-closed = Vulnerability closed
report-mirror-reopened = Vulnerability reopened
report-mirror-dismissed = Vulnerability dismissed
report-mirror-merged = Vulnerability merged

## One's own reports

report-mine-title = My reports
report-mine-lead = Your drafts, your reports and those you contributed to. Only you, your named teammates and the people who verify them read them.
report-mine-empty-title = You have not reported anything yet
report-mine-empty-text = Open the campaign you take part in: its scope says what you may test, and its “Report a vulnerability” button opens the form.
report-mine-empty-action = See my desk
report-mine-more = Older ones follow
report-column-report = Report
report-column-state = State
report-column-severity = Severity
report-column-campaign = Campaign
report-column-due = Due by
report-column-age = Handed in
report-column-claim = Claimed by
report-nothing-due = Nothing to do
report-no-date = No date
report-mine-complete = To be completed and handed in
report-mine-answer = The verifier waits for your answer
report-mine-duplicate = An earlier report exists
report-mine-not-reproduced = Following the steps, nothing happened
report-mine-out-of-scope = Outside what may be tested
report-mine-informative = True, but no vulnerability
report-mine-unanswered = The question was left unanswered
report-mine-dismissed = Two people dismissed it after a review
report-mine-merged = Joined to another vulnerability, the same

## The queue

report-queue-title = Verification
report-queue-lead = The reports of the campaigns you verify, the one that has waited longest first.
report-follow-title = Following reports
report-follow-lead = The reports of the campaigns you follow.
report-list-crumb = Reports
report-filter-campaign-all = All campaigns
report-filter-state-waiting = To be handled
report-filter-state-submitted = Submitted
report-filter-state-in-verification = In verification
report-filter-state-needs-information = Information requested
report-filter-state-appealed = Contested
report-filter-state-verified = Verified
report-filter-state-closed = Closed
report-filter-state-all = All
report-filter-claim-any = All
report-filter-claim-free = Nobody
report-filter-claim-mine = Me
report-filter-severity-any = All
report-filter-severity-critical = Critical
report-filter-severity-high = High
report-filter-severity-medium = Medium
report-filter-severity-low = Low
report-filter-apply = Filter
report-queue-summary = { $shown } of { $total }
report-queue-empty-title = No report matches
report-queue-empty-text = Nothing waits with these filters. Widen them to see what is verified or closed too.
report-queue-empty-action = See all reports
report-waiting-days = { $n ->
    [0] less than a day
    [one] one day
   *[other] { $n } days
}
report-second-needed = Second opinion needed
report-conflict-short = Your organisation: another verifier must judge
report-claimed-mine = You
report-claimed-until = until { $date }
report-claimed-nobody = Nobody

## The form

report-new-title = Report a vulnerability
report-edit-title = Complete the draft
report-form-lead = Describe what you found so that a verifier can reproduce it. You can save a draft and complete it later.
report-field-title = Title
report-title-hint = One sentence: where and what. Example: “Another user’s requests can be read by their number”.
report-field-product = Application
report-field-asset = Item of the scope
report-asset-hint = The address or item tested, as the scope names it.
report-field-cwe = Type of weakness (CWE)
report-cwe-hint = Type a number or words, in French or English, for example “CWE-79”, “SQL injection” or “hard-coded password”. The list is MITRE’s CWE 4.15.
report-field-steps = Steps to reproduce
report-steps-hint = Number them: account used, address, what you send, what you observe. Markdown is accepted.
report-field-impact = Impact
report-impact-hint = What a malicious person could do, and whom it would harm.
report-field-proof = Proof
report-proof-hint = Requests, answers, described screenshots. Put no real personal data in it.
report-field-files = Attachments
report-files-hint = At most { $count } files of { $size } MB each: images, PDF, text, ZIP archive, ODT document.
report-files-title = Attachments
report-file-remove = Remove
report-field-vector = Severity (CVSS vector)
report-vector-hint = A CVSS 4.0 or 3.1 vector. You can also compose it below, answer by answer.
report-vector-scored = by this vector
report-compose-40 = Compose a CVSS 4.0 vector
report-compose-31 = Compose a CVSS 3.1 vector
report-compose-hint = Answer each question, then compute. What you typed above is kept.
report-compose-act = Compute the severity
report-field-collaborators = Found with
report-collaborators-hint = Each is asked. Those who accept before it is handed in read this report then, and are credited with you.
report-form-readers = Encrypted with the campaign’s key. Read by you, your named teammates, the verifiers, the organiser and the pilots of the campaign; by the vendor once verified.
report-form-check = Save and review
report-form-keep = Save the draft
report-back-report = See the report
report-back-campaign = See the campaign

## The page of a report

report-next-title = What now
report-due = To be done by
report-claim-mine = You claimed it until { $date }.
report-claim-other = { $name } is working on it, until { $date }.
report-outline = You know that this report exists, its state and its severity. Its content is kept for those who handle it.
report-closing-title = Decision
report-duplicate-of = An earlier report exists, submitted on { $date }.
report-closed-at = Closed on { $date }.
report-closed-by-two = Decided by two verifiers.
report-appeal-title = Appeal
report-decision-title = Decision on the appeal
report-tried-title = Reproductions
report-tried-none = Nobody has recorded a reproduction yet.
report-tried-on-target = On the campaign’s target, { $when }
report-tried-elsewhere = Elsewhere than on the target, { $when }
report-tried-succeeded = Reproduced
report-tried-failed = Not reproduced
report-facts-title = In short
report-submitted-at = Submitted on
report-authors = Found by
report-organisation = For
report-rating-hunter = Severity as its author sees it
report-rating-verifier = Severity retained
report-vulnerability = Vulnerability
report-page-readers = Each reading of this report is recorded.
report-proposal-abusive = Proposal to close as abusive
report-proposal-late-merge = Proposal to merge with an earlier report
report-proposal-by = Proposed by { $name } on { $date }. Another verifier must confirm.
report-proposal-own = You proposed it: somebody else must decide.
report-advice-conflict = You belong to the same organisation as one of the authors, or to the vendor of the product. Another verifier must judge this report.
report-advice-draft = Review it. Once submitted, the text no longer changes; you will be able to answer questions.
report-advice-waiting = Your report is with the verifiers. You will be told what comes next.
report-advice-answer = The verifier needs more to go on. Without an answer within { $n } days, the report will be closed.
report-advice-asked = The hunter has { $n } days to answer.
report-advice-claim = Claim this report so that nobody else works on it at the same time.
report-advice-reproduce = First record a reproduction on the campaign’s target: it is needed to verify.
report-advice-verify = The reproduction is recorded. You can verify the report.
report-advice-decide = The author contests the decision. You took no part in it: you can decide.
report-advice-second = Another verifier asks for your opinion: read the proposal, then confirm it or set it aside.
report-advice-second-own = Your proposal waits for another verifier’s opinion.
report-advice-claimed = Another verifier works on this report. It is free again at the end of that time, or when they give it back.
report-advice-notify = The report is verified and has opened a vulnerability. Now tell the vendor, from the vulnerability’s page.
report-advice-follow = The report is verified. What follows is on the vulnerability’s page.
report-advice-appealed = The decision is contested. Another verifier decides.
report-advice-verified = Your report is verified. It now follows the state of the vulnerability.
report-advice-appeal = You can contest this decision once, within { $n } days. Another verifier will decide.

## Acts

report-act-soumettre = Submit the report
report-act-modifier = Complete the draft
report-act-supprimer = Delete the draft
report-act-repondre = Answer
report-act-rouvrir = Answer and reopen
report-act-contester = Contest the decision
report-act-retirer = Withdraw the report
report-act-prendre = Claim the report
report-act-liberer = Release the report
report-act-demander = Ask for information
report-act-reproduire = Record a reproduction
report-act-verifier = Verify the report
report-act-clore = Close the report
report-act-abusif = Propose to close as abusive
report-act-fusionner = Propose a merge
report-act-confirmer = Confirm the proposal
report-act-ecarter = Drop the proposal
report-act-reprendre = Resume the verification
report-act-recours = Decide the appeal
report-act-prevenir = Tell the vendor
report-act-commenter = Post the comment
report-answer-lead = The last message:
report-appeal-lead = A verifier who took no part in the decision will look at it again. Their decision is final.
report-withdraw-lead = The report stays in the history, but nobody will handle it any more. This is final.
report-ask-lead = The hunter is told and has { $n } days to answer. The report is free again meanwhile.
report-reproduce-lead = A successful reproduction on the campaign’s target is needed to verify a report.
report-verify-lead = The verified report opens a vulnerability of the application, or joins one. Its text is encrypted anew with the vulnerability’s key.
report-close-lead = The author reads your reason and can contest the decision for { $n } days, before another verifier.
report-abusive-lead = Another verifier must confirm before the report is closed.
report-merge-lead = Another verifier must confirm. The report will become a duplicate and leave the vulnerability.
report-confirm-lead = By confirming you decide together with the person who proposed it. The author will be told and can contest.
report-drop-lead = The proposal falls; the report keeps its state.
report-resume-lead = Possible until the vendor acknowledges the vulnerability. The report leaves the vulnerability and returns to verification.
report-decide-lead = The author’s grounds:
report-field-answer = Your answer
report-field-grounds = Why do you contest it?
report-grounds-hint = Say what, in your view, was not seen or understood.
report-field-reason = Reason
report-field-drop-reason = Reason
report-field-question = Your question
report-field-text = Text
report-field-succeeded = Result
report-field-place = Where
report-place-hint = A reproduction made elsewhere is kept, but is not enough to verify.
report-place-target = On the campaign’s target
report-place-elsewhere = Elsewhere
report-field-made-at = When
report-field-tried = What you did and observed
report-tried-hint = Account used, requests, answers. Only the operator and the organiser read it.
report-field-rating-reason = Why this severity
report-rating-reason-hint = The author and the vendor read it.
report-field-joining = What does this report reveal?
report-joining-hint = The reach decides who will be told.
report-joining-product = A new vulnerability of the application
report-joining-product-hint = It concerns everybody who uses it.
report-joining-join = A vulnerability that is known already
report-joining-deployment = A vulnerability of one installation only
report-joining-deployment-hint = A wrong setting at one organisation: only that one is concerned.
report-field-vulnerability = Known vulnerability
report-field-organisation = Organisation concerned
report-opened-at = opened on { $date }
report-field-closing = Decision
report-closing-not-reproduced-hint = Following the steps, nothing of what is described happens.
report-closing-out-of-scope-hint = What was tested is not in the scope.
report-closing-informative-hint = It is true, but it is no vulnerability.
report-closing-duplicate-hint = An earlier report says the same. The author will only learn that it exists, and its date.
report-field-original = Earlier report
report-original-hint = Needed for a duplicate: the first that describes the same vulnerability.
report-close-reason-hint = The author reads it, except for a duplicate.
report-field-decision = Your decision
report-decision-allowed = Verification resumes
report-decision-upheld = The decision stands
report-decide-reason-hint = The author reads it. The decision is final.
report-field-comment = Comment
report-comment-hint = Markdown is accepted.
report-field-audience = Who reads it
report-comment-internal = Read by the operator and the organiser
report-comment-shared = Read by the report’s authors too

## The timeline

report-event-drafted = Draft begun
report-event-submitted = Report submitted
report-event-withdrawn = Report withdrawn
report-event-discarded = Draft deleted
report-event-attached = File attached
report-event-detached = File removed
report-event-started = Verification begun
report-event-claimed = Report claimed
report-event-released = Report released
report-event-asked = Information requested
report-event-answered = Answer given
report-event-reproduced = Reproduction recorded
report-event-verified = Report verified
report-event-closed = Report closed
report-event-closed-by-two = Report closed by two verifiers
report-event-closed-as = Closed: { $state }
report-event-proposed = Second opinion requested
report-event-proposal-dropped = Proposal dropped
report-event-unanswered = Closed unanswered
report-event-reopened = Report reopened
report-event-appealed = Decision contested
report-event-appeal-allowed = Appeal allowed
report-event-appeal-upheld = Decision upheld
report-event-resumed = Verification resumed

## The desk

report-desk-draft = A draft report is not submitted
report-desk-complete = Complete
report-desk-answer = Report no. { $number } waits for your answer
report-desk-answer-action = Answer
report-desk-closed = Report no. { $number } is closed: you can contest
report-desk-read = Read the decision
report-desk-second = Report no. { $number } waits for a second opinion
report-desk-appeal = The closing of report no. { $number } is contested
report-desk-decide = Decide
report-desk-claimed = You claimed report no. { $number }
report-desk-go-on = Go on
report-desk-waiting = { $n ->
    [one] One report waits for a verifier
   *[other] { $n } reports wait for a verifier
}
report-desk-open-queue = Open the queue
report-desk-came-in = { $n ->
    [one] { $n } report received awaits a decision
   *[other] { $n } reports received await a decision
}
report-desk-follow = Follow the reports
report-desk-critical = Report no. { $number } is rated critical
report-desk-see = See where it stands

## What went wrong

report-error-claimed = Another verifier is working on this report.
report-error-draft-changed = This draft was saved from another page after this one was opened. Nothing was replaced: choose between the two texts, then save.
report-kept-elsewhere = What is kept
report-kept-elsewhere-text = These texts differ from those of the form below, which are yours as you have just typed them. Saving keeps those of the form; take into it what you want of these.
report-error-no-draft = This report is no longer a draft: it was handed in or discarded from another page, and its text no longer changes. Once handed in, it is completed by a comment.
report-error-not-claimed = You have not claimed this report.
report-error-same-person = A second person is needed: you made the proposal.
report-error-not-reproduced = First record a successful reproduction on the campaign’s target.
report-error-acknowledged = The vendor has acknowledged the vulnerability: the verification can no longer be resumed.
report-error-too-many-drafts = You have too many drafts in this campaign. Submit or delete some.
report-error-too-many-today = You have submitted many reports today. Your draft is kept: submit it tomorrow.
report-error-asset = Choose an item of the scope of this application.
report-error-cwe = Choose a type of the list, for example CWE-79, or take one of those that your words have found.
report-error-suspended = Your participation is suspended. Turn to your supervisor.
report-error-campaign-suspended = The campaign is suspended: nothing passes for now.
report-error-outside-window = The campaign is not open. Reports are made within its window only; a draft begun before its end can be completed.
report-error-draft-closed = The campaign is closed: this draft can no longer be submitted. You can read it again or delete it.
report-error-not-authorised = A leave to test is missing or has ended: the campaign is stopped.
report-error-rules = First accept the campaign’s rules of engagement.
report-error-consent = A guardian’s consent is missing.
report-error-too-late = The time has run out.
report-error-already-appealed = This decision was contested once already.
report-error-same-verifier = You took part in this decision: another verifier must decide.
report-error-original = Choose an earlier report of the same application.
report-error-original-later = That report is more recent: choose the one that came first.
report-error-proposal-there = A proposal already waits for a second opinion.
report-error-future = This date is in the future.
report-error-too-many-files = Too many attachments: { $detail } at most.
report-error-vector-needed = Give the severity: a complete CVSS vector.
report-error-vector-prefix = A vector begins with CVSS:4.0/ or CVSS:3.1/.
report-error-vector-version = Version { $detail } is not scored here: use 4.0 or 3.1.
report-error-vector-part = “{ $detail }” is not of the form metric:value.
report-error-vector-metric = The metric { $detail } does not exist in this version.
report-error-vector-value = The value { $detail } does not exist.
report-error-vector-twice = The metric { $detail } is given twice.
report-error-vector-missing = Missing: { $detail }.

## What was done

flash-report-kept = The draft is saved.
flash-report-composed = The severity is computed and the draft saved.
flash-warning-report-no-draft = This report is no longer a draft: its text no longer changes. Add what is missing by a comment.
flash-warning-report-changed = The state has changed meanwhile: nothing was done a second time. This page shows where things stand.
flash-report-file-removed = The file is removed.
flash-report-submitted = The report is submitted. You will be told what comes next.
flash-report-discarded = The draft is deleted.
flash-report-withdrawn = The report is withdrawn.
flash-report-answered = Your answer is sent.
flash-report-appealed = Your appeal is sent to another verifier.
flash-report-claimed = You have claimed this report for two hours.
flash-report-released = The report is released.
flash-report-asked = The question is sent to the hunter.
flash-report-reproduced = The reproduction is recorded.
flash-report-verified = The report is verified.
flash-report-closed = The report is closed. Its author is told.
flash-report-proposed = A second opinion is requested.
flash-report-proposal-dropped = The proposal is dropped.
flash-report-resumed = The verification resumes.
flash-report-decided = The appeal is decided.
flash-report-commented = The comment is posted.

## CVSS

cvss-AV = Attack vector (AV)
cvss-AV-N = Network
cvss-AV-A = Adjacent
cvss-AV-L = Local
cvss-AV-P = Physical
cvss-AC = Attack complexity (AC)
cvss-AC-L = Low
cvss-AC-H = High
cvss-AT = Attack requirements (AT)
cvss-AT-N = None
cvss-AT-P = Present
cvss-PR = Privileges required (PR)
cvss-PR-N = None
cvss-PR-L = Low
cvss-PR-H = High
cvss-UI = User interaction (UI)
cvss-UI-N = None
cvss-UI-P = Passive
cvss-UI-A = Active
cvss-UI-R = Required
cvss-S = Scope (S)
cvss-S-U = Unchanged
cvss-S-C = Changed
cvss-C = Confidentiality (C)
cvss-I = Integrity (I)
cvss-A = Availability (A)
cvss-VC = Confidentiality, vulnerable system (VC)
cvss-VI = Integrity, vulnerable system (VI)
cvss-VA = Availability, vulnerable system (VA)
cvss-SC = Confidentiality, other systems (SC)
cvss-SI = Integrity, other systems (SI)
cvss-SA = Availability, other systems (SA)
cvss-impact-H = High
cvss-impact-L = Low
cvss-impact-N = None
report-naming-title = Did you find this together?
report-naming-lead = { $name } is preparing a report and says they found it with you.
report-naming-text = If you accept, you will read this report once it is handed in, may answer questions and are credited with its author. Without an answer before it is handed in, your name is not in it.
report-naming-yes = Yes, I found it too
report-naming-no = No, take my name away
report-naming-accepted = Has accepted to be named.
report-naming-awaited = Has not answered yet: their name is not in it without their word.
report-desk-named = { $name } names you in a report
report-desk-named-action = Answer
flash-report-named = You are named in this report. You will read it once it is handed in.
flash-report-not-named = Your name is taken away from this report.
report-alike-heading = Perhaps known already
report-alike-lead = Beffroi compares this report with what you may read about the same product, in all campaigns. You decide.
report-alike-report = { $number }, { $campaign }, submitted on { $date }
report-alike-vulnerability = Vulnerability { $label }, opened on { $date }
report-alike-close = Close as a duplicate of this one
report-alike-join = Verify into vulnerability { $label }
report-alike-names = Same paths, parameters or names: { $names }
report-alike-asset = Same item of the scope
report-alike-weakness = Same kind of weakness: CWE-{ $number }
report-alike-title = Similar title
report-alike-words = { $n ->
    [one] One word in common: { $words }
   *[other] { $n } words in common: { $words }
}
report-alike-version = Same version tested: { $version }
report-cwe-find = Look for a type
report-cwe-found = Your words have found:
report-cwe-none = These words have found nothing. Try others.
report-vector-says = { $metric }: { $value }
report-vector-and = ;{" "}
report-field-bypass-of = Bypass of a fix
report-bypass-hint = Choose one if you get around the fix of a vulnerability that you know already. Your report stays a new one and will be linked to it.
report-bypass-none = It is not a bypass
report-bypass-choice = { $product }, vulnerability of { $date } ({ $known })
report-bypass-known-reported = which you reported
report-bypass-known-retested = which you retested
report-bypass-known-read = which you may read
report-bypass-title = Gets around
report-bypass-dated = the fix of a vulnerability of { $date }
report-bypass-verify = Its author says that it gets around the fix of a vulnerability of { $date }.
report-field-no-bypass = It is not a bypass: do not link the two
report-field-regression = It was fixed and has come back: reopen it
report-regression-hint = Tick this if the vulnerability that it joins was fixed or closed and this report shows that it came back. A new round begins, and the vendor is to be told again.
report-error-bypass = Choose a vulnerability of this product for which a fix is announced.
report-error-regression = The vulnerability chosen is neither fixed nor closed: untick this, or choose another.
report-templates-title = Templates for answers
report-templates-lead = The texts that you write often. Everybody who verifies or runs the campaigns of this programme uses them.
report-templates-kept = Templates of the programme
report-templates-empty = No template yet.
report-templates-link = Write or change templates
report-template-new = New template
report-template-change = Change this template
report-template-keep = Save the template
report-template-end = Remove
report-template-choose = Choose
report-template-for-question = Question to the author
report-template-for-closing = Closing of a report
report-template-for-rating = Rating of a report
report-template-for-comment = Comment
report-template-hint = Its text is added to yours; read it again before you send.
report-template-insert = Insert the template
report-template-title-hint = To recognise it in the list; the report’s author does not read it.
report-template-text-hint = These words are replaced by what the report says: { $names }
report-field-template = Template for the answer
report-field-purpose = What for
report-field-template-title = Name of the template
report-field-template-text = Text of the template
report-error-placeholder = This word between braces is replaced by nothing: correct it or take its braces away.
report-error-templates = This programme has all the templates it can keep. Remove one.
report-column-waiting = In this state
report-column-submitted = Handed in on
report-column-choose = Choose
report-choose = Choose the { $report }
report-state-days = { $n ->
    [0] for less than a day
    [one] for one day
   *[other] for { $n } days
  }
report-bulk-take = Claim the chosen reports
report-bulk-release = Give the chosen reports up
report-bulk-taken = { $n ->
    [one] One report is claimed.
   *[other] { $n } reports are claimed.
  }
report-bulk-released = { $n ->
    [one] One report is given up.
   *[other] { $n } reports are given up.
  }
report-bulk-failed = { $n ->
    [one] One report could not be:
   *[other] { $n } reports could not be:
  }
report-bulk-gone = It is no longer in your list.
report-bulk-none = Choose at least one report of the list.
report-file-action = Download the list (CSV)
report-file-number = number
report-file-report = report
report-file-campaign = campaign
report-file-product = product
report-file-state = state
report-file-since = in_this_state_since
report-file-severity = severity
report-file-score = score
report-file-submitted = handed_in_on
report-file-claim = claimed_by
report-order-oldest = Oldest first
report-order-newest = Newest first
report-order-waiting = Longest in their state
report-order-moved = Shortest in their state
report-order-severest = Most severe first
report-order-mildest = Least severe first
