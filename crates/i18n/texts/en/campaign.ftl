## campaign

campaign-list-title = Campaigns
campaign-list-title-programme = The programme’s campaigns
campaign-list-empty = No campaign at the moment
campaign-list-empty-text = Campaigns in which your organisation takes part will appear here.
campaign-list-empty-new = Open the first one: it stays a draft until you announce it.
campaign-list-empty-action = Back to my desk
campaign-list-count = { $n ->
    [one] { $n } campaign
   *[other] { $n } campaigns
}
campaign-new-action = Open a campaign
campaign-new-title = Open a campaign
campaign-edit-title = Edit the campaign
campaign-form-save = Save the campaign
campaign-back = Back to the campaign
campaign-choose = Choose
campaign-remove = Remove
campaign-since = since { $date }
campaign-texts-warning = Authorisations have already been asked for. If you change the parties, products, scope, period or prohibitions, they end and must be asked for again.
campaign-scope-warning-open = The campaign is open: changing its scope or target suspends it at once. It goes on only once the new authorisations are signed and the organiser resumes it.

campaign-kind-bug-bounty = Bug bounty
campaign-kind-pentest = Penetration test
campaign-kind-pedagogical-bug-bounty = Pedagogical bug bounty

campaign-state-draft = Draft
campaign-state-planned = Announced
campaign-state-ready = Ready
campaign-state-open = Open
campaign-state-suspended = Suspended
campaign-state-verifying = Verifying
campaign-state-closed = Closed
campaign-state-archived = Archived
campaign-state-cancelled = Cancelled

campaign-party-school = School
campaign-party-beneficiary = Beneficiary authority
campaign-party-operator = Platform operator
campaign-party-vendor = Vendor
campaign-party-pilot = Pilot authority
campaign-party-host = Host
campaign-party-observer = Observer
campaign-party-organiser = Associated organiser
campaign-parties-of-school = Schools
campaign-parties-of-beneficiary = Authorities
campaign-parties-of-operator = Operator
campaign-parties-of-vendor = Vendors
campaign-parties-of-pilot = Pilots
campaign-parties-of-host = Hosts
campaign-parties-of-observer = Observers
campaign-parties-of-organiser = Associated organisers
campaign-parties-word = committed
campaign-party-none = nobody yet
campaign-person-pilot = Pilot
campaign-person-hunter = Hunter
campaign-person-verifier = Verifier
campaign-person-observer = Observer

campaign-asset-url = Web address
campaign-asset-domain = Domain
campaign-asset-api = Programming interface (API)
campaign-asset-mobile-app = Mobile app
campaign-asset-ip-range = IP address range
campaign-asset-other = Other

