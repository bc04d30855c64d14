## « Déjà testée ? » : ce que l’on sait des tests d’une application

tested-title = Déjà testée ?
tested-finding = { $n ->
    [0] Aucun test connu dans les douze derniers mois
    [one] Testée une fois dans les douze derniers mois
   *[other] Testée { $n } fois dans les douze derniers mois
 }
tested-finding-planned = Aucun test connu dans les douze derniers mois, mais un test est prévu
tested-rights = Cette page ne montre et ne compte que ce que vous avez le droit de lire.
tested-counted = Campagnes menées ici
tested-declared = Tests faits ailleurs
tested-running = Organisations qui l’utilisent
tested-open = Failles encore ouvertes, parmi celles que vous pouvez lire
tested-open-capped = { $n } ou plus
tested-open-link = Voir les failles de cette application
tested-nature-counted = compté
tested-nature-declared = déclaré
tested-nature-estimated = estimé
tested-avoided = Coût évité par le partage
tested-repeated = Coût des tests répétés
tested-avoided-formula = Estimation sur douze mois : ({ $running } organisations qui l’utilisent − { $made ->
    [one] { $made } test
   *[other] { $made } tests
 }) × { $cost } par test = { $amount }. Sans partage, chacune aurait fait le sien.
tested-repeated-formula = Estimation sur douze mois : ({ $made } tests − 1) × { $cost } par test = { $amount }. Un seul test partagé aurait suffi.
tested-lines = Tests de cette application, du plus récent au plus ancien
tested-column-test = Test
tested-column-phase = Situation
tested-column-when = Dates
tested-column-nature = Chiffre
tested-column-month = Mois
tested-column-total = Total
tested-unnamed = Campagne d’un autre programme
tested-unnamed-declared = Déclaré par une organisation
tested-days = du { $from } au { $until }
tested-span = { DE($from) } à { $until }
tested-phase-past = Terminé
tested-phase-running = En cours
tested-phase-planned = Prévu
tested-older = { $n ->
    [one] Un test plus ancien n’est pas montré.
   *[other] { $n } tests plus anciens ne sont pas montrés.
 }
tested-months-table = Voir les chiffres, mois par mois
tested-months-caption = Tests commencés chaque mois
tested-join = Rejoindre pour { $organisation }
tested-joined = Rejointe
tested-join-asked = Demande envoyée
tested-join-withdraw = Retirer la demande
