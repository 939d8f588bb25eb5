# Public verification page
verify-title = Verify a certificate
verify-description = Scan the QR code of a Pygmalion certificate or drop its PDF: you see in a second whether it is genuine, without an account.
verify-lead = Scan the QR code printed on the certificate, or drop the file you received. No account, one second.
verify-kicker = Certificate
verify-word-valid = Valid
verify-word-pending = Pending
verify-word-revoked = Revoked
verify-word-expired = Expired
verify-word-tampered = Tampered
verify-word-unknown = Unknown
verify-sentence-valid = Genuine, anchored and in force.
verify-sentence-pending = Genuine; its anchoring on the chain is under way, usually for some seconds. Reload the page.
verify-sentence-revoked = Taken back by the training organisation on { $date }. Do not accept it.
verify-sentence-revoked-chain = Revoked on the chain. Do not accept it.
verify-sentence-expired = Genuine, but expired since { $date }.
verify-sentence-tampered = Does not match what was issued. Do not accept it.
verify-sentence-tampered-file = This file is not the document that was issued: it has been altered. Do not accept it.
verify-sentence-unknown = No certificate issued here carries this code. Do not accept it.
verify-sentence-unknown-file = This file is the document of no certificate issued here, or it has been altered. Do not accept it.
verify-reason = Reason:
verify-reason-issued_in_error = issued in error
verify-reason-fraud = fraud
verify-reason-replaced = replaced by another certificate
verify-reason-attendance_corrected = attendance corrected
verify-reason-withdrawn = withdrawn by the organisation
verify-replaced = Replaced by
verify-holder-erased = Name erased at the holder's request
verify-holder = Holder
verify-compare = Compare this name with an identity document.
verify-fact-course = Course
verify-fact-organization = Training organisation
verify-fact-completed = Training completed on
verify-fact-valid-until = Valid until
verify-fact-number = Number
verify-fact-duration = Duration
verify-fact-legal-basis = Legal basis
verify-checks = Checks
verify-check-record = Certificate on record
verify-check-file = Dropped file identical to the issued document
verify-check-content = Content matches its fingerprint
verify-check-proof = Merkle proof leads to the batch’s root
verify-check-anchor = Root anchored in the contract
verify-check-revocation = Not revoked
verify-check-validity = Within its period of validity
verify-result-pass = confirmed
verify-result-fail = failed
verify-result-pending = under way
verify-result-unavailable = chain out of reach for now
verify-at = Checked on { $moment }
verify-last-at = The chain last answered on { $moment }
verify-never = The chain has not answered yet; that does not make the certificate invalid.
verify-file-title = Compare a PDF
verify-file-lead = Drop the PDF you received: a single altered byte shows.
verify-file-choose = Choose or drop a PDF
verify-file-private = The file stays on your device: only its fingerprint is sent.
verify-file-busy = Computing the fingerprint…
verify-file-failed = This file could not be read.
verify-file-by-hand = Compare a SHA-256 fingerprint
verify-file-digest = SHA-256 fingerprint of the file
verify-file-help = 64 hexadecimal characters, for example the output of
verify-file-compare = Compare
verify-proof-title = Details of the proof
verify-proof-lead = What you need to check everything without us: the proof leads from the commitment to the root that the contract keeps.
verify-proof-network = Network
verify-proof-network-embedded = demonstration chain (id { $chain })
verify-proof-network-other = EVM chain { $chain }
verify-proof-contract = Contract
verify-proof-token = Certificate id in the contract
verify-proof-commitment = Commitment
verify-proof-root = Root of the batch
verify-proof-size = Certificates in the batch
verify-proof-transaction = Transaction
verify-proof-block = Block
verify-proof-anchored = Anchored for good on
verify-proof-path = Proof
verify-proof-alone = The only certificate of its batch: the root is its leaf.
verify-proof-json = Everything as JSON
verify-footer = Public verification, without an account and without trackers.
verify-checked = Page made on { $moment }.

