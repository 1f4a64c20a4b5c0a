// A group of large radio buttons, each with a title and what it means.
import { Component, classes, div, fieldset, h, input, label, legend, li, p, span, ul, uniqueId } from "../dom.js";
import { Icon } from "./icon.js";

// Properties: `legend`, `name`, `value`, `options` of { value, title, detail (text or list), badge, why, danger }, `onChoose(value)`.
// An option with `why` stays visible and cannot be chosen.
export class Choice extends Component {
  id = uniqueId("choice");

  render({ legend: words, name, value, options, onChoose, columns }) {
    return fieldset(
      { class: "choice" },
      legend({ class: "hidden" }, words),
      div(
        { class: classes("choice-options", columns && `columns-${columns}`) },
        options.map((option) => this.option(option, name, value, onChoose)),
      ),
    );
  }

  option(option, name, value, onChoose) {
    const id = `${this.id}-${option.value}`;
    const chosen = option.value === value;
    return div(
      { key: option.value, class: classes("choice-option", chosen && "chosen", option.why && "unavailable", option.danger && "danger") },
      label(
        { class: "choice-label", for: id },
        input({
          type: "radio",
          id,
          name,
          value: option.value,
          checked: chosen,
          disabled: Boolean(option.why),
          "aria-describedby": `${id}-detail`,
          onChange: () => onChoose(option.value),
        }),
        span({ class: "choice-title" }, option.title),
        option.badge && span({ class: "badge bad" }, option.badge),
      ),
      div(
        { class: "choice-detail", id: `${id}-detail` },
        Array.isArray(option.detail) ? ul(option.detail.map((words, index) => li({ key: index }, words))) : p(option.detail),
        option.extra,
        option.why && p({ class: "why" }, h(Icon, { name: "lock" }), span(option.why)),
      ),
    );
  }
}