campaign-field-name = Name of the campaign
campaign-field-kind = Kind
campaign-field-kind-party = Part
campaign-field-summary = Presentation
campaign-field-summary-hint = A few sentences for all parties. Put neither target nor account here.
campaign-field-opens-at = Opens
campaign-field-opens-at-hint = The campaign opens and closes by itself at these instants.
campaign-field-closes-at = Closes
campaign-field-call = Call for candidacies
campaign-field-call-hint = Its confirmed candidates will be proposed as beneficiaries.
campaign-field-call-none = None
campaign-field-prohibitions = Prohibitions
campaign-field-prohibitions-hint = One per line. They stand in the authorisations.
campaign-field-stop-contact = Whom to call to stop everything
campaign-field-stop-contact-hint = A name and a number that answers during the whole campaign.
campaign-field-restitution-shared = Share the restitution with the working group
campaign-field-restitution-shared-hint = Without exploits, once the campaign is over.
campaign-field-product = Product
campaign-field-version = Tested version
campaign-field-version-hint = As the catalogue writes it; empty, it is not specified.
campaign-field-owners = Owners of the tested system
campaign-field-owners-hint = Who owns the test environment. Each will have to sign an authorisation.
campaign-field-hosts = Hosts of the tested system
campaign-field-hosts-hint = Who hosts the test environment. Each will have to sign an authorisation.
campaign-field-url = Address of the test environment
campaign-field-url-hint = For example https://test.vendor.example. It is sealed and only shown to hunters who accepted the rules.
campaign-field-inside = May it be tested?
campaign-field-asset-kind = Type
campaign-field-value = Address or designation
campaign-field-value-hint = For example https://test.vendor.example/forms
campaign-field-note = Remark
campaign-field-account-product = Product
campaign-field-label = Label
campaign-field-label-hint = To recognise the invitation in the list, without anybody’s name.
campaign-field-label-account = Label of the account
campaign-field-label-account-hint = For example “agent 1”. Never the password.
campaign-field-secret = User name and password
campaign-field-secret-hint = Sealed once saved; you will not be able to read them again.
campaign-field-part = Part
campaign-field-organisation = For which organisation
campaign-field-organisation-hint = One of the campaign’s parties.
campaign-field-email = E-mail address
campaign-field-email-hint = Without an address, the link is shown once and you hand it over yourself.
campaign-field-sure = Remove from the campaign
campaign-field-reason = Reason
campaign-field-reason-hint = It enters the journal.
campaign-field-count = Number of codes
campaign-field-code = Code
campaign-field-code-hint = Twenty letters and digits, printed on your school’s sheet. Dashes and case do not count.
campaign-field-text = Text of the rules
campaign-field-text-hint = In Markdown. Each hunter accepts it before seeing anything of the target.
campaign-field-accepted = I have read these rules and undertake to respect them
campaign-default-prohibitions = Denial of service and load tests
    Social engineering and phishing
    Physical access
    Reading, copying or changing real data beyond the proof
    Moving on to systems other than the target
campaign-default-rules = # Rules of engagement
    
    - I only test what is in scope, within the announced period, with the account I was given.
    - I stop as soon as the flaw is proven: I read, copy and change no real data.
    - I do no denial of service, no social engineering, no phishing.
    - I report what I find here and nowhere else; I tell nobody before publication.
    - If I am asked to stop, I stop at once.

campaign-parties-title = Parties and products
campaign-parties-heading = The parties
campaign-parties-empty = No party yet
campaign-parties-empty-text = Add the school, the beneficiary authorities, the operator and the vendor.
campaign-parties-count = { $n ->
    [one] { $n } party
   *[other] { $n } parties
}
campaign-column-name = Campaign
campaign-column-programme = Programme
campaign-column-state = State
campaign-column-opens = Opens
campaign-column-closes = Closes
campaign-column-organisation = Organisation
campaign-column-part = Part
campaign-column-commitment = Commitment
campaign-column-action = Action
campaign-column-product = Product
campaign-column-version = Version
campaign-column-vendor = Vendor
campaign-column-owners = Owners
campaign-column-hosts = Hosts
campaign-column-asset = Asset
campaign-column-inside = Scope
campaign-column-asset-kind = Type
campaign-column-account = Account
campaign-column-handed = Handed to
campaign-column-person = Person
campaign-column-since = Since
campaign-column-standing = Standing
campaign-column-number = Number
campaign-column-code = Code
campaign-column-given-to = Given to
campaign-committed = Committed
campaign-not-committed = commitment awaited
campaign-committed-on = on { $date }
campaign-proposed = Confirmed candidates of the call
campaign-proposed-hint = They obtained a place and confirmed it.
campaign-proposed-add = Add these beneficiaries
campaign-party-add-heading = Add a party
campaign-party-add = Add this party
campaign-products-heading = The tested products
campaign-products-intro = For each product, say who owns and who hosts the test environment. The vendor is added to the parties.
campaign-products-empty = No product yet
campaign-products-empty-text = Choose a product of the catalogue below.
campaign-products-count = { $n ->
    [one] { $n } product
   *[other] { $n } products
}
campaign-product-add-heading = Add a product, or change it
campaign-product-add = Save this product
campaign-vendor-itself = The product’s vendor

