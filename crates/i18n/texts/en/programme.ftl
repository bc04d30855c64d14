## programme

programme-list-title = Programmes
programme-list-intro = The frames that authorities open together to test the applications they use.
programme-list-empty = No programme is published yet
programme-list-empty-text = Programmes appear here as soon as their organiser publishes them.
programme-list-more = More programmes follow.
programme-list-count = { $n ->
    [one] { $n } programme
   *[other] { $n } programmes
 }
programme-open = Open a programme
programme-desk-first = Your organisation has no programme yet: open the first one
programme-owner = Organiser
programme-state = State
programme-state-published = Published
programme-state-draft = In preparation
programme-since = since { $date }
programme-new-title = Open a programme
programme-edit-title = Change the programme
programme-form-intro = Nobody but you sees the programme before it is published.
programme-field-name = Name of the programme
programme-field-slug = Address of the page
programme-hint-slug = Unaccented letters, digits and hyphens, for example bug-bounty-2026. Leave it empty to take it from the name.
programme-field-summary = Presentation
programme-hint-summary = A few sentences for everybody: what the programme does, with whom, for whom.
programme-field-kind = Kind of programme
programme-kind-pedagogical = Educational bug bounty
programme-kind-shared-tests = Tests shared by a working group
programme-kind-group = Platform of a group of authorities
programme-field-legal-basis = Legal basis
programme-hint-legal-basis = The act that the programme rests on, with its number and date.
programme-field-notice = Notice shown everywhere
programme-hint-notice = It stands on every page, mail and export of the programme.
programme-notice-pedagogical = “Educational and awareness operation, not an audit”
programme-notice-none = No notice
programme-appeal-title = Contesting a decision
programme-field-appeal-means = Means of appeal
programme-hint-appeal-means = This text stands on each letter of decision: whom to write to, and how.
programme-field-appeal-court = Competent court
programme-hint-appeal-court = For example: administrative court of Paris.
programme-field-appeal-months = Time limit for appeal, in months
programme-appeal-court = { $court }, within { $months } months of being notified of the decision.
programme-field-objection-days = Days to contest a return or an ineligibility
programme-field-settings = Delays of campaigns
programme-field-acknowledge-days = Days for a vendor to acknowledge a vulnerability
programme-field-fix-days = Days for a vendor to announce a fix
programme-field-fix-days-critical = Days for a vendor to announce the fix of a critical vulnerability
programme-field-opinion-days = Days for a vendor to give its opinion before sharing
programme-field-position-days = Days for an authority to say where it stands
programme-field-retest-days = Days to accept a retest
programme-error-number = Give a number between 1 and 365.
programme-error-slug = This address is not possible: unaccented letters, digits and hyphens only.
programme-error-slug-taken = This address is taken. Choose another one.
programme-error-slug-published = The programme is published: its address no longer changes.
programme-error-notice = An educational programme always carries its notice.
programme-error-incomplete = Complete the programme before publishing it.
programme-publish = Publish the programme
programme-edit = Change
programme-new-call = Prepare a call
programme-next-title = What to do next
programme-step-documents = Add the documents
programme-step-members = Enter the members
programme-step-completions = Record completed courses
programme-step-publish = Publish the programme
programme-step-calls = Prepare a call for candidacies
programme-step-todo = To do
programme-step-done = Done
programme-step-count = Done: { $n }
programme-about = The programme
programme-calls = Calls for candidacies
programme-calls-empty = No call yet
programme-calls-empty-text = The next call will appear here once it is published.
programme-documents = Documents
programme-documents-empty = No document
programme-documents-empty-text = Public deliberations, conventions and forms appear here.
programme-members = Members
programme-members-keep = Keep the list of members
programme-facts = Key facts
programme-results = What the programme has done
programme-event-opened = Programme opened: { $name }
programme-event-changed = Programme changed
programme-event-published = Programme published
programme-event-document-added = Document added: { $title }
programme-event-document-ended = Document taken away: { $title }
programme-event-member-added = Member entered: { $name }
programme-event-member-ended = Membership ended: { $name }
programme-event-completion-added = Course { $track } completed: { $name }
programme-event-completion-removed = Course { $track } taken back
programme-event-completions-imported = Completed courses imported: { $count }
programme-document-title = Add a document
programme-document-intro = The file is sealed before it is kept. A public document can be read by all once the programme is published.
programme-document-add = Add the document
programme-document-end = Take “{ $title }” away
programme-document-internal = internal
programme-document-file = File: { $name }
programme-document-kind-deliberation = Deliberation
programme-document-kind-convention = Convention
programme-document-kind-contract = Public contract
programme-document-kind-form = Form
programme-document-kind-notice = Notice
programme-document-kind-decision = Decision
programme-document-kind-signed-form = Signed form
programme-document-kind-authorisation = Authorisation
programme-document-kind-other = Other document
programme-document-number = no. { $text }
programme-document-dated = of { $date }
programme-document-transmitted = sent on { $date }
programme-document-published = published on { $date }
programme-document-signatory = signed by { $text }
programme-document-function = { $text }
programme-document-delegation = delegation: { $text }
programme-document-from = valid from { $date }
programme-document-until = until { $date }
programme-document-field-kind = Kind of document
programme-document-field-title = Title
programme-document-field-number = Number
programme-document-field-dated-on = Date
programme-document-field-transmitted-on = Sent for the legality check
programme-document-field-published-on = Publication
programme-document-field-signatory = Signatory
programme-document-field-function = Function of the signatory
programme-document-field-delegation = Delegation
programme-document-field-valid-from = Valid from
programme-document-field-valid-until = Valid until
programme-document-field-file = File
programme-document-field-public = Everybody may read this document
programme-document-hint-number = Needed, with the date, for a deliberation. Example: BM2026/02/03/16
programme-document-hint-delegation = The act that allows the signatory to sign.
programme-document-hint-file = PDF, PNG or JPEG.
programme-document-hint-public = Otherwise only the programme’s organisers and observers read it.
programme-error-before-dated = This date cannot come before the document’s.
programme-members-title = Members of the programme
programme-members-intro = Member organisations read the members’ page. Their rights end with their membership.
programme-members-add = Enter a member
programme-members-search = Search the directory
programme-members-search-hint = The beginning of the name, with or without accents.
programme-members-none-found = No organisation starts so
programme-members-none-found-text = Check the name, or ask the administrator to add the organisation to the directory.
programme-members-found = Organisation
programme-members-until = End of the membership
programme-members-until-hint = Leave it empty if it is not set.
programme-members-add-action = Enter the member
programme-members-empty = No member
programme-members-empty-text = Search for an organisation above to enter it.
programme-members-count = { $n ->
    [one] { $n } member
   *[other] { $n } members
 }