# What is presented
verify-drop-title = Verify a file
verify-drop-lead = A certificate’s PDF, a digital credential (JSON), or a picture of the QR code.
verify-drop-choose = Choose or drop a file
verify-drop-private = A PDF is recognised by its fingerprint alone, and a QR code is read on your device. Only a file that is not recognised is sent to us, to tell why; it is not kept.
verify-file-send = Verify this file
verify-file-sending = Sending the file…
verify-file-large = This file is larger than 10 MB.
verify-scan-start = Scan with the camera
verify-scan-stop = Stop
verify-scan-view = Picture of the camera
verify-scan-looking = Hold the QR code inside the frame.
verify-scan-other = This code leads to no certificate.
verify-scan-refused = The camera may not be used. Allow it in the browser’s settings, or choose a picture of the code.
verify-scan-none = There is no camera on this device. Choose a picture of the code, or drop the PDF.
verify-scan-taken = The camera is in use by another application. Close that one and try again.
verify-scan-insecure = The camera works on a secure address (https) only. Choose a picture of the code.
verify-scan-failed = The camera could not be opened. Choose a picture of the code, or drop the PDF.
verify-id-title = Verify by the id in the contract
verify-id-label = Id (token id)
verify-id-check = Verify
verify-id-help = The holder’s name is not shown this way: anybody can count these ids up.
verify-notice-mistyped = This is not a SHA-256 fingerprint: 64 hexadecimal characters are needed. No file was compared.
verify-notice-unreadable = Nothing in this file or code names a certificate: no readable QR code, no credential. Take the picture again, closer, flat and without glare, or drop the PDF.
verify-notice-damaged = This file could not be read to its end. Nothing was compared; try again.
verify-notice-busy = Many files are being verified at this moment. Try again in a few seconds.
verify-notice-too-many-names = Too many names were compared with this certificate. Try again in an hour, or ask the holder to show the name.

# What is answered
verify-failed = Failed check:
verify-silent = The chain is out of reach for now. Last checked on the chain: { $moment }.
verify-other-host = This code leads to another address: { $host }. The certificate is one of ours, but trust this page only.
verify-sentence-expired-undated = Genuine, but expired.
verify-sentence-tampered-credential = This credential is not the one that was issued: it has been altered. Do not accept it.
verify-sentence-tampered-name = The certificate exists, but this name is not its holder’s. Do not accept it for this person.
verify-sentence-unknown-id = No certificate issued here has this id.
verify-sentence-unknown-elsewhere = This certificate was not issued here: it names { $place }. Verify it with that issuer, if you know them.
verify-check-deployment = Certificate of this platform
verify-check-credential = Credential identical to the issued one
verify-check-name = Typed name is the holder’s
verify-holder-masked = Name not shown
verify-name-lead = The holder does not show the name here. Type the one on their identity document to compare it.
verify-name-by-code = With the certificate’s QR code, a name can be compared.
verify-name-label = First and last name
verify-name-compare = Compare
verify-name-pass = “{ $name }” is the holder.
verify-name-fail = “{ $name }” is not the holder.
verify-versions = Versions of this certificate
verify-version-issued = issued on { $date }
verify-version-revoked = replaced or revoked on { $date }
verify-proof-download = Download the proof
verify-proof-checker = The proof can be verified without us, with checker/pygmalion_verify.py and any node of the chain.
proof-how-to =
    PROOF OF CERTIFICATE { $number }

    This bundle is all that is needed to verify the certificate without the platform that issued it.
    With Python 3.9 or later and the program checker/pygmalion_verify.py (a single file):

    python pygmalion_verify.py THIS-BUNDLE.zip --rpc ADDRESS-OF-A-NODE --contract ADDRESS-OF-THE-CONTRACT --pdf CERTIFICATE.pdf

    The node must serve chain { $chain }. This bundle names the contract { $contract }:
    ask the organisation, or a source you trust, for its address, as anybody can make a contract that always says yes.

    Without that program:
    1. SHA-256 of credential.json = commitment.credentialSha256; SHA-256 of the PDF = commitment.pdfSha256.
    2. SHA-256("PYG1" + salt + SHA-256 of the PDF + SHA-256 of credential.json) = commitment.value (bytes end to end).
    3. Leaf = Keccak-256(Keccak-256(tokenId in 32 bytes + commitment.value)). With each node of merkle.proof,
       Keccak-256 of the two, the smaller first; the last result = merkle.root.
    4. Of the contract: batch(batchId) returns the same root, verifyDocument(tokenId, commitment, proof) returns 1
       (2: revoked; 0: unknown).

# Sharing
share-title = Share this certificate
share-lead = For its holder: a badge for a web site, a line on a profile. Anybody can verify it with one click.
share-linkedin = Add to LinkedIn profile
share-snippet = Code of the badge for a web site
share-badge-preview = Preview of the badge
share-badge-alt = { $course }: verifiable certificate
share-badge-unknown = No certificate has this code
share-description = Certificate issued by { $organization }. Status: { $word }.
share-until = valid until { $date }

# Errors
error-verification_unreadable-title = Nothing to verify in this file
error-verification_unreadable = Nothing in this file or code names a certificate.
error-certificate_not_anchored-title = Anchoring under way
error-certificate_not_anchored = This certificate is being anchored: its proof will exist in a moment.
