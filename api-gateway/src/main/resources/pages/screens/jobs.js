// Every plan and restore: filters as the API has them, in the URL, and pages from newest to oldest.
import * as api from "../api.js";
import { Action, Moment, Status } from "../components/basics.js";
import { Icon } from "../components/icon.js";
import { Empty } from "../components/notice.js";
import { Remote } from "../components/remote.js";
import { standing } from "../components/severity.js";
import { Title } from "../components/title.js";
import { Words } from "../components/words.js";
import { Component, a, button, classes, div, form, h, input, label, nav, option, p, select, span, uniqueId } from "../dom.js";
import { foreign } from "../foreign.js";
import { hasEnded } from "../live-job.js";
import { go, here, paths, withQuery } from "../router.js";
import { texts } from "../texts.js";
import * as times from "../times.js";

const own = texts.jobs;
const STATUSES = ["PLANNING", "PLANNED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED", "DRY_RUN"];
const MORE_FILTERS = ["vm_id", "requested_by", "created_after", "created_before"];
const FILTERS = ["status", "mode", "project_id", ...MORE_FILTERS];
const PAGE = 25;
const REFRESH_MS = 5_000;
const CALM_REFRESH_MS = 15_000;

export const Jobs = ({ place }) =>
  div(
    { class: "stack" },
    div({ class: "row spread" }, div({ class: "stack tight" }, h(Title, null, own.title), p({ class: "muted" }, own.lead)), a({ class: "button primary", href: paths.vms() }, own.empty.action)),
    h(Filters, { query: place.query }),
    h(Remote, {
      of: JSON.stringify(place.query),
      rows: 8,
      load: (signal) => api.jobs({ ...place.query, limit: PAGE, with_count: true }, signal).then((page) => ({ ...page, readAt: Date.now() })),
      show: (page, reload) => div({ class: "stack" }, h(Freshness, { page, reload }), h(Page, { page, query: place.query, reload })),
    }),
  );

const filter = (changes) => {
  const { marker: ignored, ...query } = here().query;
  go(paths.jobs({ ...query, ...changes }));
};

class Filters extends Component {
  id = uniqueId("filter");
  state = { projects: [], more: false };

  async componentDidMount() {
    try {
      this.setState({ projects: await api.projects() });
    } catch {
      // The filter then takes the id of the URL only; the list itself does not need the projects.
    }
  }

  render({ query }, { projects, more }) {
    const moreId = `${this.id}-more`;
    const needed = MORE_FILTERS.some((name) => query[name]);
    return form(
      { class: "filters", "aria-label": own.filters.label, onSubmit: (event) => event.preventDefault() },
      this.choice("status", own.filters.status, STATUSES.map((status) => [status, status]), query),
      this.choice("mode", own.filters.mode, [["NEW", "NEW"], ["REPLACE", "REPLACE"]], query),
      this.choice("project_id", own.filters.project, this.projectChoices(projects, query), query),
      div(
        { class: "filter-buttons" },
        !needed && button(
          { type: "button", class: "button secondary", "aria-expanded": String(more), "aria-controls": moreId, onClick: () => this.setState({ more: !more }) },
          more ? own.filters.fewer : own.filters.more,
        ),
        FILTERS.some((name) => query[name]) && button({ type: "button", class: "button quiet", onClick: () => go(paths.jobs()) }, own.filters.clear),
      ),
      div(
        { class: "more-filters", id: moreId, hidden: !more && !needed },
        this.text("vm_id", own.filters.vm, query),
        this.text("requested_by", own.filters.by, query),
        this.moment("created_after", own.filters.after, query),
        this.moment("created_before", own.filters.before, query),
      ),
    );
  }

  projectChoices(projects, query) {
    const choices = projects.map((project) => [project.id, foreign(project.name)]);
    const known = !query.project_id || choices.some(([id]) => id === query.project_id);
    return known ? choices : [...choices, [query.project_id, query.project_id]];
  }

  choice(name, words, choices, query) {
    return this.field(name, words, (id) =>
      select(
        { id, name, value: query[name] ?? "", onChange: (event) => filter({ [name]: event.currentTarget.value }) },
        option({ value: "" }, own.filters.any),
        choices.map(([value, title]) => option({ key: value, value, selected: value === query[name] }, title)),
      ),
    );
  }

  text(name, words, query) {
    return this.field(name, words, (id) =>
      input({ id, name, value: query[name] ?? "", autocomplete: "off", spellcheck: false, onChange: (event) => filter({ [name]: event.currentTarget.value.trim() }) }),
    );
  }

