# Targets behind the gateway, hunters' access.

target-link = Targets of the gateway
target-back = Back to the campaign
target-list-title = Targets of the campaign
target-list-readers = Read by the organiser and the pilots. Hunters do not see the real address
target-no-gateway = This instance has no gateway: nobody can reach a target yet. Its administrator brings it into service with “gateway.domain” and “gateway.listen” in beffroi.toml.
target-list-heading = Targets
target-list-empty = No target behind the gateway
target-list-empty-text = Declare a test environment below: hunters will reach it by the gateway alone, which records their attempts as evidence.
target-stopped = Stopped
target-since = Since { $date }
target-fingerprint = Fingerprint
target-certified = No personal data
target-certified-by = Certified by { $name }, { $date }
target-all-methods = All
target-all-paths = All
target-stop = Stop “{ $name }”
target-resume = Open “{ $name }” again
target-remove = Take “{ $name }” out of the campaign
target-leases-heading = Open accesses
target-leases-empty = No access
target-leases-empty-text = Each hunter takes their own on the campaign’s page, once the rules are accepted.
target-leases-count = { $n ->
    [one] { $n } access
   *[other] { $n } accesses
}
target-column-who = Hunter
target-column-target = Target
target-column-label = Name of the access
target-column-since = Since
target-renewed = Secret renewed { $date }
target-lease-end = Cut
target-declare-heading = Declare a target
target-declare-intro = Where hunters test, apart from production. The gateway alone knows its address.
target-stop-heading = Stop this target or open it again
target-declare = Declare this target
target-field-product = Product
target-field-name = Name of the target
target-field-name-hint = What hunters read, for example “Staging of the family portal”.
target-field-url = Real address
target-field-url-hint = A whole host, for example https://staging.vendor.example or http://10.1.2.3:8080. Hunters do not see it.
target-field-public-host = Public name of the application
target-field-public-host-hint = The name that the application puts in its links. By default, that of the address.
target-field-methods = Allowed methods
target-field-methods-hint = For example GET POST. Empty: all.
target-field-paths = Allowed paths
target-field-paths-hint = One beginning of a path a line, for example /portal. Empty: all.
target-field-excluded = Excluded paths
target-field-excluded-hint = One beginning of a path a line; they stay closed whatever the others say.
target-field-certified = I certify that this target holds no real personal data.
target-field-reason = Reason
target-field-basis = On what the vendor’s agreement rests
target-error-scheme = The address begins with https:// or http://.
target-error-host = This is no host name: write for example staging.vendor.example, without blanks or accents.
target-error-port = The port is a number between 1 and 65535.
target-error-path = A target is a whole host: take out what follows the name and the port, and limit the paths below.
target-error-credentials = An address holds no name or password: give them as a test account.
target-error-method = Word no. { $detail } is no HTTP method: write for example GET POST PUT.
target-error-beginning = Line { $detail } is no beginning of a path: it begins with / and holds no blank, ? or #.
target-error-too-many = No more than 100 lines.
target-error-certified = Without this certification, the target is not declared.
target-error-targets = This campaign has all the targets that it can have. Take one out.
target-error-no-gateway = This instance has no gateway. Tell the organiser.
target-take = Take an access to “{ $name }”
target-renew = Renew my access to “{ $name }”
target-give-back = Give back my access to “{ $name }”
target-own-since = You have an access; its secret dates from { $date }. Lost? Renew it, the old one ends at once.
flash-target-given-back = Access given back: nothing passes by it any more.
target-access-title = Access to a target
target-access-readers = Read by you alone
target-shown-once = This secret is shown only once. Copy it now; if it is lost or becomes known, renew your access.
target-browser-heading = With a browser
target-browser-text = The gateway sets a cookie for this access alone, then shows the application.
target-browser-enter = Open the target
target-tools-heading = With your tools
target-copy-address = Address of the target for you
target-copy-credential = Secret of the access
target-copy-curl = Try it on the command line
target-basic-text = A tool that cannot add a header field identifies itself by “Basic”: user beffroi, password the secret above. The gateway takes both out before the target.
target-proxy-text = If your machine does not resolve this name, go through the HTTP proxy { $proxy }.
target-copy-proxy = Through the proxy
target-recorded-text = Everything that passes is recorded and sealed: it is your evidence. The verifier replays it, and you choose in it what goes with your reports.
target-recorded-until = The recording is destroyed on { $date }.
target-field-engine = Where it runs
target-engine-external = At the vendor’s or the host’s
target-engine-external-hint = A test environment that exists already, apart from production.
target-engine-container = Hosted here, in containers
target-engine-container-hint = The platform starts, isolates, resets and destroys it. The verifier replays on a clean copy.
target-field-recipe = Recipe
target-field-recipe-hint = Where it is hosted here: a TOML text that names each image by its digest, its ports, volumes, resources and health checks.
target-field-sharing = Where it is hosted here
target-sharing-shared = One instance for all hunters
target-sharing-own = One instance for each hunter
target-no-engine = This instance of Beffroi hosts no target: its administrator names an engine of containers with “hosting.socket”, or a Kubernetes cluster with “hosting.engine”, and “beffroi check” says what it lacks.
target-no-engine-demo = This demonstration hosts no target: when it starts, its console says what is missing. Most often, on Debian: install podman, iptables and nftables, start the service podman.socket, delete the demonstration’s folder and start it again as root.
target-error-no-engine = Nothing hosts targets here: declare an environment that exists, or tell the administrator.
target-error-public-host = Say under which name the application knows itself, for example portal.town.example.
target-start = Start “{ $name }”
target-instances-count = { $n ->
    [one] { $n } instance
   *[other] { $n } instances
}
target-column-instance = Instance
target-column-state = State
target-purpose-shared = Shared
target-purpose-own = A hunter’s
target-purpose-replay = Clean, for a replay
target-instance-wanted = Starts
target-instance-running = Runs
target-instance-resetting = Being reset
target-instance-failed = Failed
target-instance-leaving = Being destroyed
target-instance-ended = Destroyed
target-instance-reset = Reset
target-instance-retry = Start again
target-instance-leave = Destroy
target-problem-engine-unreachable = What hosts targets (engine or cluster) does not answer. The administrator starts it or corrects its settings, then start it again.
target-problem-not-isolated = Nothing starts here as long as targets would not be isolated: “beffroi check” says what is missing.
target-problem-images-missing = An image that the recipe names is not there. Load it into the engine, or push it to a repository that the cluster reaches, then start it again.
target-problem-seeds-missing = An archive that the recipe names is not among the initial data of the campaign. Send it, then start it again.
target-problem-seed-unreadable = An archive that the recipe names is there and cannot be opened: the administrator looks at where files are kept. Nothing has to be sent again.
target-problem-pool-empty = No network is left: destroy instances, or widen “hosting.pool”.
target-problem-not-healthy = It does not answer its health check. Reset it, or correct the recipe.
target-problem-ended = One of its services ended. Reset it, or correct the recipe.
target-problem-overfull = It wrote more than its recipe allows, and was stopped. Reset it.
target-problem-memory = It went beyond its memory. Reset it, or give it more in the recipe.
target-problem-engine = What hosts targets refused. The server’s log says why.
target-recipe-syntax = Recipe, line { $detail }: this is no TOML.
target-recipe-unknown = Recipe, line { $detail }: there is no such field.
target-recipe-missing = Recipe, line { $detail }: this field is missing.
target-recipe-wrong-type = Recipe, line { $detail }: this is not of the expected type.
target-recipe-malformed = Recipe, line { $detail }: this does not read.
target-recipe-tag = Recipe, line { $detail }: name the image by its digest, not by a tag.
target-recipe-too-small = Recipe, line { $detail }: too small.
target-recipe-too-large = Recipe, line { $detail }: too large.
target-recipe-duplicate = Recipe, line { $detail }: named already.
target-recipe-no-such-service = Recipe, line { $detail }: there is no such service.
target-recipe-cycle = Recipe, line { $detail }: these services wait for each other.
target-recipe-root = Recipe, line { $detail }: nothing runs as the root user.
target-recipe-reserved = Recipe, line { $detail }: this name is reserved.
target-ready-ready = Reachable by the gateway
target-ready-starting = Starting
target-ready-failed = Not running: take your access again to start it
target-ready-gone = Removed: take your access again to have a fresh one
target-error-instances = This target has as many instances as it can have. Try again when one is given back, or tell the organiser.
target-recipe-tls = The gateway speaks HTTP without TLS to targets that are hosted here: let the application listen without TLS, and take “tls” out of the entry.
target-seeds-heading = Initial data
target-seeds-intro = An archive fills a volume at the start and at each reset. Its recipe names it by its digest: “seed = "sha256:…"”.
target-seeds-until = These archives are destroyed on { $date }, with the recordings of the campaign.
target-seeds-empty = No archive
target-seeds-empty-text = Send a tar archive (or .tar.gz), then copy its digest into the recipe. It only holds invented data.
target-seed-digest = Digest, to copy into the recipe
target-seed-size = Size
target-seed-size-of = { $sent }, and { $unpacked } once it is unpacked
target-seed-entries = Content
target-seed-entries-count = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}
target-seed-sent = Sent
target-seed-sent-by = By { $name }, { $date }
target-seed-used = Used by
target-seed-unused = No target
target-seed-warning = Looks like personal data: { $counts }. If they are real, take this archive away and send one that holds none.
target-seed-no-warning = Nothing in the texts that were read looks like personal data. This does not prove that there is none.
target-seed-more = { $n ->
    [one] and { $n } other file
   *[other] and { $n } other files
}
target-seed-unread = { $n ->
    [one] { $n } text was not read to its end.
   *[other] { $n } texts were not read to their ends.
}
target-seed-other = { $n ->
    [one] { $n } file is no text and was not read.
   *[other] { $n } files are no texts and were not read.
}
target-seed-remove = Take the archive “{ $name }” away
target-seed-send = Send this archive
target-field-seed = Archive of initial data
target-field-seed-hint = A .tar or .tar.gz file, { $size } at most. Relative paths only, without links that lead out of it.
target-personal-nir = { $n ->
    [one] { $n } social security number
   *[other] { $n } social security numbers
}
target-personal-iban = { $n ->
    [one] { $n } IBAN
   *[other] { $n } IBANs
}
target-personal-phone = { $n ->
    [one] { $n } telephone number
   *[other] { $n } telephone numbers
}
target-personal-email = { $n ->
    [one] { $n } e-mail address
   *[other] { $n } e-mail addresses
}
target-certified-warning = Before you certify: the archive “{ $name }” looks like personal data ({ $counts }). The warning is noted with your certificate if the recipe names it.
target-certified-warned = Warned, when certifying, of
target-error-warned = An archive that the recipe names looks like personal data. Read the warning above, then certify if they are invented.
target-seed-error-broken = The sending broke off. Try again.
target-seed-error-seeds = This campaign already has { $detail } archives, the most that it may have. Take one away.
target-seed-error-same = These bytes are there already, under the name “{ $detail }”.
target-seed-error-used = A target of the campaign names this archive: take the target out first.
target-seed-error-empty = This archive is empty.
target-seed-error-malformed = This is no tar archive, or it contradicts itself. Make it again with “tar --create”. Last entry that was read: “{ $detail }”.
target-seed-error-truncated = This archive stops before its end, after “{ $detail }”.
target-seed-error-trailing = Something follows the end of the archive, after “{ $detail }”. Make it again in one piece.
target-seed-error-too-large = This archive is larger than { $detail }.
target-seed-error-bomb = Once unpacked, this archive would be larger than { $detail }.
target-seed-error-too-many = This archive has too many entries, or names that are too long: “{ $detail }” is one too many.
target-seed-error-absolute = The path of “{ $detail }” begins with /: archive with relative paths.
target-seed-error-climbs = The path of “{ $detail }” climbs by “..”: archive from within the folder itself.
target-seed-error-name = The path of “{ $detail }” is empty, too long, or holds a control character.
target-seed-error-device = “{ $detail }” is a device or a pipe: an archive only holds files, folders and links.
target-seed-error-kind = “{ $detail }” is of a kind that engines do not all read alike (a sparse file, for example). Make the archive again without --sparse.
target-seed-error-link = The link “{ $detail }” leads out of the archive.
target-seed-error-behind-link = “{ $detail }” goes through a link of the archive: it would be written elsewhere.
target-recipe-no-such-seed = Recipe, line { $detail }: no archive with this digest among the initial data of the campaign. Send it above, or name one that is there.
target-problem-not-possible = The recipe asks for what the cluster cannot do (initial data, a kept state, an image without a repository). The server’s log says what: correct the recipe.
target-cluster = Here a Kubernetes cluster hosts the targets: each image is named with its repository, volumes begin empty, no state is kept, and the limit of processes is the node’s.
target-seed-error-cluster = The Kubernetes cluster that hosts the targets takes no initial data: put them into the image.
target-snapshots-count = { $n ->
    [one] { $n } kept state
   *[other] { $n } kept states
}
target-column-snapshot = Kept state
target-column-kept = Kept
target-snapshot-kept-by = By { $name }, { $date }
target-snapshot-wanted = Under way
target-snapshot-kept = Kept
target-snapshot-failed = Could not be kept
target-unkept-no-instance = The instance was no longer there.
target-unkept-engine-unreachable = What hosts targets did not answer. Remove this state, then keep it again.
target-unkept-not-possible = What hosts targets keeps no states.
target-unkept-engine = What hosts targets refused: room may be missing. The server’s log says why.
target-snapshot-leaving = Being destroyed
target-snapshot-ended = Destroyed
target-snapshot-from = Began from the state “{ $name }”
target-snapshot-reset = Bring back to this state
target-snapshot-start = Start from this state
target-snapshot-remove = Remove
target-snapshot-heading = Keep the present state
target-snapshot-intro = What the services wrote is kept with the target, and destroyed with it. What is only in memory is not. A replay always begins from the pristine state.
target-field-state = Name of this state
target-field-state-hint = For example “Accounts made, three files deposited”.
target-snapshot-keep = Keep this state
target-snapshot-error-cluster = The Kubernetes cluster that hosts the targets keeps no state.
target-snapshot-error-running = Only the state of an instance that runs is kept: wait until it answers.
target-snapshot-error-most = This target has as many kept states as it may have. Remove one.
target-snapshot-error-used = An instance began from this state: reset it to pristine or destroy it first.
target-problem-no-snapshot = The kept state from which it was to begin is no longer there. Reset it to pristine.
