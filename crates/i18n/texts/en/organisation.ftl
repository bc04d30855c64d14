## Organisations: the directory, their people, the platform

organisation-directory-title = Directory of organisations
organisation-directory-lead = Authorities, schools, vendors, associations and operators known to this platform.
organisation-directory-count = { $n ->
    [0] No organisation
    [one] { $n } organisation
    [1001] More than 1,000 organisations
   *[other] { $n } organisations
}
organisation-directory-none = No organisation matches
organisation-directory-none-text = Check the spelling, or type only the beginning of a word.
organisation-directory-all = See the whole directory
organisation-filter-name = A word of the name, or its beginning
organisation-filter-any-kind = All
organisation-filter-within = Member of
organisation-pick-hint = The beginning of its name, or its SIREN
organisation-filter-action = Filter
organisation-kind-commune = Commune
organisation-kind-epci = Body of communes
organisation-kind-ept = Territorial public body
organisation-kind-departement = Département
organisation-kind-region = Région
organisation-kind-group = Group
organisation-kind-school = School
organisation-kind-vendor = Vendor
organisation-kind-association = Association
organisation-kind-operator = Operator
organisation-kind-state-agency = State agency
organisation-kind-company = Company
organisation-affiliation-territory = Territory
organisation-affiliation-member = Membership
organisation-affiliation-delegated = Delegated administration
organisation-field-kind = Kind
organisation-field-name = Name
organisation-field-name-hint = As the organisation writes it.
organisation-field-siren = SIREN
organisation-field-siren-hint = Nine digits, if known.
organisation-field-insee = INSEE code
organisation-field-insee-hint = For a commune, département or région. Example: 93048
organisation-field-successor = Replaced by
organisation-field-within = Organisation
organisation-field-affiliation-kind = Tie
organisation-field-affiliation-kind-hint = Delegated administration lets the other organisation invite people and confirm installations.
organisation-field-since = Since
organisation-field-person = Person
organisation-field-role = Role
organisation-field-reach = Reach
organisation-field-label = Mark
organisation-field-label-hint = To recognise the invitation in the list, without a person’s name. Example: deputy security officer.
organisation-field-email = E-mail address
organisation-field-email-hint = The invitation is sent there. Without an address, you hand the link over yourself.
organisation-field-made = Made on
organisation-field-until = Valid until
organisation-ended = No more
organisation-ended-since = since { $at }
organisation-fictional = Invented for the demonstration
organisation-facts = In short
organisation-affiliations-title = Affiliations
organisation-affiliations-caption = What the organisation belongs to
organisation-affiliations-empty = No affiliation is known.
organisation-affiliation-end = End
organisation-affiliation-end-one = End it
organisation-affiliate = Add an affiliation
organisation-affiliate-submit = Add the affiliation
organisation-members-title = { $n ->
    [one] { $n } member
   *[other] { $n } members
}
organisation-members-all = See all members in the directory
organisation-products-title = Products it makes
organisation-products-all = See all of its products
organisation-add-action = Add an organisation
organisation-add-title = Add an organisation
organisation-add-lead = Look in the directory first: an organisation is there only once.
organisation-add-submit = Add to the directory
organisation-people-action = People and invitations
organisation-people-title = People and invitations
organisation-roles-title = Who does what
organisation-roles-count = { $n ->
    [one] { $n } role
   *[other] { $n } roles
}
organisation-roles-empty = Nobody has a role yet
organisation-roles-empty-text = Make an invitation below and hand its link to the person.
organisation-role-end = End
organisation-role-end-one = End it
organisation-role-end-meaning = { $name } will at once lose the rights of this role.
organisation-role-end-submit = End this role
organisation-reach-organisation = The whole organisation
organisation-reach-programme = One programme
organisation-reach-campaign = One campaign
organisation-hunters = { $n ->
    [one] And { $n } hunter in campaigns.
   *[other] And { $n } hunters in campaigns.
}
organisation-invite-title = Invite somebody
organisation-invite-submit = Make the invitation
organisation-invited = The invitation is made.
organisation-invited-once = This link is shown once and works once: copy it before you leave this page, and hand it over by a safe way. If it is lost, withdraw this invitation below and make another one.
organisation-invited-link = Invitation link
organisation-invitations-title = Invitations
organisation-invitations-caption = Newest first
organisation-invitations-empty = No invitation was made.
organisation-invitation-waiting = Waiting
organisation-invitation-used = Used
organisation-invitation-withdrawn = Withdrawn
organisation-invitation-expired = Expired
organisation-invitation-withdraw = Withdrawal
organisation-invitation-withdraw-one = Withdraw
organisation-event-added = Organisation added
organisation-event-corrected = Name or codes corrected by the national list
organisation-event-ended = No more, by the national list
organisation-event-affiliated = Affiliation added
organisation-event-affiliation-ended = Affiliation ended
organisation-event-invited = Invitation made
organisation-event-invitation-withdrawn = Invitation withdrawn
organisation-event-role-taken-up = Role taken up
organisation-event-role-ended = Role ended
organisation-administration-title = Administration
organisation-administration-well = All is well
organisation-administration-attention = Needs a look
organisation-administration-since = set up on { $at }
organisation-administration-failed = { $n ->
    [one] { $n } job was given up after several tries. The cause is in the server’s technical log.
   *[other] { $n } jobs were given up after several tries. The cause is in the server’s technical log.
}
organisation-jobs = Jobs that fail
organisation-jobs-text = Each is tried again every hour until it succeeds; a mail is given up after some days. Once the cause is mended, have them tried again at once.
organisation-jobs-see = See these jobs
organisation-jobs-again = Try all again
organisation-jobs-caption = { $n ->
    [one] { $n } job that failed and is not done
   *[other] { $n } jobs that failed and are not done
}
organisation-job-what = Job
organisation-job-mail = Send a mail
organisation-job-clock = Keep a deadline or inform
organisation-job-trouble = Cause
organisation-job-trouble-relay-refused = The mail relay refuses (code { $code })
organisation-job-trouble-relay-unreachable = The mail relay does not answer
organisation-job-trouble-mail-unwritable = The recipient’s address cannot be read
organisation-job-trouble-mail-folder = The folder of mails cannot be written to
organisation-job-trouble-busy = The database was busy
organisation-job-trouble-not-found = What it is about is no longer there
organisation-job-trouble-refused = The state of what it is about no longer allows it
organisation-job-trouble-internal = Fault of the server: see its technical log
organisation-job-tries = Tries
organisation-job-since = Asked for on
organisation-job-next = Next try
organisation-job-given-up = Given up
organisation-job-again = Try again
flash-jobs-tried-again = The jobs are tried again at once.
organisation-administration-invite = Invite somebody
organisation-administration-invite-text = Find their organisation, then open “People and invitations” on its sheet.
organisation-administration-find = Find the organisation
organisation-administration-platform = Platform
organisation-administration-engine = Database
organisation-administration-url = Public address
organisation-administration-mail-folder = No mail relay is named: mail does not leave, it is written to the folder { $folder } of this server. Name a relay in the settings (“mail.relay”) so that it leaves.
organisation-administration-mail = Sender of mail
organisation-administration-administrators = Administrators
organisation-administration-version = Version of Beffroi
organisation-administration-logs = Sealed logs
organisation-administration-logs-caption = Size of the two logs
organisation-figure-organisations = Organisations
organisation-figure-jobs-waiting = Jobs waiting
organisation-figure-jobs-failed = Jobs given up
organisation-figure-mails-waiting = Mails waiting
organisation-figure-mails-failed = Mails given up
organisation-log-name = Log
organisation-log-public = Public
organisation-log-sealed = Sealed
organisation-log-size = Entries
organisation-log-waiting = To be numbered
organisation-log-signed = Last signature
error-siren = This SIREN is not valid: nine digits, one of them a check digit.
error-organisation-unknown = No such organisation bears this name or code: write the beginning of its name, or its SIREN.
error-organisation-several = Several bear this name; choose one: { $detail }
error-siren-known = This organisation is already in the directory: { $detail }.
error-insee = This INSEE code does not fit this kind of organisation.
error-insee-known = An organisation of this kind already has this code.
error-last-administrator = The platform must keep an administrator. Invite another one first.
flash-organisation-added = The organisation is in the directory. Now invite its first people.
flash-invitation-withdrawn = The invitation is withdrawn.
flash-role-ended = The role is ended.
