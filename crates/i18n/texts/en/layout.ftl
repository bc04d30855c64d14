## The frame of every page

layout-name = Beffroi
layout-skip = Skip to the content
layout-skip-search = Skip to the search
layout-search = Search
layout-search-field = Words to search for
layout-nav = Main navigation
layout-nav-desk = My desk
layout-nav-programmes = Programmes
layout-nav-catalogue = Register
layout-nav-journal = Public log
layout-nav-help = Help
layout-account = My account:
layout-account-roles = Your roles
layout-place-own-reports = My reports
layout-place-verification = Verification
layout-place-reports = Reports followed
layout-place-situations = What concerns { $organisation }
layout-place-vulnerabilities = Vulnerabilities
layout-place-vendor-desk = Vendor’s desk
layout-administration = Administration
layout-account-settings = Account and security
layout-sign-in = Sign in
layout-sign-out = Sign out
layout-demo = Demonstration. The persons in this story are invented.
layout-breadcrumb = You are here
layout-foot = About this site
layout-foot-directory = Directory of organisations
layout-foot-receipt = Check a receipt
layout-foot-accessibility = Accessibility statement
layout-foot-legal = Legal notice
layout-foot-licence = Free software, EUPL licence
layout-foot-request = Reference of this page:

## The few texts of the components

layout-colon = :
layout-optional = (optional)
layout-error-prefix = To correct:
layout-errors-title = A few things remain to complete
layout-errors-refused = Your request did not go through
layout-errors-kept = Nothing you entered is lost.
layout-errors-again-files = A file that you had chosen and that is not received yet has to be chosen again.
layout-errors-again-passwords = Only passwords have to be typed again.
layout-times-paris = Times are those of Paris.
layout-paris-time = Paris time
layout-file-kept = File already received:
layout-write = Write
layout-preview = Preview
layout-preview-failed = The preview is not available right now. Your text is kept.
layout-draft-restored = We brought back the draft kept in this browser.
layout-draft-discard = Erase this draft
layout-print = Print this page
layout-copy = Copy
layout-copied = Copied
layout-pager = Pages of the list
layout-pager-previous = Previous
layout-pager-next = Next
layout-notice-label = Notice of the programme
layout-demo-label = Demonstration
layout-nav-campaigns = Campaigns
layout-history-older = Earlier steps
layout-order = Order
layout-order-apply = Sort
layout-file-most = { $n ->
    [one] The file ends at { $n } line.
   *[other] The file ends at { $n } lines; narrow the filters if you need others.
 }
layout-file-cut = { $n ->
    [one] List cut at { $n } line.
   *[other] List cut at { $n } lines: there are more. Narrow the filters to get them.
 }
