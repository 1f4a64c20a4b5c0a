// Choosing the project that the token speaks for, and what outlives the change.
import * as api from "./api.js";
import * as router from "./router.js";
import * as session from "./session.js";

// Fails with a Problem; then all stays as it is, also for whoever signed out or changed again meanwhile. Whoever chooses for the first time stays
// where the link has led them. Token and place change at once: the old place never asks with the new token.
export async function switchTo(project) {
  const { token, role, project: cameFrom } = session.get() ?? {};
  const next = await api.sessionIn(project.id);
  if (session.get()?.token !== token) {
    return;
  }
  session.begin({ ...next, cameFrom });
  const path = pathIn(router.here(), project.id);
  if (role && path) {
    router.go(path);
  }
}

// Where a place leads in another project: what named the old one is left out. Null: the place stays.
export function pathIn({ name, query, project: of }, project) {
  if (name === "vms") {
    return (query.project ?? project) === project ? null : router.paths.vms();
  }
  if (name === "configure") {
    return of === project ? null : router.paths.vms();
  }
  if (name === "jobs") {
    const dropped = query.project_id === project ? ["marker"] : ["marker", "project_id", "vm_id"];
    const kept = Object.entries(query).filter(([filter]) => !dropped.includes(filter));
    return kept.length === Object.keys(query).length ? null : router.paths.jobs(Object.fromEntries(kept));
  }
  return null;
}
