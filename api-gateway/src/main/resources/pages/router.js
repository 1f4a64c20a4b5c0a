// The place that the URL names. Everything that must survive a reload, the back button or a second tab is in it.

const PLACES = [
  { name: "vms", pattern: /^\/ui\/(?:vms)?$/ },
  { name: "configure", pattern: /^\/ui\/projects\/(?<project>[^/]+)\/vms\/(?<vm>[^/]+)$/ },
  { name: "jobs", pattern: /^\/ui\/jobs$/ },
  { name: "job", pattern: /^\/ui\/jobs\/(?<job>[^/]+)$/ },
];

export const paths = {
  vms: (query) => withQuery("/ui/vms", query),
  configure: (project, vm, query) =>
    withQuery(`/ui/projects/${encodeURIComponent(project)}/vms/${encodeURIComponent(vm)}`, query),
  jobs: (query) => withQuery("/ui/jobs", query),
  job: (job) => `/ui/jobs/${encodeURIComponent(job)}`,
};

const listeners = new Set();

// The present place: { name, path, query, …named parts of the path }.
export function here() {
  const { pathname, search } = window.location;
  const query = Object.fromEntries(new URLSearchParams(search));
  for (const { name, pattern } of PLACES) {
    const match = pattern.exec(pathname);
    if (match) {
      return { name, path: pathname, query, ...decoded(match.groups) };
    }
  }
  return { name: "unknown", path: pathname, query };
}

export function go(path, { replace = false } = {}) {
  if (replace) {
    window.history.replaceState(null, "", path);
  } else {
    window.history.pushState(null, "", path);
  }
  tell();
}

// Keeps what a person chose on a screen in the URL, without an entry of the history for each key stroke.
export function remember(changes) {
  const query = { ...here().query, ...changes };
  go(withQuery(window.location.pathname, query), { replace: true });
}

export function onMove(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function withQuery(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

function decoded(groups = {}) {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, safelyDecoded(value)]));
}

function safelyDecoded(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function tell() {
  listeners.forEach((listener) => listener(here()));
}

window.addEventListener("popstate", tell);

// Links within the wizard change the place without loading the page again.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='/ui/']");
  const special = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
  if (link && !special && !link.target && !event.defaultPrevented) {
    event.preventDefault();
    go(link.getAttribute("href"));
  }
});
