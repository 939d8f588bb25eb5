// Passkeys: carries a challenge to the browser and its answer back, as JSON. Loaded only where a passkey is used.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const described = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

const written = (credential) => {
  const { response } = credential;
  const fields = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) fields[name] = toText(response[name]);
  }
  if (response.getTransports) fields.transports = response.getTransports();
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: fields };
};

// Gives the answer, or the name of what went wrong: NotAllowedError when the person closes the browser's dialog.
const asked = async (call) => {
  try {
    return JSON.stringify({ credential: written(await call()) });
  } catch (error) {
    return JSON.stringify({ error: String(error && error.name) });
  }
};

export const get = (options) =>
  asked(() =>
    navigator.credentials.get({
      publicKey: { ...options, challenge: toBytes(options.challenge), allowCredentials: described(options.allowCredentials) },
    })
  );

export const create = (options) =>
  asked(() =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: described(options.excludeCredentials),
      },
    })
  );