programme-member = Organisation
programme-member-from = From
programme-member-until = Until
programme-member-lasting = no end
programme-member-action = Action
programme-member-end = End the membership of { $name }
programme-member-ended = Ended
programme-member-waits = Waits for its answer
programme-membership-title = Membership offered to { $organisation }
programme-membership-text = { $owner } offers your organisation to be a member of this programme. If you accept, your organisation reads the members’ page, and the programme’s organisers may read and confirm the deployments that it declares. You may decline; nothing is told before your answer.
programme-membership-accept = Accept the membership
programme-membership-decline = Decline
programme-desk-membership = Answer the membership offered to { $organisation }
programme-desk-membership-action = Answer
programme-event-member-accepted = Membership accepted: { $name }
programme-event-member-declined = Membership declined: { $name }
programme-completions-title = Completed courses
programme-completions-intro = A call may ask candidates to have completed a course. Record here who completed it, and when.
programme-completion-add = Record a completed course
programme-completion-record = Record the course
programme-completion-field-organisation = Organisation
programme-completion-hint-organisation = Its whole name, SIREN or INSEE code.
programme-completion-field-track = Course
programme-completion-hint-track = The code of the course, for example P.
programme-completion-field-completed-on = Completed on
programme-completion-field-file = CSV file
programme-completion-remove = Take { $name } back
programme-completions-empty = No completed course
programme-completions-empty-text = Import a file or record a course above.
programme-completions-count = { $n ->
    [one] { $n } completed course
   *[other] { $n } completed courses
 }
programme-error-organisation = No organisation, or several, have this name or code.
programme-error-track = Give the code of the course, 40 characters at most.
programme-error-completion-to-come = This day is to come: a course is entered once completed.
programme-error-import = The file has lines to correct: nothing was recorded.
programme-import-title = Import a file
programme-import-hint = Columns: siren or insee, track, date (2026-02-03 or 03/02/2026). Nothing is recorded before you have seen the result.
programme-import-look = Check the file
programme-import-preview = What the import will do
programme-import-new = { $n ->
    [one] { $n } course will be recorded.
   *[other] { $n } courses will be recorded.
 }
programme-import-known = { $n ->
    [one] { $n } is recorded already and stays as it is.
   *[other] { $n } are recorded already and stay as they are.
 }
programme-import-record = { $n ->
    [one] Record { $n } course
   *[other] Record { $n } courses
 }
programme-import-lines = See the lines
programme-import-errors = { $n ->
    [one] { $n } line is to be corrected. Nothing was recorded.
   *[other] { $n } lines are to be corrected. Nothing was recorded.
 }
programme-import-errors-title = Lines to correct
programme-import-line = Line
programme-import-expected = What is expected
programme-import-head = First line expected: siren or insee, track, date. Read: { $found }
programme-import-unreadable = This line cannot be read as CSV. { $found }
programme-import-too-many = The file has more than { $found } lines. Split it.
programme-import-too-large = This file is too large: 2 MB at most.
programme-import-code = A SIREN of 9 digits or an INSEE code of 5 characters. Read: { $found }
programme-import-track = The code of a course, 40 characters at most. Read: { $found }
programme-import-date = A date such as 2026-02-03 or 03/02/2026. Read: { $found }
programme-import-to-come = This day is to come: a course is entered once completed. Read: { $found }
programme-import-unknown = The code of exactly one organisation of the directory. Read: { $found }
programme-desk-draft = The programme “{ $name }” is not published yet
programme-desk-draft-action = Complete and publish
flash-programme-opened = The programme is open. Complete it, then publish it.
flash-programme-published = The programme is published.
flash-programme-document-added = The document is added.
flash-programme-document-ended = The document is taken away.
flash-programme-member-added = The membership is offered: the organisation answers from its desk.
flash-programme-member-ended = The membership has ended.
flash-programme-member-accepted = Your organisation is a member of the programme.
flash-programme-member-declined = The membership is declined.
flash-programme-completion-added = The course is recorded.
flash-programme-completion-removed = The course is taken back.
flash-programme-imported = The courses are recorded.
programme-event-rules-written = The rules of engagement have a new version
programme-campaigns = Campaigns of this programme
