/* Results while one types: the form is asked a quarter of a second after the last key, never in the middle of
   composing a character; only the list changes, so the keyboard stays up and the caret stays where it was. */

const PAUSE = 250;

export function start(form) {
  const input = form.querySelector("input[type=search]");
  const results = form.dataset.results;
  let timer, asked = input.value;

  function ask() {
    const wanted = input.value.trim();
    if (wanted === asked || !document.querySelector(results)) return;
    asked = wanted;
    htmx.trigger(form, "htmx:abort");
    htmx.ajax("GET", form.getAttribute("action"), { source: form, target: results, select: results, swap: "outerMorph show:none", replace: "true" });
  }

  const soon = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  };
  input.addEventListener("input", soon);
  input.addEventListener("compositionend", soon);
  form.addEventListener("submit", () => clearTimeout(timer));
}