campaign-scope-title = Scope, target and accounts
campaign-scope-readers = Read by the organiser and the pilots; each reading enters the journal
campaign-target-heading = Where the target is
campaign-target-missing = No address is set
campaign-target-set = Address set
campaign-target-readers = Read by hunters who accepted the rules; each reading enters the journal
campaign-target-save = Save the address
campaign-assets-heading = What may and may not be tested
campaign-assets-empty = The scope is empty
campaign-assets-empty-text = Add at least one asset to test for each product.
campaign-assets-count = { $n ->
    [one] { $n } asset
   *[other] { $n } assets
}
campaign-inside = In scope
campaign-outside = Out of scope
campaign-asset-add-heading = Add an asset
campaign-asset-add = Add to the scope
campaign-asset-products-first = Choose the tested products first.
campaign-accounts-heading = Test accounts
campaign-accounts-intro = Accounts are handed out one by one. Nobody but the hunter who takes one can read it.
campaign-accounts-empty = No account
campaign-accounts-empty-text = Add as many as there are hunters, if the target needs them.
campaign-accounts-count = { $n ->
    [one] { $n } account
   *[other] { $n } accounts
}
campaign-account-free = Free
campaign-account-add-heading = Add an account
campaign-account-add = Seal this account
campaign-account-own = Your account “{ $label }” for { $product }
campaign-account-take = Take a test account for { $product }

campaign-people-title = Participants
campaign-people-heading = Who takes part
campaign-people-empty = Nobody has joined the campaign yet
campaign-people-empty-text = Invite pilots, verifiers or hunters; a school enrols its own by codes.
campaign-people-count = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
campaign-person-suspended = Suspended
campaign-person-accepted = Rules accepted
campaign-person-not-accepted = Rules to accept
campaign-person-actions = Suspend or withdraw
campaign-person-suspend = Suspend
campaign-person-resume = Lift the suspension
campaign-person-withdraw-sure = To remove { $who }: I know that it cannot be undone
campaign-person-withdraw = Withdraw from the campaign
campaign-invite-heading = Invite somebody
campaign-invite-intro = The person receives a link that works once.
campaign-invite = Send the invitation
campaign-invited-link = Invitation ready. This link is shown once and works once: copy it before you leave this page. If it is lost, make the invitation again below.
campaign-invited-link-label = Link to hand over

campaign-codes-title = Enrolment codes
campaign-codes-make-heading = Prepare a sheet of codes
campaign-codes-make-text = One code for each student. The sheet is shown once: print it at once.
campaign-codes-make = Prepare the codes
campaign-codes-waiting-heading = Codes waiting
campaign-codes-waiting = { $n ->
    [one] { $n } code has not been used yet.
   *[other] { $n } codes have not been used yet.
}
campaign-codes-end = Cancel the unused codes
campaign-codes-link = Manage enrolment codes
campaign-joined-heading = Who has joined
campaign-joined-empty = Nobody has used a code yet
campaign-joined-empty-text = Prepare a sheet of codes and hand it out.
campaign-sheet-title = Sheet of codes
campaign-sheet-once = This sheet will not be shown again. Print it now, and give each code to one person only.
campaign-sheet-again = Sheet lost? Cancel the unused codes and make another one
campaign-sheet-step-open = Open
campaign-sheet-step-code = Type your code.
campaign-sheet-step-pseudonym = Choose a pseudonym and a password. The e-mail address is optional.
campaign-sheet-until = These codes work once, until { $date }.
campaign-sheet-count = { $n ->
    [one] { $n } code
   *[other] { $n } codes
}
campaign-join-title = Join a campaign
campaign-join-text = Your school gave you a code. It works once.

