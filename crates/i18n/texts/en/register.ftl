## The register: the catalogue of products, and who runs what

register-catalogue-title = Catalogue of products
register-catalogue-lead = The products that authorities run, with their vendors and versions. No vulnerability is ever shown here.
register-catalogue-count = { $n ->
    [0] No product
    [one] { $n } product
    [1001] More than 1,000 products
   *[other] { $n } products
}
register-catalogue-none = No product matches
register-catalogue-none-text = Check the spelling, or type the first letters only.
register-catalogue-all = See the whole catalogue
register-catalogue-empty = The catalogue is empty
register-catalogue-empty-text = Vendors, organisers and the administrator add products to it.
register-filter-name = Words of the name, purl or CPE
register-filter-action = Filter
register-choose = Choose
register-field-name = Name of the product
register-field-name-hint = The commercial name, without a version number.
register-field-vendor = Vendor
register-field-vendor-hint = If it is missing, the administrator adds it to the directory.
register-field-description = What it is for
register-field-description-hint = One sentence, for people who do not know it.
register-field-purl = Package URL (purl)
register-field-purl-hint = If it has one, without a version. Example: pkg:generic/vendor/product
register-field-version = Version
register-field-version-hint = As the vendor writes it. Example: 4.2.1
register-field-released-on = Released on
register-field-supported-until = Supported until
register-field-organisation = Organisation
register-field-product = Product
register-field-label = Name of this installation
register-field-label-hint = Only if you have several. Example: family portal, human resources.
register-field-host = Host
register-error-host-confirmed = The host was confirmed with the deployment: end this one and declare the new one.
register-field-host-hint = Who runs the servers: the beginning of its name, or its SIREN. Empty, the organisation itself. Its leave is asked for before any test.
register-field-since = Declared on
register-field-action = Action
register-field-state = State
register-field-confirmed-by = Confirmed by
register-field-reason = Why you do not know it
register-field-reason-hint = The organisation will read this. It can show a proof to the organiser.
register-field-proof = Proof
register-field-proof-hint = An order, an invoice or a certificate. PDF, PNG or JPEG, 20 MB at most.
register-field-proof-reason = Reason for rejecting it
register-field-proof-reason-hint = Needed only if you reject the proof.
register-add-action = Add a product
register-add-title = Add a product
register-add-lead = A product is described once, for every authority that runs it.
register-add-submit = Add to the catalogue
register-edit-action = Edit the sheet
register-edit-title = Edit the sheet
register-product-kicker = Product
register-product-facts = In short
register-product-yours = Do you run it?
register-product-yours-text = Declare it: you will be told what concerns your version.
register-declare-for = Declare for { $organisation }
register-versions-title = Versions
register-versions-count = { $n ->
    [one] { $n } version, newest first
   *[other] { $n } versions, newest first
}
register-versions-empty = No version is described
register-versions-empty-text = The vendor adds them as they come out.
register-version-add = Add a version
register-version-add-action = Add the version
register-version-unknown = Unknown version
register-day-unknown = Not given
register-deployers-action = Who runs it
register-deployers-count = Organisations that run it
register-deployers-n = { $n ->
    [0] none
    [one] { $n } organisation
   *[other] { $n } organisations
}
register-deployers-few = fewer than five
register-deployers-nature = A counted figure: confirmed installations. It is not given below five.
register-deployers-title = Who runs the product
register-deployers-lead = Each line is an organisation’s declaration. Confirm those you know: a vulnerability is explained to confirmed installations only.
register-deployers-empty = Nobody has declared to run this product yet
register-deployers-empty-text = Your customers’ declarations will appear here, and on your desk.
register-deployments-title = Products in use
register-deployments-lead = What the organisation runs decides what it learns. Keep the versions up to date.
register-deployments-empty = No product is declared
register-deployments-empty-text = Declare those you run: you will be told what concerns them.
register-deployments-shown = { $n ->
    [one] { $n } installation
   *[other] { $n } installations
}
register-members-title = Declarations to confirm
register-members-lead = The installations that your members declared and nobody has confirmed. Confirm those you are sure of.
register-members-empty = No declaration is waiting
register-members-empty-text = Everything your members declared is confirmed.
register-declare-action = Declare a product
register-declare-title = Declare a product
register-declare-lead = Which product do you run?
register-declare-choices = Products of the catalogue
register-declare-choose = Choice
register-declare-this = Choose
register-declare-other = Choose another product
register-declare-missing = Is yours not there? Ask the organiser of your programme to add it.
register-declare-version-hint = You can change it at each update.
register-declare-then = { $vendor } will be asked to confirm this declaration. Until then you receive alerts, without their details.
register-declare-submit = Declare this installation
register-host-own = The organisation itself
register-deployment-kicker = Installation, { $organisation }
register-deployment-facts = In short
register-since = since { $at }
register-standing-declared = Declared, to confirm
register-standing-proof = Proof to examine
register-standing-refused = Unknown to the vendor
register-standing-confirmed = Confirmed
register-standing-ended = Ended
register-confirmed-by-vendor = the vendor
register-confirmed-by-group = the group
register-confirmed-by-organiser = the organiser
register-confirmed-by-proof = an accepted proof
register-confirm-one = Confirm
register-confirm-action = Confirm this installation
register-confirm-meaning = Confirming opens the details of this product’s vulnerabilities to the organisation, as they are shared.
register-declared-meaning = Until it is confirmed, this installation only gives you alerts. The vendor, your group or the organiser can confirm it; you can also show a proof.
register-refused-text = The vendor does not know this installation.
register-refuse-title = You do not know this installation?
register-refuse-action = Report that we do not know it
register-change-title = Version and host
register-proofs-title = Proof
register-proof-lead = If the vendor does not answer, attach a document that shows that you run the product. An organiser will examine it.
register-proof-offer = Send the proof
register-proof-readers = Read by your organisation and by the organisers who can accept it; never by the vendor.
register-proof-waiting = To examine
register-proof-accepted = Accepted
register-proof-rejected = Rejected
register-proof-accept = Accept the proof
register-proof-reject = Reject the proof
register-end-action = Stop running it
register-end-title = End this installation?
register-end-meaning = { $organisation } will at once lose access to what this installation let it read.
register-end-kept = Your past answers stay in the history. To run it again, it must be declared and confirmed again.
register-end-submit = End the installation
register-event-declared = Installation declared
register-event-changed = Version or host changed
register-event-confirmed = Installation confirmed
register-event-refused = Unknown to the vendor
register-event-proof-offered = Proof shown
register-event-proof-accepted = Proof accepted
register-event-proof-rejected = Proof rejected
register-event-ended = Installation ended
register-desk-confirm = { $n ->
    [one] { $n } declaration to confirm
   *[other] { $n } declarations to confirm
}
register-desk-confirm-action = See the declarations
register-desk-members = { $n ->
    [one] { $n } declaration of a member to examine
   *[other] { $n } declarations of members to examine
}
register-desk-members-action = Examine
register-desk-refused = The vendor does not know your installation of { $product }
register-desk-refused-action = Show a proof
register-desk-version = Say which version of { $product } you run
register-desk-version-action = Give the version
register-desk-unconfirmed = Your installation of { $product } is not confirmed yet
register-desk-unconfirmed-action = See it
error-purl = This does not have the expected form. Example: pkg:generic/vendor/product
error-purl-known = Another product already has this package URL.
error-product-name = This name needs at least one letter or digit.
error-product-known = A product already has this name. Look for it in the catalogue.
error-deployment-known = This installation is already declared. If you have another one, give it a name.
error-proof-waiting = A proof already waits to be examined.
flash-product-added = The product is in the catalogue.
flash-version-added = The version is added.
flash-deployment-declared = The installation is declared.
flash-deployment-confirmed = The installation is confirmed.
flash-deployment-ended = The installation is ended.
flash-proof-offered = The proof is sent.

