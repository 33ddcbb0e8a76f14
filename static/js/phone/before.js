/** What is still being done to a form's files is done before the form goes: `pending()` gives a promise while there is some. */
export function before(form, pending) {
  form?.addEventListener("submit", (event) => {
    const work = pending();
    if (!work) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    work.finally(() => form.requestSubmit(event.submitter));
  }, true);
}