campaign-rules-title = Rules of engagement
campaign-rules-action = Rules of engagement
campaign-rules-intro = A new version applies to running campaigns: each hunter must accept it before seeing the target again.
campaign-rules-write = Publish this version
campaign-rules-versions = Versions
campaign-rules-none = No version
campaign-rules-none-text = The text proposed above is a starting point.
campaign-rules-version = Version { $version }, { $date }
campaign-rules-read = Read the rules again (version { $version })
campaign-rules-accept = Accept the rules

campaign-write-report = Write a report
campaign-move-plan = Announce to the parties
campaign-move-suspend = Suspend the campaign
campaign-move-resume = Resume the campaign
campaign-move-close = Close the campaign
campaign-move-archive = Archive
campaign-move-cancel = Cancel the campaign
campaign-suspend-heading = Stop everything
campaign-resume-heading = Resume
campaign-cancel-heading = Cancel this campaign
campaign-request = Ask for the authorisations
campaign-suspended-text = The campaign is suspended. Nothing must be tested any more.
campaign-commit-heading = { $part ->
    [school] Commit your organisation as school
    [beneficiary] Commit your organisation as beneficiary
    [operator] Commit your organisation as operator
    [vendor] Commit your organisation as vendor
    [pilot] Commit your organisation as pilot
    [host] Commit your organisation as host
    [organiser] Commit your organisation as associated organiser
   *[other] Commit your organisation
}
campaign-commit-text = The commitment of { $organisation } is expected before this campaign opens.
campaign-commit-window = The campaign runs from { $from } to { $until }.
campaign-commit-duty = What your organisation commits itself to
campaign-duty-school = Choose the students who test, guide them all through the campaign and have the rules of engagement kept.
campaign-duty-beneficiary = Let the applications named in the scope be tested, say whom to call, and correct or protect its own installation once a vulnerability is established.
campaign-duty-operator = Keep the targets away from production, verify every report that comes in and stop everything when asked.
campaign-duty-vendor = Read verified reports, answer them, correct the gravest first, and announce every fixed version.
campaign-duty-pilot = Prepare the scope, follow reports and present the results for the others, without verifying or paying.
campaign-duty-host = Let the hosted systems that are in scope be tested, say whom to call, and give notice of any disturbance.
campaign-duty-observer = Follow the campaign without changing anything.
campaign-duty-organiser = Prepare and follow the campaign with the organiser, and account for it.
campaign-commit-meaning = The commitment is dated, bears your name and stays in the campaign’s history. Leave to test is signed apart.
campaign-commit = { $part ->
    [school] Commit as school
    [beneficiary] Commit as beneficiary
    [operator] Commit as operator
    [vendor] Commit as vendor
    [pilot] Commit as pilot
    [host] Commit as host
    [organiser] Commit as associated organiser
   *[other] Commit the organisation
}
campaign-missing-heading = { $n ->
    [one] { $n } thing is missing
   *[other] { $n } things are missing
}
campaign-waits-signatures = { $n ->
    [one] Every authorisation is asked for. One signature is waited for.
   *[other] Every authorisation is asked for. { $n } signatures are waited for.
}
campaign-missing-products = Choose at least one product to test
campaign-missing-window = Correct the period: it is empty or over
campaign-missing-rules = Write the rules of engagement
campaign-missing-scope = Define the scope of { $name }
campaign-missing-signer = Name for { $name }: { $detail }
campaign-missing-party = Add a party: { $detail }
campaign-missing-commitment = { $name } has to commit itself ({ $detail }): one of its officers does so from their desk
campaign-missing-authorisation = The leave of { $name } is to be asked for ({ $detail })
campaign-missing-signature = { $name } has to sign its leave ({ $detail }): it waits on its signatory’s desk
campaign-missing-signatory = { $name } has to sign its leave ({ $detail }), but has no signatory yet: invite one, or have one invited
campaign-missing-authorisation-too-short = The authorisation of { $name } ends before the closing ({ $detail })
campaign-all-there = Everything is ready
campaign-all-there-text = The campaign will open by itself on { $date }.
campaign-prepare-heading = Prepare
campaign-edit-link = Name, period, prohibitions
campaign-parties-link = Parties and products
campaign-scope-link = Scope, target and accounts
campaign-people-link = Participants
campaign-hunter-heading = What you may test
campaign-hunter-suspended = Your access is suspended. Ask your school or the organiser.
campaign-hunter-rules-first = Before seeing the target, read and accept the rules of engagement (version { $version }).
campaign-hunter-no-rules = The rules of engagement are not written yet. You will be told.
campaign-window-text = From { $from } to { $until }.
campaign-denied-not-a-participant = You do not take part in this campaign.
campaign-denied-person-suspended = Your access is suspended.
campaign-denied-campaign-suspended = The campaign is suspended. The target will appear again when it resumes.
campaign-denied-campaign-not-open = The campaign is not open yet. The target will appear here when it opens.
campaign-denied-outside-window = The target is only shown within the period of the test.
campaign-denied-not-authorised = An authorisation is missing. The target will appear here once all are signed.
campaign-denied-rules-not-accepted = Accept the rules of engagement first.
campaign-denied-consent-missing = Your guardian’s consent is still missing.
campaign-drafts-heading = Your drafts
campaign-drafts-late = The test window has closed. A draft begun before can still be completed and submitted, until the campaign is closed.
campaign-own-heading = Your tested applications
campaign-own-confirmed = Installation confirmed
campaign-own-declared = Installation declared
campaign-facts-heading = Facts
campaign-fact-programme = Programme
campaign-fact-owner = Organiser
campaign-fact-products = Products
campaign-products-hidden = Shown once the rules are accepted
campaign-fact-hunters = Hunters
campaign-fact-restitution = Restitution shared

