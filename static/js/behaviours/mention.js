/* While one types @ and a letter: those whom it may mean, under the field, for one tap. Names and keys stand in the page, or in
   another that the phone carries. */
import { part } from "../phone/parts.js";

const AT = /[@＠]([^\s@＠]{0,20})$/;

export function start(box) {
  const field = box.querySelector("textarea"), row = Object.assign(document.createElement("p"), { className: "wrap" });
  const before = () => field.value.slice(0, field.selectionStart);
  let list;
  box.append(row);
  field.addEventListener("input", async () => {
    if (AT.test(before())) list ??= document.querySelector("#mention-people") ?? part(box.dataset.people, "mention-people");
    const people = [...((await list)?.children ?? [])], asked = AT.exec(before())?.[1]?.toLowerCase();
    const means = ({ dataset, textContent }) => asked !== undefined && (!asked || textContent.includes(asked) || dataset.keys.includes(` ${asked}`));
    row.replaceChildren(...people.filter(means).slice(0, 5).map(({ textContent: name }) => {
      const chip = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: `@${name}` });
      chip.addEventListener("click", () => {
        field.setRangeText(`@${name} `, before().search(AT), field.selectionStart, "end");
        field.focus();
        row.replaceChildren();
      });
      return chip;
    }));
  });
}
