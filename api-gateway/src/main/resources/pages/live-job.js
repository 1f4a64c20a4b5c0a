// Follows one job: by the event stream, which goes on behind the last event received, or by polling while no stream comes.
import * as api from "./api.js";
import * as session from "./session.js";

const ENDED = ["COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED", "DRY_RUN"];
const SILENCE_MS = 40_000; // the gateway sends a comment every 15 s
const RETRY_MS = 1_000;
const POLL_MS = 2_000;
const POLLS_BEFORE_STREAM = 5;
const FAILURES_BEFORE_POLLING = 2;
const NOT_THERE_YET_MS = 15_000;

// A job that was just accepted is shown a moment later: until then "not found" only means "not yet".
const acceptedAt = new Map();
export const accepted = (id) => acceptedAt.set(id, Date.now());
session.onChange(() => acceptedAt.clear()); // another project does not see it later either
const justAccepted = (id) => Date.now() - (acceptedAt.get(id) ?? 0) < NOT_THERE_YET_MS;

export const hasEnded = (job) => ENDED.includes(job.status);

// Connections are "connecting", "live", "polling" (no stream), "offline" (no answer at all) and "ended"; `heardAt` is the moment
// at which the job was read last.
export class LiveJob {
  constructor(id, onChange) {
    this.id = id;
    this.onChange = onChange;
    this.job = null;
    this.problem = null;
    this.connection = "connecting";
    this.lastEvent = 0;
    this.stopping = new AbortController();
    this.wake = () => {};
  }

  start() {
    window.addEventListener("online", this.networkChanged);
    window.addEventListener("offline", this.networkChanged);
    void this.follow();
  }

  stop() {
    window.removeEventListener("online", this.networkChanged);
    window.removeEventListener("offline", this.networkChanged);
    this.stopping.abort();
    this.wake();
  }

  // Reads the job once more; calls while one reads are answered by one further reading.
  refresh() {
    this.again = this.reading !== undefined;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
      if (this.again && !this.stopped) {
        void this.refresh().catch(() => {});
      }
    });
    return this.reading;
  }

  get stopped() {
    return this.stopping.signal.aborted;
  }

  get over() {
    return this.stopped || (this.job !== null && hasEnded(this.job));
  }

  networkChanged = () => {
    if (!navigator.onLine) {
      this.tell({ connection: "offline" });
      this.stream?.abort();
    }
    this.wake();
  };

  async follow() {
    let failures = 0;
    while (!this.over) {
      try {
        await this.refresh();
        if (!this.over) {
          await this.readStream();
          failures = 0;
          await this.pause(this.over ? 0 : RETRY_MS);
        }
      } catch (failed) {
        failures += 1;
        if (await this.givesUp(failed, failures)) {
          return;
        }
      }
    }
    if (!this.stopped) {
      this.tell({ connection: "ended" });
    }
  }

  // Whether there is no sense in trying again; waits, or polls, before the next attempt otherwise.
  async givesUp(failed, failures) {
    if (failed.status === 404 && justAccepted(this.id) && !this.stopped) {
      await this.pause(RETRY_MS);
      return false;
    }
    if (this.stopped || failed.status === 401 || failed.status === 403 || failed.status === 404 || failed.status === 400) {
      this.tell({ problem: failed });
      return true;
    }
    if (this.job === null) {
      this.tell({ problem: failed });
      await this.pause(failed.retryAfter ? failed.retryAfter * 1000 : POLL_MS);
    } else if (failures < FAILURES_BEFORE_POLLING) {
      this.tell({ connection: navigator.onLine ? "connecting" : "offline" });
      await this.pause(RETRY_MS);
    } else {
      await this.poll();
    }
    return false;
  }

  async poll() {
    for (let count = 0; count < POLLS_BEFORE_STREAM && !this.over; count++) {
      try {
        await this.refresh();
        this.tell({ connection: "polling" });
      } catch (failed) {
        if (failed.status === 401) {
          throw failed;
        }
        this.tell({ connection: "offline" });
      }
      await this.pause(POLL_MS);
    }
  }

  async read() {
    const { job, etag } = await api.job(this.id, this.etag, this.stopping.signal);
    this.etag = etag;
    this.heardAt = new Date().toISOString();
    if (job && (this.job === null || job.version >= this.job.version)) {
      this.lastEvent = Math.max(this.lastEvent, job.version);
      this.tell({ job, problem: null });
    }
  }

  async readStream() {
    this.stream = new AbortController();
    const abort = () => this.stream.abort();
    this.stopping.signal.addEventListener("abort", abort);
    try {
      const response = await api.events(this.id, this.lastEvent, this.stream.signal);
      if (response.status === 204) {
        await this.refresh();
        return;
      }
      this.tell({ connection: "live" });
      await this.readEvents(response.body.getReader());
    } finally {
      this.stopping.signal.removeEventListener("abort", abort);
      window.clearTimeout(this.silence);
    }
  }

  async readEvents(reader) {
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      this.expectSound();
      const { done, value } = await reader.read();
      if (done) {
        await this.refresh();
        return;
      }
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith("id:")) {
          this.lastEvent = Number(line.slice(3));
          void this.refresh().catch(() => {});
        }
      }
    }
  }

  expectSound() {
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.stream.abort(), SILENCE_MS);
  }

  pause(milliseconds) {
    return new Promise((done) => {
      const timer = window.setTimeout(done, milliseconds);
      this.wake = () => {
        window.clearTimeout(timer);
        done();
      };
    });
  }

  tell(changes) {
    if (!this.stopped) {
      Object.assign(this, changes);
      this.onChange();
    }
  }
}
