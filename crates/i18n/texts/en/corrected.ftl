# Corrected versions, hosted for retests.

corrected-title = Corrected versions
corrected-readers = Read by the organiser and the pilots
corrected-back = Back to the targets
corrected-intro = Hosted here for retests alone: each replay starts a clean, isolated copy, destroyed afterwards. No hunter is led there. Declaring one ends no signed authorisation.
corrected-empty = No corrected version
corrected-empty-text = When the vendor announces a fix, declare the corrected image: whoever retests will send the recorded requests to it. The campaign may be closed.
corrected-host-link = Host the corrected version for the retest
corrected-declare-link = Declare a corrected version
corrected-open-link = See or declare corrected versions
corrected-count = { $n ->
    [one] { $n } corrected version
   *[other] { $n } corrected versions
}
corrected-column-version = Version
corrected-column-state = Vendor’s agreement
corrected-column-declared = Declared
corrected-column-campaign = Campaign
corrected-vendor = Vendor
corrected-state-asked = Awaits the vendor’s agreement
corrected-state-accepted = Accepted by the vendor
corrected-state-recorded = Agreement noted by the organiser
corrected-state-refused = Refused by the vendor
corrected-state-ended = Taken away
corrected-said-by = By { $name }, on { $date }
corrected-asked-at = Asked on { $date }
corrected-next-asked = “{ $vendor }” is told: somebody who answers for it accepts or refuses from their desk. Until then no replay is sent to this version.
corrected-next-nobody = “{ $vendor }” has nobody here who could answer. The organiser writes down on what its agreement rests; until then no replay is sent to this version.
corrected-next-refused-before = “{ $vendor }” refused this very version before it was taken away, and has nobody here any more who could answer: no agreement is written down in its place. Take it away and declare another one, to which the vendor agrees.
corrected-next-holds = The retests of this product’s flaws offer it.
corrected-next-refused = No replay is sent to it. Talk with the vendor: it can still accept it, or take it away and declare the one that it accepts.
corrected-next-gone = No copy of it is left: the campaign’s journal keeps the certificate of destruction of each.
corrected-next-going = { $n ->
    [one] { $n } copy is being destroyed.
   *[other] { $n } copies are being destroyed.
}
corrected-basis-hint = For example “The vendor’s letter of 3 March, received by the IT department”. What is written is sealed and journaled.
corrected-record = Note the agreement for “{ $name }”
corrected-remove = Take “{ $name }” away
corrected-declare-heading = Declare a corrected version
corrected-declare-intro = By declaring it you accept for the organiser that it is hosted here; the vendor is asked to say the same.
corrected-declare-tested = The form begins with the tested target: change the image and the version.
corrected-declare = Declare this version
corrected-field-name = Name of the corrected version
corrected-field-name-hint = What those who retest read, for example “Family portal, corrected”.
corrected-field-public-host-hint = The name that the application puts in its links, usually that of the tested target.
corrected-field-recipe-hint = A TOML text that names each image by its digest, with the corrected version. An address elsewhere takes signatures: declare it as a target.
corrected-refusal-elsewhere = A corrected version is hosted here.
corrected-refusal-not-begun = A corrected version is declared from the campaign’s opening on.
corrected-refusal-over = The campaign is archived or cancelled: nothing is retested there any more.
corrected-refusal-not-kept = The campaign’s recordings are kept no more: no version is hosted for it any more. Retest by hand.
corrected-error-elsewhere = A corrected version is hosted here. An address elsewhere is somebody’s system: it is declared as a target, and signed for.
corrected-error-not-begun = The campaign is not open: declare a target, those who sign will read it.
corrected-error-over = The campaign is archived or cancelled: nothing is retested there any more.
corrected-error-refused = The vendor refused this very version: no agreement is written down in its place. Declare another one.
corrected-error-not-kept = The campaign’s recordings are kept no more: no version is hosted for it any more.
corrected-error-many = This campaign already has all the corrected versions that it can have. Take one away.
corrected-error-same = This recipe is that of a version that is already hosted here. Change the image and the version.
corrected-error-gone = This corrected version was taken away.
corrected-error-answered = Somebody of yours answered meanwhile: here is what was said. Your answer is not kept.
corrected-error-vendor-answers = The vendor has somebody here: it is theirs to answer.
corrected-answer-title = Corrected version to host
corrected-answer-readers = Read by those who answer for the vendor, the organiser and the pilots
corrected-answer-lead = Whoever runs the campaign wants to host this version of your product, so that retests replay the recorded requests on it. It runs isolated, without access to any other system; each copy is destroyed after its replay, and everything goes with the campaign’s recordings at the latest. Without your agreement no replay is sent to it.
corrected-answer-gone = This version was taken away: no replay is sent to it any more, and its copies are destroyed.
corrected-answer-recipe = Recipe: images, services, resources
corrected-answer-heading = Your answer
corrected-accept = Accept that it is hosted
corrected-refuse-heading = Refuse, with a reason
corrected-refuse-agreed = Take the agreement back, with a reason
corrected-refuse = Refuse
corrected-field-reason = Why you refuse
corrected-field-reason-hint = The organiser and the pilots read it.
corrected-typed = What you had written, which is not kept
corrected-vendor-text = What campaigns host, or hosted, to retest your products. You can take your agreement back.
corrected-desk-answer = Say whether you accept that the corrected version of “{ $product }” is hosted
corrected-desk-answer-action = Answer
