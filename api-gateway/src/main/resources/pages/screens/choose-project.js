// Between signing in and everything else, for whoever has no role on the operators' project: the project that the token shall speak for.
import * as api from "../api.js";
import { Action } from "../components/basics.js";
import { ProjectList } from "../components/project-list.js";
import { Remote } from "../components/remote.js";
import { Title } from "../components/title.js";
import { div, h, p } from "../dom.js";
import * as session from "../session.js";
import { texts } from "../texts.js";

const own = texts.project;

export const ChooseProject = ({ who }) =>
  div(
    { class: "sign-in" },
    div(
      { class: "card stack" },
      div({ class: "stack tight" }, h(Title, null, own.choose), p({ class: "muted" }, own.chooseLead(who.username))),
      h(Remote, { rows: 3, load: api.ownProjects, show: (projects, reload) => h(ProjectList, { projects, taken: obvious(projects), reload }) }),
      h(Action, { label: texts.account.signOut, onClick: session.signOut }),
    ),
  );

// The only one, or the one in which somebody was at work until the session ended.
const obvious = (projects) => (projects.length === 1 ? projects[0] : projects.find(({ id }) => id === session.endedIn()?.id));
