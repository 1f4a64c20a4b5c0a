// Starts the wizard.
import { h, render } from "./dom.js";
import { App } from "./app.js";
import * as session from "./session.js";

await session.restore();
render(h(App), document.getElementById("app"));
