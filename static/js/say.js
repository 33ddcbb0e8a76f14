/* A passing notice over the foot of the page, and the words that scripts have of the server: templates/parts/words.html. */
const $ = (selector, root = document) => root.querySelector(selector);

export const words = () => $("#words").dataset;

/** The toast in <template id=name>, with other words and a way on if given. */
export function say(name, text = "", link = null) {
  const toast = $(`#${name}`)?.content.firstElementChild.cloneNode(true);
  if (!toast) return; // a page without a foot to say it over
  if (text) $("span", toast).textContent = text;
  if (link) toast.append(Object.assign(link, { className: "" }));
  if (name !== "done") toast.setAttribute("role", "alert");
  const foot = $(".foot") ?? document.body;
  $(".toast", foot)?.remove();
  foot.prepend(toast);
}
