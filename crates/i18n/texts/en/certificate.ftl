# Certificates that open a hunter's access to a target.

certificate-own-way = My access to “{ $name }”
certificate-way-title = My access
certificate-instead = No secret to copy: a certificate of your tools opens the same access.
certificate-instead-link = Register a certificate
certificate-heading = Certificates of your tools
certificate-not-seen = The gateway of this instance has no certificate of its own: either it does not speak TLS, or a server in front of it ends TLS. So it would not see yours. Use the secret of the access.
certificate-intro = A tool that shows a certificate registered here passes without a secret, by TLS. The gateway checks that it holds the private key, and keeps the certificate to itself: the target sees nothing of it. A self-signed certificate is enough; its dates do not count, it is good for as long as this access.
certificate-empty = No certificate
certificate-empty-text = Your access opens by its secret alone.
certificate-count = { $n ->
    [one] { $n } certificate
   *[other] { $n } certificates
}
certificate-column-fingerprint = SHA-256 fingerprint
certificate-end = Take back
certificate-tools = In Burp: “Client TLS certificates”, in PKCS#12 (openssl pkcs12 -export). In sqlmap: --auth-file, with key and certificate in one file. Through the proxy, only CONNECT carries a certificate.
certificate-register-heading = Register a certificate
certificate-make = Make one, on your machine
certificate-field = Certificate
certificate-field-hint = In PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----. Never the private key: it stays with you.
certificate-register = Register this certificate
certificate-full = This access knows as many certificates as it may. Take one back to register another.
certificate-error-private-key = This text holds a private key. It was neither kept nor shown again; but it has left your machine: make another one, and paste the certificate only.
certificate-error-too-long = This is too long for a certificate. Paste a single one, without those that signed it.
certificate-error-no-certificate = The certificate is missing: paste the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, both lines included.
certificate-error-several = There are several certificates. Paste yours only, without those that signed it.
certificate-error-unreadable = This is no X.509 certificate of version 3, or it was cut in copying.
certificate-error-key = The gateway cannot check this kind of key. Use P-256, P-384, Ed25519 or RSA.
certificate-error-key-length = An RSA key has between 2048 and 8192 bits here.
certificate-error-known = This certificate is registered for this access already.
certificate-error-too-many = This access knows as many certificates as it may. Take one back first.
certificate-error-not-seen = The gateway of this instance does not see certificates. Use the secret of the access.
flash-certificate-registered = Certificate registered: your tools pass with it within a second.
flash-certificate-ended = Certificate taken back: nothing passes by it any more.
