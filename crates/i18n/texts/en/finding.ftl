## Findings of tests made elsewhere

finding-list-title = Findings of an earlier test
finding-list-lead = What a test made elsewhere found about the applications of this campaign. Each finding awaits a verifier’s decision before it becomes a vulnerability.
finding-list-caption = Imported findings
finding-list-empty = No finding imported
finding-list-empty-text = You have the report of an earlier test? Prepare a CSV file with one finding per line, then import it below.
finding-list-empty-other = The organiser or a pilot can import here what an earlier test found.
finding-list-more = Next findings
finding-number = no. { $number }
finding-not-rated = not given
finding-readers = Read by the organiser, the pilots and the verifiers of this campaign
finding-state-waiting = To be decided
finding-state-opened = Vulnerability opened
finding-state-joined = Known vulnerability
finding-state-refused = Not taken
finding-field-title = Finding
finding-field-product = Application
finding-field-claimed = Claimed severity
finding-field-state = State
finding-field-source = Test that found it
finding-field-file = CSV file
finding-field-imported = Imported
finding-field-decision = What becomes of this finding?
finding-field-vector = CVSS vector taken
finding-field-organisation = Organisation concerned
finding-field-vulnerability = Known vulnerability
finding-field-reason = Why
finding-source-hint = Who made it and when, for example “Penetration test 2025, Sablier”.
finding-file-hint = { $n ->
    [one] One finding at most, 2 MB. Nothing is imported before you have seen what the import will do.
   *[other] { $n } findings at most, 2 MB. Nothing is imported before you have seen what the import will do.
 }
finding-vector-hint = Needed to open a vulnerability. Starts with CVSS:4.0/ or CVSS:3.1/. Correct the one of the file where it does not fit.
finding-reason-hint = The organiser and the pilots read this reason.
finding-import-title = Import a file
finding-import-text = Findings that are imported twice are added once.
finding-import-columns = Columns of the file
finding-import-columns-needed = required, what the finding is called and what it is, without how it is exploited.
finding-import-columns-texts = optional, what organisations can do meanwhile, and how it is exploited.
finding-import-columns-rating = optional, the CVSS vector and the CWE number.
finding-import-columns-product = needed once the campaign tests several applications. Those of this campaign: { $products }.
finding-import-new = { $n ->
    [0] No new finding.
    [one] One finding will be imported.
   *[other] { $n } findings will be imported.
 }
finding-import-record = { $n ->
    [one] Import this finding
   *[other] Import these { $n } findings
 }
finding-import-head = First line expected: title, details, and if you like measures, exploit, vector, cwe, product. Read: { $found }
finding-import-title-missing = The column title is empty. { $found }
finding-import-details-missing = The column details is empty. { $found }
finding-import-long-title = A title has { $found } characters at most.
finding-import-long-details = Details have { $found } characters at most.
finding-import-long-measures = Measures have { $found } characters at most.
finding-import-long-exploit = The exploit has { $found } characters at most.
finding-import-vector = A whole vector that starts with CVSS:4.0/ or CVSS:3.1/. Read: { $found }
finding-import-cwe = A CWE number, such as CWE-79. Read: { $found }
finding-import-product = The name of an application of this campaign. Read: { $found }
finding-error-too-many = A campaign cannot hold so many findings. Keep the most severe ones.
finding-import-product-twice = Two applications of this campaign bear this name: write the readable address of one, such as guichet-clairval. Read: { $found }
finding-error-import = The file has changed or contains an error. Check it again.
finding-conflict = You do not decide this finding: you imported it, or you belong to the vendor of the application.
finding-decide = Decide
finding-decide-text = Check that the finding still holds on the application tested here.
finding-decide-submit = Record the decision
finding-decision-product = Open a vulnerability of the application
finding-decision-product-hint = It concerns everybody who runs it.
finding-decision-deployment = Open a vulnerability of one installation
finding-decision-deployment-hint = A wrong setting at one organisation: it alone is concerned.
finding-decision-join = Tell it under a known vulnerability
finding-decision-refuse = Do not take it
finding-decision-refuse-hint = It cannot be reproduced, it is fixed already, or it is no vulnerability.
finding-decided = Decision
finding-decided-by = { $name }, { $date }
finding-see-vulnerability = See vulnerability { $label }
finding-facts = In short
finding-imported-by = by { $name }, { $date }
finding-desk-waiting = { $n ->
    [one] An imported finding awaits your decision
   *[other] { $n } imported findings await your decision
 }
finding-desk-open = Open the findings
flash-finding-imported = The findings are imported. The verifiers are told.
flash-finding-taken = The decision is recorded: the finding has become this vulnerability.
flash-finding-refused = The decision is recorded: the finding is not taken.
campaign-event-findings-imported = Findings of an earlier test imported
campaign-event-finding-decided = Imported finding: decision of a verifier
campaign-event-finding-reconsidered = Imported finding: to be decided again
vulnerability-event-finding-joined = An imported finding joins it
mail-campaign-findings-subject = { $campaign }: imported findings await a decision
mail-campaign-findings-text = Findings of an earlier test were imported into “{ $campaign }”. Each awaits the decision of a verifier.
    { $link }
finding-alike-lead = Beffroi compares this finding with what you may read of the same product, across all campaigns. You judge.
finding-alike-finding = { $number }, { $campaign }, imported on { $date }
finding-alike-join = Tell it under vulnerability { $label }
