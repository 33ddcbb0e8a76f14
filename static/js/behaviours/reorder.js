/* Rows moved by their grip. The buttons beside it do the same one step at a time and need no script; here the new
   order (the rows' data-id, with commas) goes into the field `ids` of the form that data-form names. */

export function start(list) {
  const form = document.getElementById(list.dataset.form), rows = () => [...list.querySelectorAll(":scope > [data-id]")];
  const order = () => rows().map((row) => row.dataset.id).join(",");
  let row = null, before = "";

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    row = grip.closest("[data-id]");
    before = order();
    list.setPointerCapture(event.pointerId);
    row.classList.add("is-moving");
  });

  list.addEventListener("pointermove", ({ clientY }) => {
    if (!row) return;
    const next = rows().find((other) => {
      const { top, height } = other.getBoundingClientRect();
      return other !== row && clientY < top + height / 2;
    });
    if (next !== row.nextElementSibling || !next) list.insertBefore(row, next ?? null);
  });

  const drop = (send) => () => {
    if (!row) return;
    row.classList.remove("is-moving");
    row = null;
    if (!send || order() === before) return;
    form.elements.ids.value = order();
    form.requestSubmit();
  };
  list.addEventListener("pointerup", drop(true));
  list.addEventListener("pointercancel", drop(false));
}

export function refresh(list) {
  for (const grip of list.querySelectorAll("[data-grip]")) grip.hidden = false;
}