campaign-event-opened-as-draft = Campaign prepared
campaign-event-edited = Campaign edited
campaign-event-recordings-destroyed = Recordings destroyed, their delay being over
campaign-fact-recordings = Recordings
campaign-recordings-until = Destroyed on { $date }
campaign-recordings-destroyed = Destroyed on { $date }, as announced
campaign-recorded-text = Everything that you send to the targets through the gateway is recorded and sealed. These recordings are destroyed on { $date }, once their delay after the end of the campaign is over; what you attach to a report stays with it.
campaign-field-recording-days = Days after the end for which recordings are kept
campaign-field-recording-days-hint = After that, what passed the gateway is destroyed; evidence attached to reports stays. Participants see the date before they accept the rules.
campaign-error-recording-days = Give a number of days between 1 and { $detail }.
campaign-event-parties-added = Parties added
campaign-event-party-removed = Party removed
campaign-event-committed = An organisation committed itself
campaign-event-product-set = Product added or changed
campaign-event-product-removed = Product removed
campaign-event-scope-added = Scope completed
campaign-event-scope-removed = Scope reduced
campaign-event-target-set = Address of the target saved
campaign-event-target-declared = Target of the gateway declared
campaign-event-target-removed = Target of the gateway taken out
campaign-event-target-stopped = Target stopped
campaign-event-target-resumed = Target open again
campaign-event-corrected-declared = Corrected version declared for retests
campaign-event-corrected-accepted = Corrected version accepted by the vendor
campaign-event-corrected-refused = Corrected version refused by the vendor
campaign-event-corrected-recorded = Vendor’s agreement noted for a corrected version
campaign-event-corrected-removed = Corrected version taken away
campaign-event-corrected-ended = Corrected version taken away with the campaign
campaign-event-lease-taken = Access to a target taken
campaign-event-lease-renewed = Access to a target renewed
campaign-event-lease-ended = Access to a target closed
campaign-event-certificate-registered = Certificate registered for an access
campaign-event-certificate-ended = Certificate of an access taken back
campaign-event-recorder-closed = Recording closed
campaign-event-recorder-opened = Recording open again
campaign-event-instance-wanted = Instance of a target asked for
campaign-event-instance-started = Instance of a target runs
campaign-event-instance-failed = Instance of a target failed
campaign-event-instance-reset = Reset of a target asked for
campaign-event-instance-leaves = Destruction of an instance asked for
campaign-event-instance-destroyed = Instance of a target destroyed
campaign-event-snapshot-wanted = State of a target to be kept
campaign-event-snapshot-kept = State of a target kept
campaign-event-snapshot-failed = State of a target not kept
campaign-event-snapshot-leaves = State of a target to be destroyed
campaign-event-snapshot-destroyed = State of a target destroyed
campaign-event-seed-kept = Archive of initial data sent
campaign-event-seed-removed = Archive of initial data taken away
campaign-event-texts-ended = The authorisations asked for ended: their text no longer fitted
campaign-event-account-added = Test account added
campaign-event-account-removed = Test account removed
campaign-event-account-handed = Test account handed out
campaign-event-invited = Invitation sent
campaign-event-joined = A person joined the campaign
campaign-event-codes-made = Enrolment codes prepared
campaign-event-codes-ended = Unused codes cancelled
campaign-event-person-suspended = A person was suspended
campaign-event-person-resumed = The suspension of a person was lifted
campaign-event-person-withdrawn = A person was withdrawn
campaign-event-rules-changed = New version of the rules of engagement
campaign-event-rules-accepted = Rules of engagement accepted
campaign-event-authorisations-requested = Authorisations asked for
campaign-event-authorisation-signed = Authorisation signed
campaign-event-authorisation-revoked = Authorisation revoked
campaign-event-planned = Campaign announced to its parties
campaign-event-ready = Everything is there: the campaign is ready
campaign-event-fell-back = Something is missing again: the campaign is no longer ready
campaign-event-opened = The campaign opened
campaign-event-suspended = Campaign suspended
campaign-event-suspended-unauthorised = Campaign suspended: an authorisation ended
campaign-event-suspended-revoked = Campaign suspended: an authorisation was revoked
campaign-event-suspended-scope = Campaign suspended: its scope has changed
campaign-event-resumed = Campaign resumed
campaign-event-window-ended = The period of the test is over
campaign-event-closed = Campaign closed
campaign-event-archived = Campaign archived
campaign-event-cancelled = Campaign cancelled

