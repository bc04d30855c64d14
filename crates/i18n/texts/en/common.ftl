## What every part uses

common-paris-time = { $time } (Paris time)
common-paris-and-utc = { $paris } (Paris time), { $utc } in universal time
common-paris-and-utc-day = { $paris } (Paris time), { $utc } in universal time ({ $day })
common-yes = Yes
common-no = No
common-save = Save
common-cancel = Cancel
common-back = Back
common-continue = Continue
common-home = Home
common-search = Search
common-none = None
common-history = History
common-system = The system
flash-saved = Saved.
common-notice-pedagogical = Teaching and awareness operation; it is not an audit (« Opération pédagogique et de sensibilisation, ne constitue pas un audit »).
severity-none = None
severity-low = Low
severity-medium = Medium
severity-high = High
severity-critical = Critical

import-look = Check the file
import-preview = What the import will do
import-known = { $n ->
    [0] { "" }
    [one] { $n } is recorded already and stays as it is.
   *[other] { $n } are recorded already and stay as they are.
 }
import-lines = See the lines
import-errors = { $n ->
    [one] One point is to be corrected. Nothing was recorded.
   *[other] { $n } points are to be corrected. Nothing was recorded.
 }
import-errors-title = Lines to correct
import-line = Line
import-expected = What is expected
import-unreadable = This line cannot be read as CSV. { $found }
import-too-many = The file has more than { $found } lines. Split it.
import-too-large = This file is too large: 2 MB at most.
common-list-separator = { "; " }
