# Certificats qui ouvrent l’accès d’un chasseur à une cible.

certificate-own-way = Mon accès à « { $name } »
certificate-way-title = Mon accès
certificate-instead = Sans secret à recopier : un certificat de vos outils ouvre le même accès.
certificate-instead-link = Enregistrer un certificat
certificate-heading = Certificats de vos outils
certificate-not-seen = La passerelle de cette instance n’a pas de certificat à elle : soit elle ne parle pas TLS, soit un serveur placé devant elle le termine. Elle ne verrait donc pas le vôtre. Servez-vous du secret de l’accès.
certificate-intro = Un outil qui montre un certificat enregistré ici passe sans secret, par TLS. La passerelle vérifie qu’il en détient la clé privée, puis le garde pour elle : la cible n’en voit rien. Un certificat signé par lui-même suffit ; ses dates ne comptent pas, il vaut autant que cet accès.
certificate-empty = Aucun certificat
certificate-empty-text = Votre accès s’ouvre par son secret seul.
certificate-count = { $n ->
    [one] { $n } certificat
   *[other] { $n } certificats
}
certificate-column-fingerprint = Empreinte SHA-256
certificate-end = Retirer
certificate-tools = Dans Burp : « Client TLS certificates », en PKCS#12 (openssl pkcs12 -export). Dans sqlmap : --auth-file, avec la clé et le certificat dans un même fichier. Par le mandataire, seul CONNECT porte un certificat.
certificate-register-heading = Enregistrer un certificat
certificate-make = En faire un, sur votre machine
certificate-field = Certificat
certificate-field-hint = Au format PEM, de -----BEGIN CERTIFICATE----- à -----END CERTIFICATE-----. Jamais la clé privée : elle reste chez vous.
certificate-register = Enregistrer ce certificat
certificate-full = Cet accès connaît tous les certificats qu’il peut avoir. Retirez-en un pour en enregistrer un autre.
certificate-error-private-key = Ce texte contient une clé privée. Elle n’a été ni gardée ni réaffichée ; mais elle a quitté votre machine : faites-en une autre, et ne collez que le certificat.
certificate-error-too-long = C’est trop long pour un certificat. Collez-en un seul, sans ceux qui l’ont signé.
certificate-error-no-certificate = Il manque le certificat : collez le texte de -----BEGIN CERTIFICATE----- à -----END CERTIFICATE-----, ces deux lignes comprises.
certificate-error-several = Il y a plusieurs certificats. Ne collez que le vôtre, sans ceux qui l’ont signé.
certificate-error-unreadable = Ce n’est pas un certificat X.509 de version 3, ou il a été coupé en le copiant.
certificate-error-key = La passerelle ne sait pas vérifier ce genre de clé. Prenez P-256, P-384, Ed25519 ou RSA.
certificate-error-key-length = Une clé RSA a entre 2048 et 8192 bits ici.
certificate-error-known = Ce certificat est déjà enregistré pour cet accès.
certificate-error-too-many = Cet accès connaît tous les certificats qu’il peut avoir. Retirez-en un d’abord.
certificate-error-not-seen = La passerelle de cette instance ne voit pas les certificats. Servez-vous du secret de l’accès.
flash-certificate-registered = Certificat enregistré : vos outils passent avec lui dans la seconde.
flash-certificate-ended = Certificat retiré : plus rien ne passe par lui.