campaign-desk-commit = { $part ->
    [school] Commit your organisation to the campaign as school
    [beneficiary] Commit your organisation to the campaign as beneficiary
    [operator] Commit your organisation to the campaign as operator
    [vendor] Commit your organisation to the campaign as vendor
    [pilot] Commit your organisation to the campaign as pilot
    [host] Commit your organisation to the campaign as host
    [organiser] Commit your organisation to the campaign as associated organiser
   *[other] Commit your organisation to the campaign
}
campaign-desk-commit-action = Read and commit
campaign-desk-draft = Finish preparing the campaign
campaign-desk-draft-action = Continue
campaign-desk-missing = { $n ->
    [one] { $n } thing is missing before the opening
   *[other] { $n } things are missing before the opening
}
campaign-desk-missing-action = See who is missing
campaign-desk-scope = { $n ->
    [one] The scope of { $n } product is still to be set
   *[other] The scope of { $n } products is still to be set
}
campaign-desk-scope-action = Complete the scope
campaign-desk-suspended = The campaign is suspended
campaign-desk-suspended-action = Decide what follows
campaign-desk-read-action = Read why
campaign-desk-verifying = Close the campaign once the last report is settled
campaign-desk-verifying-action = See the campaign
campaign-desk-rules = Accept the rules of engagement
campaign-desk-rules-action = Read the rules
campaign-desk-hunt = The campaign is open
campaign-desk-hunt-action = See the target
campaign-desk-codes = Hand the enrolment codes to your students
campaign-desk-codes-action = Prepare the codes

