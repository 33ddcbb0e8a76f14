/* Words that few pages need wait in a page of their own, which the phone carries: a part of it is taken from there. */

const AS_A_PAGE = { "HX-Request": "true", "HX-Boosted": "true" };

/** The first element of the <template id> of that page, or null when it cannot be had. */
export async function part(url, id) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(url, { headers: AS_A_PAGE })).text(), "text/html");
    return document.importNode(page.getElementById(id).content.firstElementChild, true);
  } catch { return null; }
}
