# Versions corrigées, hébergées pour les contre-tests.

corrected-title = Versions corrigées
corrected-readers = Lu par l’organisateur et les pilotes
corrected-back = Retour aux cibles
corrected-intro = Hébergées ici pour les seuls contre-tests : chaque rejeu en démarre une copie propre, isolée, détruite ensuite. Aucun chasseur n’y est mené. En déclarer une ne met fin à aucune autorisation signée.
corrected-empty = Aucune version corrigée
corrected-empty-text = Quand l’éditeur annonce un correctif, déclarez l’image corrigée : qui contre-teste y renverra les requêtes enregistrées. La campagne peut être close.
corrected-host-link = Héberger la version corrigée pour le contre-test
corrected-declare-link = Déclarer une version corrigée
corrected-open-link = Voir ou déclarer des versions corrigées
corrected-count = { $n ->
    [one] { $n } version corrigée
   *[other] { $n } versions corrigées
}
corrected-column-version = Version
corrected-column-state = Accord de l’éditeur
corrected-column-declared = Déclarée
corrected-column-campaign = Campagne
corrected-vendor = Éditeur
corrected-state-asked = Attend l’accord de l’éditeur
corrected-state-accepted = Acceptée par l’éditeur
corrected-state-recorded = Accord noté par l’organisateur
corrected-state-refused = Refusée par l’éditeur
corrected-state-ended = Retirée
corrected-said-by = Par { $name }, le { $date }
corrected-asked-at = Demandé le { $date }
corrected-next-asked = « { $vendor } » est prévenu : une personne qui répond pour lui accepte ou refuse depuis son bureau. D’ici là, aucun rejeu n’est envoyé à cette version.
corrected-next-nobody = « { $vendor } » n’a personne ici qui puisse répondre. L’organisateur écrit sur quoi repose son accord ; d’ici là, aucun rejeu n’est envoyé à cette version.
corrected-next-refused-before = « { $vendor } » a refusé cette même version avant qu’elle soit retirée, et n’a plus personne ici qui puisse répondre : aucun accord ne s’inscrit à sa place. Retirez-la et déclarez-en une autre, sur laquelle l’éditeur est d’accord.
corrected-next-holds = Les contre-tests des failles de ce produit la proposent.
corrected-next-refused = Aucun rejeu ne lui est envoyé. Voyez avec l’éditeur : il peut encore l’accepter, ou retirez-la et déclarez celle qu’il accepte.
corrected-next-gone = Plus aucune copie n’en reste : le journal de la campagne garde le certificat de destruction de chacune.
corrected-next-going = { $n ->
    [one] { $n } copie en cours de destruction.
   *[other] { $n } copies en cours de destruction.
}
corrected-basis-hint = Par exemple « Courrier de l’éditeur du 3 mars, reçu par la direction informatique ». L’écrit est scellé et journalisé.
corrected-record = Noter l’accord pour « { $name } »
corrected-remove = Retirer « { $name } »
corrected-declare-heading = Déclarer une version corrigée
corrected-declare-intro = En la déclarant, vous acceptez pour l’organisateur qu’elle soit hébergée ici ; l’éditeur est prié d’en dire autant.
corrected-declare-tested = Le formulaire reprend la cible testée : changez-y l’image et la version.
corrected-declare = Déclarer cette version
corrected-field-name = Nom de la version corrigée
corrected-field-name-hint = Ce que lisent celles et ceux qui contre-testent, par exemple « Portail famille corrigé ».
corrected-field-public-host-hint = Le nom que l’application met dans ses liens, d’ordinaire celui de la cible testée.
corrected-field-recipe-hint = Un texte TOML qui nomme chaque image par son empreinte, avec la version corrigée. Une adresse ailleurs demande des signatures : déclarez-la comme cible.
corrected-refusal-elsewhere = Une version corrigée s’héberge ici.
corrected-refusal-not-begun = Une version corrigée se déclare à partir de l’ouverture de la campagne.
corrected-refusal-over = La campagne est archivée ou annulée : plus rien ne s’y contre-teste.
corrected-refusal-not-kept = Les enregistrements de la campagne ne sont plus gardés : plus aucune version ne s’héberge pour elle. Contre-testez à la main.
corrected-error-elsewhere = Une version corrigée s’héberge ici. Une adresse ailleurs est le système de quelqu’un : elle se déclare comme cible, et se signe.
corrected-error-not-begun = La campagne n’est pas ouverte : déclarez une cible, les signataires la liront.
corrected-error-over = La campagne est archivée ou annulée : plus rien ne s’y contre-teste.
corrected-error-refused = L’éditeur a refusé cette même version : aucun accord ne s’inscrit à sa place. Déclarez-en une autre.
corrected-error-not-kept = Les enregistrements de la campagne ne sont plus gardés : plus aucune version ne s’héberge pour elle.
corrected-error-many = Cette campagne a déjà toutes les versions corrigées qu’elle peut avoir. Retirez-en une.
corrected-error-same = Cette recette est celle d’une version déjà hébergée ici. Changez l’image et la version.
corrected-error-gone = Cette version corrigée a été retirée.
corrected-error-answered = Quelqu’un de chez vous a répondu entre-temps : voici ce qui a été dit. Votre réponse n’est pas enregistrée.
corrected-error-vendor-answers = L’éditeur a quelqu’un ici : c’est à lui de répondre.
corrected-answer-title = Version corrigée à héberger
corrected-answer-readers = Lu par les personnes qui répondent pour l’éditeur, l’organisateur et les pilotes
corrected-answer-lead = Qui mène la campagne veut héberger cette version de votre produit, pour que les contre-tests y rejouent les requêtes enregistrées. Elle tourne isolée, sans accès à aucun autre système ; chaque copie est détruite après son rejeu, et tout disparaît au plus tard avec les enregistrements de la campagne. Sans votre accord, aucun rejeu ne lui est envoyé.
corrected-answer-gone = Cette version a été retirée : plus aucun rejeu ne lui est envoyé, et ses copies sont détruites.
corrected-answer-recipe = Recette : images, services, ressources
corrected-answer-heading = Votre réponse
corrected-accept = Accepter qu’elle soit hébergée
corrected-refuse-heading = Refuser, avec un motif
corrected-refuse-agreed = Reprendre l’accord, avec un motif
corrected-refuse = Refuser
corrected-field-reason = Motif du refus
corrected-field-reason-hint = L’organisateur et les pilotes le lisent.
corrected-typed = Ce que vous aviez écrit, qui n’est pas enregistré
corrected-vendor-text = Ce que des campagnes hébergent, ou ont hébergé, pour contre-tester vos produits. Vous pouvez reprendre votre accord.
corrected-desk-answer = Dire si vous acceptez que la version corrigée de « { $product } » soit hébergée
corrected-desk-answer-action = Répondre