flash-campaign-opened = The campaign is created. Now choose its parties and products.
flash-campaign-moved = Done.
flash-campaign-committed = Your organisation is committed.
flash-campaign-rules-accepted = You have accepted the rules of engagement.
flash-campaign-rules-written = The new version is published.
flash-campaign-account-taken = This account is yours alone.
flash-campaign-requested = The authorisations are asked for. Each signatory is told.
flash-campaign-invited = The invitation is on its way.
flash-campaign-codes-ended = The unused codes no longer work.
error-campaign-begun = The campaign has begun: what was agreed no longer changes.
error-campaign-over = The test window has closed or the campaign was cancelled: this no longer serves.
error-campaign-plan-missing = A product, a party, an owner, a host or a period to come is still missing.
error-campaign-not-authorised = An authorisation is missing. Ask for it and have it signed before resuming.
error-campaign-party-needed = This party makes or hosts a tested product. Remove the product first.
error-target-closed = The target cannot be reached now.
error-account-already = You already have an account for this product.
error-account-none-left = No free account is left. Tell the organiser.
error-rules-none = No rules of engagement are written.
error-rules-tick = Tick the box to accept the rules.
error-rules-newer = A newer version of the rules has just appeared. Read them again.
error-codes-count = Give a number of codes between 1 and 500.
error-code-unknown = This code is unknown, already used or no longer valid. Check each character.
error-pseudonym-known = This pseudonym is taken. Choose another one.
error-pseudonym-address = A pseudonym has no @ in it.
error-not-a-url = The address begins with https:// or http://

mail-campaign-planned-subject = { $campaign }: your commitment is awaited
mail-campaign-planned-text = The campaign “{ $campaign }” is announced. Your organisation takes part: commit it before the opening.
    { $link }
mail-campaign-corrected-asked-subject = { $campaign }: a corrected version awaits your agreement
mail-campaign-corrected-asked-text = A corrected version of one of your products is to be hosted for the retests of “{ $campaign }”. Say from your desk whether you accept it: until then nothing is sent to it.
    { $link }
mail-campaign-corrected-answered-subject = { $campaign }: the vendor answered about a corrected version
mail-campaign-corrected-answered-text = The vendor answered about a corrected version of “{ $campaign }”. Its answer is read with the campaign’s targets.
    { $link }
mail-campaign-opened-subject = { $campaign }: the campaign is open
mail-campaign-opened-text = The period of “{ $campaign }” has begun.
    { $link }
mail-campaign-not-opened-subject = { $campaign }: the campaign could not open
mail-campaign-not-opened-text = The hour of opening of “{ $campaign }” has passed, but an authorisation is missing.
    { $link }
mail-campaign-suspended-subject = { $campaign }: the campaign is suspended
mail-campaign-suspended-text = “{ $campaign }” is suspended. Nothing must be tested until it resumes.
    { $link }
mail-campaign-cancelled-subject = { $campaign }: the campaign is cancelled
mail-campaign-cancelled-text = “{ $campaign }” is cancelled by those who organise it. Nothing will be tested.
    { $link }
mail-campaign-resumed-subject = { $campaign }: the campaign resumes
mail-campaign-resumed-text = “{ $campaign }” resumes.
    { $link }
mail-campaign-window-ended-subject = { $campaign }: the period of the test is over
mail-campaign-window-ended-text = The period of “{ $campaign }” is over. The last reports are being verified.
    { $link }
mail-campaign-you-suspended-subject = { $campaign }: your access is suspended
mail-campaign-you-suspended-text = Your access to “{ $campaign }” is suspended. Stop all tests and ask your school or the organiser.
    { $link }
mail-campaign-you-resumed-subject = { $campaign }: your access is restored
mail-campaign-you-resumed-text = Your access to “{ $campaign }” is restored.
    { $link }
