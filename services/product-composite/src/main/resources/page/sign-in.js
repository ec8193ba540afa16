// Signs in with the authorization code flow and PKCE (RFC 7636) at any issuer of OpenID Connect. Tokens live as long as the tab.

const TOKENS = 'tokens';
const ATTEMPT = 'sign-in';
const SCOPE = 'openid product:read product:write';

let client = null; // the settings of the page: issuer and client; null if no token is needed

export function needed() {
  return client !== null;
}

export function token() {
  return tokens()?.access ?? null;
}

/** The name of who has signed in; only shown, never trusted. */
export function user() {
  const claims = tokens()?.id?.split('.')[1];
  if (!claims) {
    return null;
  }
  try {
    const bytes = Uint8Array.from(atob(claims.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
    const { preferred_username: name, email, sub } = JSON.parse(new TextDecoder().decode(bytes));
    return name ?? email ?? sub ?? null;
  } catch {
    return null;
  }
}

/**
 * Takes up a sign-in that comes back from the issuer.
 *
 * @param settings the issuer and the client, or null
 * @throws Error with a sentence for the user if it has failed
 */
export async function resume(settings) {
  client = settings;
  const answer = new URLSearchParams(location.search);
  if (!client || !(answer.has('code') || answer.has('error'))) {
    return;
  }
  const attempt = JSON.parse(sessionStorage.getItem(ATTEMPT) ?? 'null');
  sessionStorage.removeItem(ATTEMPT);
  history.replaceState(null, '', location.pathname + (attempt?.view ?? '')); // a code in the address could be used twice
  if (!attempt || answer.get('state') !== attempt.state) {
    throw new Error('This sign-in was not begun in this tab, or was begun twice. Sign in again.');
  }
  if (answer.has('error')) {
    throw new Error(`The sign-in has failed: ${answer.get('error_description') ?? answer.get('error')}.`);
  }
  await fetchTokens({
    grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: address(), code_verifier: attempt.verifier,
  });
}

/** Leaves the page for the issuer, which sends the browser back. */
export async function signIn() {
  if (!crypto.subtle) {
    throw new Error('A browser signs in over HTTPS only: open this page at its https address.');
  }
  const { authorization_endpoint: endpoint } = await endpoints();
  const attempt = { state: random(), verifier: random(), view: location.hash };
  sessionStorage.setItem(ATTEMPT, JSON.stringify(attempt));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(attempt.verifier));
  const target = new URL(endpoint);
  target.search = new URLSearchParams({
    response_type: 'code', client_id: client.client, redirect_uri: address(), scope: SCOPE, state: attempt.state,
    code_challenge: base64(new Uint8Array(digest)), code_challenge_method: 'S256',
  });
  location.assign(target);
}

/** Forgets the tokens here and the session at the issuer. */
export async function signOut() {
  const id = tokens()?.id;
  forget();
  const { end_session_endpoint: endpoint } = await endpoints();
  if (endpoint && id) {
    const target = new URL(endpoint);
    target.search = new URLSearchParams({ id_token_hint: id, client_id: client.client, post_logout_redirect_uri: address() });
    location.assign(target);
  } else {
    location.reload();
  }
}

/** Gets a new token for one that has expired. False if there is none to be had; then the user signs in again. */
export async function renew() {
  const refresh = tokens()?.refresh;
  if (!refresh) {
    return false;
  }
  try {
    await fetchTokens({ grant_type: 'refresh_token', refresh_token: refresh });
    return true;
  } catch {
    sessionStorage.setItem(TOKENS, JSON.stringify({ ...tokens(), refresh: null }));
    return false;
  }
}

async function fetchTokens(grant) {
  const { token_endpoint: endpoint } = await endpoints();
  const response = await reach(endpoint, {
    method: 'POST', credentials: 'omit', body: new URLSearchParams({ client_id: client.client, ...grant }),
  });
  const answer = await response.json();
  sessionStorage.setItem(TOKENS, JSON.stringify(
    { access: answer.access_token, refresh: answer.refresh_token ?? null, id: answer.id_token ?? tokens()?.id ?? null }));
}

async function endpoints() {
  return (await reach(`${client.issuer}/.well-known/openid-configuration`, { credentials: 'omit' })).json();
}

async function reach(address, request) {
  let response;
  try {
    response = await fetch(address, request);
  } catch {
    throw new Error('The sign-in service does not answer. Try again in a moment.');
  }
  if (!response.ok) {
    throw new Error(`The sign-in service answers ${response.status}. Sign in again.`);
  }
  return response;
}

function tokens() {
  return client && JSON.parse(sessionStorage.getItem(TOKENS) ?? 'null');
}

function forget() {
  sessionStorage.removeItem(TOKENS);
}

function address() {
  return `${location.origin}/`;
}

function random() {
  return base64(crypto.getRandomValues(new Uint8Array(32)));
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
