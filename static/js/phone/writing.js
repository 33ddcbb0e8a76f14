/* Forms that somebody is writing in. While there is one, no page is changed under the hand and no new worker takes over:
   the lock says so to every tab. */

const forms = new Set();
let release = null;

export function isWriting() {
  for (const form of forms) if (!form.isConnected) forms.delete(form);
  if (!forms.size) { release?.(); release = null; }
  return forms.size > 0;
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.getAttribute("method") !== "post") return;
  forms.add(target.form);
  if (!release) navigator.locks?.request("doorstep-writing", { mode: "shared" }, () => new Promise((done) => { release = done; }));
});
for (const done of ["reset", "taken"]) document.addEventListener(done, ({ target }) => { forms.delete(target); isWriting(); }, true);
document.addEventListener("htmx:after:swap", isWriting);
