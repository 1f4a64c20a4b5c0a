// Who is signed in. The token is kept for this tab alone and handed to a second tab on request: docs/adr, "no framework".
const KEY = "session";
const ANSWER_WITHIN_MS = 150;
const FURTHER_ANSWERS_WITHIN_MS = 50;

const channel = new BroadcastChannel("vm-restore-session");
const listeners = new Set();
let current = stored();
let ended = null;
let stopAsking = () => {};
let expiry;

channel.onmessage = ({ data }) => {
  if (data.ask && current) {
    channel.postMessage({ to: data.ask, session: current, usedAt });
  } else if (data.signedOut) {
    stopAsking();
    if (current) {
      set(null);
    }
  }
};

// When this tab was last in front of somebody: a new tab continues the one that it was opened from.
let usedAt = Date.now();
for (const use of ["focus", "blur", "pointerdown", "keydown"]) {
  window.addEventListener(use, () => (usedAt = Date.now()), { capture: true });
}

// The session: { token, username, project, role, permissions, expiresAt, cameFrom }, or null. The token speaks for `project`, or for all if that is
// null; `cameFrom` is the project before. Without a role none is chosen yet.
export const get = () => current;

// Whether somebody was signed in until the token expired.
export const hasExpired = () => ended !== null;

// The project in which whoever is signed in now was at work when their token expired.
export const endedIn = () => (current && ended?.username === current.username ? ended.project : null);

export const may = (permission) => current !== null && current.permissions.includes(permission);

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Takes the session over from the tab used last, if this one has none. The page waits a moment for it; a later answer still counts, until
// somebody signs in here or signs out elsewhere.
export function restore() {
  if (current) {
    watchExpiry();
    return Promise.resolve();
  }
  const asked = crypto.getRandomValues(new Uint32Array(4)).join("-");
  return new Promise((done) => {
    let latest = null;
    const take = ({ data }) => {
      if (data.to !== asked || latest?.usedAt >= data.usedAt) {
        return;
      }
      if (!latest) {
        window.setTimeout(settle, FURTHER_ANSWERS_WITHIN_MS);
      }
      latest = data;
    };
    const settle = () => {
      if (asking) {
        set(latest.session);
      }
      done();
    };
    let asking = true;
    stopAsking = () => {
      asking = false;
      channel.removeEventListener("message", take);
    };
    channel.addEventListener("message", take);
    channel.postMessage({ ask: asked });
    window.setTimeout(done, ANSWER_WITHIN_MS);
  });
}

export function begin(session) {
  if (session.role) {
    ended = null;
  }
  set(session);
}

export function signOut() {
  ended = null;
  set(null);
  channel.postMessage({ signedOut: true });
}

// The token is not accepted any more: the place stays, and whoever signs in again goes on there. The answer to a token of before ends nothing.
export function expire(token = current?.token) {
  if (current && current.token === token) {
    ended = current;
    set(null);
  }
}

// The token speaks for no project, whatever was thought of it.
export function leaveProject(token) {
  if (current && current.role && current.token === token) {
    set({ ...current, project: null, role: null, permissions: [] });
  }
}

function set(session) {
  stopAsking();
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
    expiry = window.setTimeout(() => expire(), Math.max(0, current.expiresAt - Date.now()));
  }
}
