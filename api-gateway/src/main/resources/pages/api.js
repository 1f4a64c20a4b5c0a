// Calls of the REST interface. Every failure is a Problem with the API's own words.
import * as session from "./session.js";
import { withQuery } from "./router.js";
import { texts } from "./texts.js";

const PREFIX = "urn:vm-restore:problem:";

// A problem document (RFC 9457) as an error; `kind` is the end of its type, "unreachable" if there was no answer at all.
export class Problem extends Error {
  constructor(document, retryAfter) {
    super(document.detail);
    Object.assign(this, document);
    this.kind = (document.type ?? "").replace(PREFIX, "");
    this.retryAfter = retryAfter;
  }
}

export async function signIn(credentials) {
  session.begin(await sessionOf(await post("/auth/login", credentials)));
}

// The session in another project, which is not begun yet.
export const sessionIn = async (project) => sessionOf(await post("/auth/project", { project_id: project }));

async function sessionOf(answer) {
  const { body: me } = await call("GET", "/auth/me", { token: answer.access_token });
  return {
    token: answer.access_token,
    expiresAt: Date.now() + answer.expires_in * 1000,
    username: me.username,
    project: me.project,
    role: me.role,
    permissions: me.permissions,
  };
}

export const ownProjects = (signal) => get("/auth/projects", { signal }).then((answer) => answer.projects);

export const config = (signal) => get("/restore/config", { signal });
export const projects = (signal) => get("/restore/projects", { signal }).then((answer) => answer.projects);
export const vms = (project, signal) =>
  get(`/restore/projects/${encodeURIComponent(project)}/vms`, { signal }).then((answer) => answer.vms);
export const restorePoints = (project, vm, signal) =>
  get(withQuery(`/restore/vm/${encodeURIComponent(vm)}/restore-points`, { project_id: project }), { signal });
export const jobs = (query, signal) => get(withQuery("/restore/jobs", query), { signal });

// Of bytes: crypto.randomUUID is there on HTTPS and localhost only.
const idempotencyKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const plan = (request) => post("/restore/plan", request, { "Idempotency-Key": idempotencyKey() });
export const execute = (job, confirmation) =>
  post(
    "/restore/execute",
    { plan_id: job, confirm_destructive: confirmation },
    { "Idempotency-Key": idempotencyKey() },
  );
export const cancel = (job, reason) =>
  post(`/restore/jobs/${encodeURIComponent(job)}/cancel`, reason ? { reason } : {}, {
    "Idempotency-Key": idempotencyKey(),
  });

// A job and its ETag; null instead of the job if it is as the ETag says.
export async function job(id, etag, signal) {
  const headers = etag ? { "If-None-Match": etag } : {};
  const { response, body } = await call("GET", `/restore/jobs/${encodeURIComponent(id)}`, { headers, signal });
  return { job: response.status === 304 ? null : body, etag: response.headers.get("ETag") ?? etag };
}

// The answer of the event stream, whose body is read as it comes.
export async function events(id, lastEventId, signal) {
  const headers = { Accept: "text/event-stream, application/problem+json", "Last-Event-ID": String(lastEventId) };
  const options = { headers, signal, stream: true };
  return (await call("GET", `/restore/jobs/${encodeURIComponent(id)}/events`, options)).response;
}

const get = async (path, options) => (await call("GET", path, options)).body;
const post = async (path, body, headers = {}) => (await call("POST", path, { body, headers })).body;

async function call(method, path, { body, headers = {}, signal, token = session.get()?.token, stream = false } = {}) {
  const sent = { ...headers };
  if (token && path !== "/auth/login") {
    sent.Authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    sent["Content-Type"] = "application/json";
  }
  const response = await answerTo(path, { method, headers: sent, body: body && JSON.stringify(body), signal, cache: "no-store" });
  if (response.ok || response.status === 304) {
    const readable = !stream && response.status !== 204 && response.status !== 304;
    return { response, body: readable ? await response.json() : null };
  }
  const problem = new Problem(await document(response), Number(response.headers.get("Retry-After")) || undefined);
  if (problem.kind === "unauthenticated") {
    session.expire(token);
  }
  if (problem.kind === "project-required") {
    session.leaveProject(token);
  }
  throw problem;
}

async function answerTo(path, request) {
  try {
    return await fetch(path, request);
  } catch (failed) {
    if (failed.name === "AbortError") {
      throw failed;
    }
    throw new Problem({ type: `${PREFIX}unreachable`, status: 0, ...texts.problem.unreachable, instance: path });
  }
}

async function document(response) {
  try {
    return await response.json();
  } catch {
    return {
      type: `${PREFIX}unreadable`,
      title: texts.problem.unreadable.title,
      detail: texts.problem.unreadable.detail(response.status),
      status: response.status,
    };
  }
}
