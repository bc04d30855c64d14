## Results outside the platform

embedding-title = Show the results elsewhere
embedding-lead = Show the programme’s results on your own site, or follow them with your tools.
embedding-on-beffroi = See it on Beffroi
embedding-read-by = For members of the programme, read for: { $organisation }.
embedding-until = This access ends on { $date }.
embedding-public-title = What everybody may read
embedding-public-text = These addresses ask for nothing. The frame only shows on the sites that the organiser allows.
embedding-not-published = The programme is not published: these addresses do not answer yet.
embedding-copy-frame = To paste into a page of your site
embedding-copy-json = As JSON
embedding-copy-atom = As an Atom feed
embedding-copy-secret = The site’s secret
embedding-copy-sample = Example, in PHP
embedding-sites-title = Allowed sites
embedding-field-sites = Sites that may show the results
embedding-hint-sites = One a line, without a page: https://community.example. No other site can show them in a frame.
embedding-save-sites = Save the sites
embedding-error-site = This is not the address of a site: “{ $detail }”. Write https:// and a name, and nothing after it.
embedding-error-sites-too-many = { $detail } sites at most.
embedding-error-keys-too-many = Too many accesses are open for this programme. End those that serve no more.
embedding-error-days = This number of days is not possible.
embedding-site-key-title = Show members, on your site, what is for them
embedding-site-key-text = { $n ->
    [one] Your site knows which member is signed in. With its key it signs an access for them that lasts a minute at most. The key only serves while you are an organiser.
   *[other] Your site knows which member is signed in. With its key it signs an access for them that lasts { $n } minutes at most. The key only serves while you are an organiser.
 }
embedding-make-site-key = Make a site key
embedding-members-ids = Members’ identifiers
embedding-members-ids-caption = Members’ identifiers, for the accesses that your site signs
embedding-column-id = Identifier
embedding-link-title = Follow the results with your tools
embedding-link-text = This link opens what members read to whoever knows it: keep it like a password. It stops serving at its date, as soon as you end it, or as soon as your role or the membership ends.
embedding-field-organisation = For which organisation
embedding-field-days = Days it holds
embedding-hint-days = { $n ->
    [one] One day at most.
   *[other] { $n } days at most.
 }
embedding-make-link = Make a link
embedding-keys-title = Open accesses
embedding-keys-empty = No open access
embedding-keys-empty-text = Site keys and links appear here, and are ended from here.
embedding-keys-caption = { $n ->
    [one] { $n } open access
   *[other] { $n } open accesses
 }
embedding-column-kind = Access
embedding-column-made = Made
embedding-column-until = Until
embedding-key-site = Site key
embedding-key-member = Link of { $organisation }
embedding-end-key = End this access
flash-embedding-key-ended = The access has ended.
embedding-made-link = Your link is ready
embedding-made-key = The site’s key is ready
embedding-holds-until = Holds until { $date }
embedding-shown-once = This page is shown only once. Copy what it shows before you leave it.
embedding-sample-text = { $n ->
    [one] For each display your site writes an access in the name of the member who is signed in. It cannot end later than a minute from now.
   *[other] For each display your site writes an access in the name of the member who is signed in. It cannot end later than { $n } minutes from now.
 }
embedding-feed-public = { $name }: public advisories
embedding-feed-members = { $name }: results for members
embedding-feed-public-readers = Everybody may read it.
embedding-feed-members-readers = For members of the programme only.
