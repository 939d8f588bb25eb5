// An OpenID provider on loopback with one client: `node provider.mjs '{"port": 4000, "redirectUri": ..., ...}'`.
// People sign in on its own development pages with any password; who they are is given in the configuration.
import { Provider } from 'oidc-provider';

const config = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${config.port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: config.clientId,
      client_secret: config.clientSecret,
      redirect_uris: config.redirectUris,
      post_logout_redirect_uris: config.signedOutUris,
      token_endpoint_auth_method: config.authMethod ?? 'client_secret_basic',
    },
  ],
  jwks: config.jwks,
  cookies: { keys: ['only for tests'] },
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name', 'locale'] },
  // Both ways exist out there: e-mail in the ID token, or only at the userinfo endpoint (this provider's default).
  conformIdTokenClaims: !config.claimsInToken,
  findAccount: (_, id) =>
    config.people[id] && { accountId: id, claims: () => ({ sub: id, ...config.people[id] }) },
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
});

provider.listen(config.port, '127.0.0.1', () => console.log('ready'));
