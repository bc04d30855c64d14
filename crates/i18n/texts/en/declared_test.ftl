## Tests made elsewhere, that organisations declare

declared-list-title = Declared tests
declared-list-lead = The tests that the organisation had made elsewhere, or intends. Others see that a product was tested already, and do not make one more.
declared-caption = Declared tests, the most recent first
declared-empty = No declared test
declared-empty-text = Did you have a product tested, or do you intend to? Declare it: this is how the same product is not tested eighteen times.
declared-more = Next tests
declared-with-report = with its report
declared-declare-action = Declare a test
declared-declare-title = Declare a test
declared-declare-for = Declare a test of { $organisation }
declared-choose-lead = Which product was tested, or will be?
declared-test-title = The test
declared-submit = Declare this test
declared-kicker = Declared test, { $organisation }
declared-facts = In short
declared-findings = What this test found is imported into a campaign that tests the product, from the campaign’s page.
declared-correct-title = Correct
declared-field-kind = Method
declared-field-product = Product
declared-field-version = Version
declared-field-from = First day
declared-field-from-hint = A day to come declares an intended test.
declared-field-until = Last day
declared-field-cost = Cost
declared-field-cost-hint = In euros, all taxes included. Read by the organisation and by the group to which it delegates its administration.
declared-field-report = Report
declared-field-report-hint = PDF, PNG or JPEG, 20 MB at most. Sealed, and read by your organisation alone.
declared-field-file = CSV file
declared-readers = The report is read by the organisation alone; the cost, also by the group to which it delegates its administration. Others read the product, the method and the month; your name appears only to those who may read what you run.
declared-report-theirs = A report is attached. The organisation alone reads it and may replace it.
declared-error-report-theirs = The organisation has attached a report already, which it alone reads and replaces. Save without a file, or ask it to replace the report.
declared-cost-unknown = Not said
declared-kind-pentest = Penetration test
declared-kind-bug-bounty = Bug bounty
declared-kind-code-review = Code review
declared-kind-configuration-review = Configuration review
declared-kind-red-team = Red team exercise
declared-kind-other = Other test
declared-withdraw-action = Withdraw this test
declared-withdraw-title = Withdraw this test?
declared-withdraw-meaning = It will count no more, and nobody will read it any more, nor will you. Withdraw it only if it did not take place or is declared twice.
declared-withdraw-submit = Withdraw the test
declared-event-declared = Test declared
declared-event-imported = Test declared by a file
declared-event-corrected = Test corrected
declared-event-withdrawn = Test withdrawn
declared-file-hint = { $n ->
    [one] One test at most, 2 MB. Nothing is declared before you have seen what the import will do.
   *[other] { $n } tests at most, 2 MB. Nothing is declared before you have seen what the import will do.
 }
declared-import-title = Import a file
declared-import-text = One line a test. Tests that are imported twice count once.
declared-import-template = Download an empty file to fill in
declared-import-columns = Columns of the file
declared-import-columns-needed = required, the name or readable address of the product, the method, and the first day (2026-03-15 or 15/03/2026).
declared-import-columns-other = optional, the last day, the version as its vendor writes it, and the cost in euros.
declared-import-columns-kind = penetration test, bug bounty, code review, configuration review, red team exercise, or other test.
declared-import-new = { $n ->
    [0] No new test.
    [one] One test will be declared.
   *[other] { $n } tests will be declared.
 }
declared-import-record = { $n ->
    [one] Declare this test
   *[other] Declare these { $n } tests
 }
declared-import-head = Expected first line: application, methode, debut, and if you like fin, version, cout. Read: { $found }
declared-import-product = The name of a product of the catalogue. Read: { $found }
declared-import-product-twice = Two products bear this name: write the readable address of one, such as guichet-clairval. Read: { $found }
declared-import-version = A version that the catalogue knows, or nothing. Read: { $found }
declared-import-kind = One of the methods of the list. Read: { $found }
declared-import-date = A day, such as 2026-03-15 or 15/03/2026. Read: { $found }
declared-import-cost = An amount in euros, such as 10000.50. Read: { $found }
declared-error-cost = Write an amount in euros, such as 10000.50.
declared-error-known = This test is declared already: same product, same method, same days.
declared-error-long = A test lasts a year at most. Declare each by itself.
declared-error-far = This day is more than twenty years away. Check the year.
declared-error-import = The file has changed or contains an error. Check it again.
flash-test-declared = The test is declared.
flash-tests-imported = The tests of the file are declared.
flash-test-withdrawn = The test is withdrawn.
declared-empty-other = The organisation’s security officers declare them here.
declared-import-caption = Tests that will be declared
