// The sentence to type before a VM is deleted. It is shown with its exact blanks, and what cannot be typed or told apart as escapes.
import { Action, canCopy } from "../../components/basics.js";
import { Component, bdi, code, div, h, input, label, p, uniqueId } from "../../dom.js";
import { visibleName } from "../../foreign.js";
import { texts } from "../../texts.js";

const own = texts.job.execute;

// What the API asks for: whoever typed the sentence as it is shown here has confirmed it, and the API gets its exact text. Everything else is
// sent as it was typed, for the API to refuse.
export function confirmationOf(name, typed) {
  const sentence = own.sentence(name);
  const same = typed === visibleName(sentence) || typed.normalize() === sentence.normalize();
  return same ? sentence : typed;
}

// Properties: `name` of the VM, `problem` if the sentence was refused.
export class Confirmation extends Component {
  id = uniqueId("sentence");

  copy = async () => {
    await navigator.clipboard.writeText(own.sentence(this.props.name));
    this.setState({ copied: true });
  };

  render({ name, problem }, { copied }) {
    const [hintId, errorId, oddId] = ["hint", "error", "odd"].map((part) => `${this.id}-${part}`);
    const sentence = visibleName(own.sentence(name));
    const odd = sentence !== own.sentence(name) || /^\s|\s$|\s\s/.test(name);
    return div(
      { class: "field" },
      label({ for: this.id }, own.sentenceLabel),
      div(
        { class: "row" },
        code({ class: "sentence", id: hintId, dir: "ltr" }, sentence),
        canCopy && h(Action, { label: copied ? texts.copied : own.copySentence, icon: copied ? "check" : "copy", onClick: this.copy }),
      ),
      odd && p({ class: "hint", id: oddId }, own.sentenceOdd),
      input({
        id: this.id,
        name: "sentence",
        class: "mono",
        autocomplete: "off",
        autocapitalize: "none",
        spellcheck: false,
        "aria-invalid": problem ? "true" : undefined,
        "aria-describedby": [hintId, odd && oddId, problem && errorId].filter(Boolean).join(" "),
      }),
      problem && p({ class: "field-error", id: errorId, role: "alert" }, own.sentenceWrong(problem.title, bdi(sentence))),
    );
  }
}