  moment(name, words, query) {
    return this.field(name, words, (id) =>
      input({ id, name, type: "datetime-local", value: localMoment(query[name]), onChange: (event) => filter({ [name]: event.currentTarget.value && new Date(event.currentTarget.value).toISOString() }) }),
    );
  }

  field(name, words, control) {
    const id = `${this.id}-${name}`;
    return div({ class: "field" }, label({ for: id }, words), control(id));
  }
}

// What an input of type datetime-local understands: local time without a zone.
function localMoment(moment) {
  const date = moment ? new Date(moment) : null;
  return date && !Number.isNaN(date.getTime()) ? new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : "";
}

// A list in which something happens is read often, any other seldom: somebody else may start a restore at any time.
class Page extends Component {
  componentDidMount() {
    this.timer = window.setInterval(() => {
      const age = Date.now() - this.props.page.readAt;
      if (!document.hidden && (age >= CALM_REFRESH_MS || this.props.page.jobs.some((job) => !hasEnded(job)))) {
        void this.props.reload();
      }
    }, REFRESH_MS);
  }

  componentWillUnmount() {
    window.clearInterval(this.timer);
  }

  render({ page, query }) {
    if (page.jobs.length === 0) {
      return FILTERS.some((name) => query[name])
        ? h(Empty, { ...own.noMatch, icon: "search" }, button({ type: "button", class: "button secondary", onClick: () => go(paths.jobs()) }, own.noMatch.clear))
        : h(Empty, own.empty, a({ class: "button primary", href: paths.vms() }, own.empty.action));
    }
    return div({ class: "stack" }, p({ class: "muted small", role: "status" }, own.count(page.count)), h(Table, { jobs: page.jobs }), h(Pages, { page, query }));
  }
}

const Freshness = ({ page, reload }) =>
  div({ class: "row" }, span({ class: "muted small" }, own.asOf, " ", h("time", { dateTime: new Date(page.readAt).toISOString() }, times.clockWithSeconds(page.readAt))), h(Action, { label: own.refresh, onClick: reload }));

const Table = ({ jobs }) =>
  div(
    { class: "grid-table jobs", role: "table", "aria-label": own.title },
    div({ role: "rowgroup" }, div({ role: "row", class: "grid-head" }, Object.entries(own.columns).map(([key, words]) => span({ key, role: "columnheader" }, words)))),
    div({ role: "rowgroup" }, jobs.map((job) => h(Row, { key: job.job_id, job }))),
  );

const Row = ({ job }) =>
  div(
    { role: "row", class: "grid-row open" },
    div({ role: "cell" }, h(Status, { status: standing(job) }), job.status === "RUNNING" && span({ class: "muted small" }, " ", own.percent(job.progress.percent))),
    div(
      { role: "cell" },
      a({ class: "vm-link", href: paths.job(job.job_id), "aria-label": own.open(job.vm_name ?? job.vm_id) }, foreign(job.vm_name ?? job.vm_id)),
      span({ class: "sub" }, [job.new_vm_name && job.new_vm_name !== job.vm_name && own.became(job.new_vm_name), foreign(job.project_name)].filter(Boolean).flatMap((part, index) => (index ? [" · ", part] : part))),
      job.failure && span({ class: "sub bad-text clip", title: job.failure.message }, h(Words, null, job.failure.message)),
    ),
    div({ role: "cell", class: classes(job.mode === "REPLACE" && "bad-text") }, job.mode),
    div({ role: "cell", class: "job-by" }, foreign(job.requested_by)),
    div({ role: "cell" }, h(Moment, { at: job.created_at })),
    div({ role: "cell", class: "job-took", "data-label": job.started_at && own.columns.took }, job.started_at ? times.duration(times.between(job.started_at, job.completed_at)) : span({ class: "muted" }, "–")),
  );

const Pages = ({ page, query }) => {
  const next = page.links.find((link) => link.rel === "next");
  const marker = next && new URL(next.href, window.location.origin).searchParams.get("marker");
  return (
    (marker || query.marker) &&
    nav(
      { class: "row", "aria-label": own.pages },
      query.marker && a({ class: "button secondary", href: withQuery("/ui/jobs", { ...query, marker: "" }) }, h(Icon, { name: "back" }), own.first),
      marker && a({ class: "button secondary", href: paths.jobs({ ...query, marker }) }, own.next, h(Icon, { name: "arrow" })),
    )
  );
};
