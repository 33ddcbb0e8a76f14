/* While one types @ and a letter: those whom it may mean, under the field, for one tap. Names and keys stand in the page. */
const AT = /[@＠]([^\s@＠]{0,20})$/;

export function start(box) {
  const field = box.querySelector("textarea"), row = Object.assign(document.createElement("p"), { className: "wrap" });
  box.append(row);
  field.addEventListener("input", () => {
    const before = field.value.slice(0, field.selectionStart), asked = AT.exec(before)?.[1]?.toLowerCase();
    const people = asked === undefined ? [] : [...document.querySelectorAll(`#${box.dataset.people} li`)];
    const fit = people.filter(({ dataset, textContent }) => !asked || textContent.includes(asked) || dataset.keys.includes(` ${asked}`)).slice(0, 5);
    row.replaceChildren(...fit.map(({ textContent: name }) => {
      const chip = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: `@${name}` });
      chip.addEventListener("click", () => {
        const start = before.replace(AT, `@${name} `);
        field.value = start + field.value.slice(field.selectionStart);
        field.focus();
        field.setSelectionRange(start.length, start.length);
        row.replaceChildren();
      });
      return chip;
    }));
  });
}
