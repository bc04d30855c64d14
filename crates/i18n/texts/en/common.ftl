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