mail-authorisation-requested-subject = { $campaign }: your authorisation is asked for
mail-authorisation-requested-text = An authorisation to test is asked of you for “{ $campaign }”. Read and sign it from your desk.
    { $link }
mail-authorisation-revoked-subject = { $campaign }: an authorisation was revoked
mail-authorisation-revoked-text = An authorisation of “{ $campaign }” has just been revoked. The campaign cannot open without it.
    { $link }
campaign-missing-reason = Write why { $name } is tested once more
campaign-duplicate-known = What is known of its tests
campaign-duplicate-heading = Why one more test?
campaign-duplicate-text = This product was tested in the last twelve months, is being tested or is going to be. Better join that test; if another one is needed, write why. The campaign cannot be announced without it.
campaign-duplicate-none = Nothing points to another test: there is nothing to explain.
campaign-duplicate-submit = Save the reason
campaign-duplicate-why = Why { $name } is tested once more
campaign-field-duplicate-reason = Reason
campaign-field-duplicate-reason-hint = It is read by everybody who sees the campaign. Write nothing of a vulnerability here.
campaign-event-duplicate-explained = Reason for one more test
flash-campaign-duplicate = The product is added. It was tested already, or is going to be: write why to test it again.
campaign-joins-heading = Organisations that join the campaign
campaign-joins-text = Who runs the product shares this test instead of making one more: they follow the campaign, without reaching the target.
campaign-join-waits = { $organisation } has been asking to join the campaign since { $date }.
campaign-join-accept = Accept
campaign-join-decline = Decline
campaign-leave = { $organisation } takes part in the campaign no more
campaign-join-withdraw = Take back the request of { $organisation }
campaign-joins-more = { $n ->
    [one] And one other organisation.
   *[other] And { $n } other organisations.
}
campaign-event-organisation-joined = An organisation joined the campaign
campaign-event-join-asked = An organisation asks to join the campaign
campaign-event-join-declined = Request to join declined
campaign-event-organisation-left = An organisation takes part no more
campaign-desk-joins = { $n ->
    [one] An organisation asks to join the campaign
   *[other] { $n } organisations ask to join the campaign
 }
campaign-desk-joins-action = Answer
error-campaign-joined = Your organisation takes part in this campaign already, or has asked to.
flash-campaign-joined = Your organisation has joined the campaign.
flash-campaign-join-asked = The request is sent to the campaign’s organiser.
flash-campaign-left = Your organisation takes part in the campaign no more.
flash-campaign-join-withdrawn = The request to join the campaign is taken back.
error-campaign-join-left = This organisation no longer runs anything that the campaign tests: it cannot join. Decline its request.
mail-campaign-joined-subject = { $campaign }: an organisation joined the campaign
mail-campaign-joined-text = An organisation that runs what “{ $campaign }” tests has joined the campaign.
    { $link }
mail-campaign-join-asked-subject = { $campaign }: an organisation asks to join the campaign
mail-campaign-join-asked-text = An organisation that runs what “{ $campaign }” tests asks to join it. It waits for your answer.
    { $link }
mail-campaign-join-accepted-subject = { $campaign }: your request is accepted
mail-campaign-join-accepted-text = The organiser of “{ $campaign }” has accepted that your organisation joins the campaign. Its page opens here.
    { $link }
mail-campaign-join-declined-subject = { $campaign }: your request is declined
mail-campaign-join-declined-text = The organiser of “{ $campaign }” has declined that your organisation joins the campaign. What can be known of it is on the programme’s page; its review will be yours to read once it is published.
    { $link }
campaign-order-opens = Opening, latest first
campaign-order-opens-first = Opening, earliest first
campaign-order-closes = Closing, latest first
campaign-order-closes-first = Closing, earliest first
campaign-order-name = Name, A to Z
campaign-order-name-last = Name, Z to A
campaign-order-programme = Programme, A to Z
campaign-order-programme-last = Programme, Z to A
