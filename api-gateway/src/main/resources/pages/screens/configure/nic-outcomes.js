// What an IP strategy means for each network interface, before there is a plan.
import { caption, code, div, h, p, span, table, tbody, td, th, thead, tr } from "../../dom.js";
import { foreign } from "../../foreign.js";
import { texts } from "../../texts.js";
import { ipv4First } from "../select-vm.js";

const own = texts.configure.ip;

export const NicOutcomes = ({ nics, mode, strategy }) =>
  nics.length === 0
    ? p({ class: "muted" }, own.noNics)
    : div(
        { class: "scroll", tabIndex: 0, role: "region", "aria-label": own.tableCaption },
        table(
          { class: "plain stacked", role: "table" },
          caption(own.tableCaption),
          thead({ role: "rowgroup" }, tr({ role: "row" }, Object.entries(own.columns).map(([key, words]) => th({ key, scope: "col", role: "columnheader" }, words)))),
          tbody({ role: "rowgroup" }, nics.map((nic, index) => h(Row, { key: nic.mac_address, nic, index, mode, strategy }))),
        ),
      );

const Row = ({ nic, index, mode, strategy }) =>
  tr(
    { role: "row" },
    th({ scope: "row", role: "rowheader" }, span(own.nic(index)), span({ class: "sub" }, foreign(nic.network))),
    td({ role: "cell", "data-label": own.columns.now }, [...nic.fixed_ips].sort(ipv4First).map((address) => code({ key: address, class: "address" }, address)), nic.floating_ips.length > 0 && span({ class: "sub" }, own.floating(nic.floating_ips.join(", ")))),
    td({ role: "cell", "data-label": own.columns.then, class: own.strategies[strategy].warnsIn.includes(mode) ? "warn-text" : undefined }, outcome(nic, mode, strategy), nic.floating_ips.length > 0 && span({ class: "sub" }, own.floating(nic.floating_ips.join(", ")), " ", own.floatingOutcome[mode])),
  );

const outcome = (nic, mode, strategy) => own.strategies[strategy].outcome[mode](nic);
