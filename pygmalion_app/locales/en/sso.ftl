# Signing in through an organisation's identity provider.
error-sso_address-title = Address refused
error-sso_address = The identity provider's address is refused: it must be a public https address, without redirects.
error-sso_unreachable-title = Identity provider not reachable
error-sso_unreachable = Your organisation's identity provider does not answer. Try again in a minute, or sign in another way.
error-sso_not_a_provider-title = Not an identity provider
error-sso_not_a_provider = Nothing speaks OpenID Connect at this address. Check the issuer: its page /.well-known/openid-configuration must open.
error-sso_other_issuer-title = Another issuer
error-sso_other_issuer = The identity provider calls itself by another name than expected. Copy the issuer exactly as it announces it, final slash included.
error-sso_unsupported-title = Identity provider not compatible
error-sso_unsupported = The identity provider does not allow what is needed: the “code” flow, PKCE S256 and a public-key signature (RS256, ES256…).
error-sso_client-title = Client refused
error-sso_client = The identity provider refuses the client id or secret. Your organisation's administrator should check them, and the redirect address.
error-sso_code-title = Answer refused
error-sso_code = The identity provider refuses the sign-in code, used or too old. Start again.
error-sso_token-title = Answer not valid
error-sso_token = The identity provider's answer is not valid, so nobody was signed in. Start again; if it happens twice, tell your organisation's administrator (signature, its servers' clock).
error-sso_stale-title = Sign-in over
error-sso_stale = This sign-in has expired, was used, or began in another browser. Start again here.
error-sso_denied-title = Sign-in cancelled
error-sso_denied = Your organisation did not confirm the sign-in, or you cancelled it. Start again, or sign in another way.
error-sso_unverified_email-title = Address not verified
error-sso_unverified_email = Your organisation does not say that it has verified your e-mail address. Its administrator should send “email” and “email_verified”.
error-sso_foreign_address-title = Address at another domain
error-sso_foreign_address = Your e-mail address is not at one of this organisation's domains. Sign in with your password.
error-sso_not_member-title = You are not a member
error-sso_not_member = This organisation has not added you to its members yet. Ask its manager for an invitation.
error-sso_administrator-title = Sign-in refused
error-sso_administrator = This account does not sign in through an organisation. Use your password or passkey.
error-sso_demanded-title = Sign in through your organisation
error-sso_demanded = { $organization } asks its members to sign in through its own identity provider. Continue with { $organization }.
error-sso_off-title = Not available
error-sso_off = This organisation has no working connection. Sign in another way.
error-sso_not_tried-title = Try it first
error-sso_not_tried = Sign in once through this provider, with a proven domain, before you demand it: nobody could get in otherwise.
error-sso_secret_needed-title = Secret needed
error-sso_secret_needed = Enter the client secret: it never goes to another provider than the one it was given for.
error-sso_no_learners-title = No learners
error-sso_no_learners = A training organisation has no learners among its members: nobody can join it this way.
error-sso_invalid_domain-title = Domain not valid
error-sso_invalid_domain = Enter a complete domain, such as company.com.
error-sso_public_domain-title = Public domain
error-sso_public_domain = Anybody can have an address at { $domain }: no organisation answers for it.
error-sso_domain_taken-title = Domain proven already
error-sso_domain_taken = Another organisation has proven that it answers for { $domain }. If that is a mistake, write to us.
error-sso_domain_known-title = Domain there already
error-sso_domain_known = This domain is in the list already.
error-sso_too_many_domains-title = Too many domains
error-sso_too_many_domains = An organisation can answer for { $count } domains at most.
error-sso_wrong_domain_code-title = Code refused
error-sso_wrong_domain_code = This code is wrong, expired or tried too often. Check the latest message, or ask for a new code.

mail-sso-domain-code-subject = { $code }: your domain { $domain }
mail-sso-domain-code-body =
    Hello,

    { $organization } wants people with an address @{ $domain } to sign in to Pygmalion through its identity provider. You receive this code because you run this domain's mail.

    If you agree, pass the code { $code } on to the person who asks you for it. It is good for 24 hours.

    If this surprises you, do nothing: without the code, nothing changes.
