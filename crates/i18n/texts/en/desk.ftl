## The desk

desk-title = My desk
desk-count = { $n ->
    [0] Nothing waits
    [one] One thing to do
   *[other] { $n } things to do
}
desk-before = before { $date }
desk-late = Late
desk-soon = Soon
desk-roles = My roles
desk-places = My lists
desk-no-role = You have no role yet. Open the invitation link that you received, or ask your organisation for one.
desk-more = More waits for you than is named here
desk-more-action = See the list
desk-empty-title = All is well
desk-empty-text = Nothing waits for you at the moment. A mail will tell you as soon as a step concerns you.
desk-empty-action = See the programmes and their calendars
desk-organisations-title = My organisations
desk-organisations-link = My organisations side by side
desk-organisations-lead = Each organisation for which you hold a role, what you are there and what waits for you there.
desk-organisations-empty = No organisation yet
desk-organisations-delegated = Delegate their administration to it
desk-organisations-more = What waits for you here is read with the rest on
