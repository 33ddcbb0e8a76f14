/* Words that few pages need wait in a page of their own, which the phone carries: a part of it is taken from there. */

const AS_A_PAGE = { "HX-Request": "true", "HX-Boosted": "true" };

/** The element of that id in that page, of a <template> the first one in it; null when it cannot be had. */
export async function part(url, id) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(url, { headers: AS_A_PAGE })).text(), "text/html");
    const found = page.getElementById(id);
    return document.importNode(found.content?.firstElementChild ?? found, true);
  } catch { return null; }
}
