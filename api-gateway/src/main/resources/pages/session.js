// Who is signed in. The token is kept for this tab alone and handed to a second tab on request: docs/adr, "no framework".
const KEY = "session";
const ANSWER_WITHIN_MS = 150;

const channel = new BroadcastChannel("vm-restore-session");
const listeners = new Set();
let current = stored();
let expired = false;
let expiry;

channel.onmessage = ({ data }) => {
  if (data.ask && current) {
    channel.postMessage({ session: current });
  } else if (data.signedOut && current) {
    set(null);
  }
};

// The session: { token, username, role, permissions, expiresAt }, or null.
export const get = () => current;

// Whether somebody was signed in until the token expired.
export const hasExpired = () => expired;

export const may = (permission) => current !== null && current.permissions.includes(permission);

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Takes the session over from another tab, if this one has none and another answers at once.
export function restore() {
  if (current) {
    watchExpiry();
    return Promise.resolve();
  }
  return new Promise((done) => {
    const finish = () => {
      channel.removeEventListener("message", take);
      done();
    };
    const take = ({ data }) => {
      if (data.session && !current) {
        set(data.session);
        finish();
      }
    };
    channel.addEventListener("message", take);
    channel.postMessage({ ask: true });
    window.setTimeout(finish, ANSWER_WITHIN_MS);
  });
}

export function begin(session) {
  expired = false;
  set(session);
}

export function signOut() {
  expired = false;
  set(null);
  channel.postMessage({ signedOut: true });
}

// The token is not accepted any more: the place stays, and whoever signs in again goes on there.
export function expire() {
  if (current) {
    expired = true;
    set(null);
  }
}

function set(session) {
  current = session;
  if (session) {
    window.sessionStorage.setItem(KEY, JSON.stringify(session));
  } else {
    window.sessionStorage.removeItem(KEY);
  }
  watchExpiry();
  listeners.forEach((listener) => listener(current));
}

function stored() {
  try {
    return JSON.parse(window.sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function watchExpiry() {
  window.clearTimeout(expiry);
  if (current) {
    expiry = window.setTimeout(expire, Math.max(0, current.expiresAt - Date.now()));
  }
}