register-import-action = Import a file
register-export-action = Export (CSV)
register-import-title = Import deployments
register-import-lead = Declare at once what your organisation runs, or those for which you declare. The same file, imported again, changes only what changed; nothing is removed.
register-import-file = The file
register-import-columns = Columns of the file
register-import-columns-product = required, the exact name of the product, its address in the catalogue, its purl or its CPE.
register-import-columns-version = a version that the catalogue knows; empty, the version does not change.
register-import-columns-label = what tells two installations of the same product apart, without an address.
register-import-columns-host = the SIREN or name of who hosts it; empty, the host does not change.
register-import-columns-organisation = the SIREN or INSEE code; empty, this organisation.
register-import-template = Download a template
register-import-caption = What the import will do
register-import-what = Effect
register-import-declares = Will be declared
register-import-changes = Will change
register-import-record = Record these deployments
register-import-head = The first line must name the columns, with “produit” among them.
register-import-organisation = “{ $found }” is no organisation for which you may declare: write its SIREN or INSEE code.
register-import-product = “{ $found }” is not in the catalogue: write the exact name of the product, its address, its purl or its CPE.
register-import-version = “{ $found }” is no known version of this product: its vendor or an organiser adds it to the catalogue; leave it empty meanwhile.
register-import-host = “{ $found }” is no organisation that may host: write its SIREN, or leave it empty.
register-import-host-confirmed = The host was confirmed with the deployment: “{ $found }” cannot take its place. End the deployment and declare it again.
register-import-present = { $found } is declared for this organisation already, which alone changes what it runs. Take the line out.
register-import-label = The name of the installation is too long: { $found } characters at most.
register-import-twice = This installation of “{ $found }” is in the file twice: tell them apart in the column “installation”.
register-field-file = CSV file
register-error-import = Some lines of the file need correcting.
flash-deployments-imported = The deployments of the file are recorded.
register-import-declared = { $n ->
    [0] No new deployment.
    [one] One deployment will be declared.
   *[other] { $n } deployments will be declared.
 }
register-import-changed = { $n ->
    [0] None will change.
    [one] One will change.
   *[other] { $n } will change.
 }
register-import-same = { $n ->
    [0] { "" }
    [one] One is so already.
   *[other] { $n } are so already.
 }
register-import-file-hint = { $n ->
    [one] One deployment at most. Nothing is recorded before you have seen what the import will do.
   *[other] { $n } deployments at most. Nothing is recorded before you have seen what the import will do.
 }
register-field-cpe = CPE 2.3 name
register-field-cpe-hint = If it has one, without a version. Example: cpe:2.3:a:vendor:product
error-purl-versioned = This package URL names a version. Take away “@” and what follows: versions are added on the page of the product.
error-cpe = This is no CPE 2.3 name. Example: cpe:2.3:a:vendor:product
error-cpe-too-wide = This CPE name stands for several products: write the part (a), the vendor and the product.
error-cpe-versioned = This CPE name stands for one version: versions are added on the page of the product. Without a version: { $detail }
error-cpe-known = Another product already has this CPE name.
register-support-ended = No longer supported
register-version-correct = Correct the dates
register-pick-hint = The beginning of its name, or its purl or CPE
error-product-several = Several products of the catalogue match. Write one of these names: { $detail }
error-product-unknown = No product of the catalogue bears this name or code: write its exact name.
error-version-unknown = The catalogue does not know this version. It knows: { $detail }
register-import-unchanged = unchanged
