/* The result as a picture, drawn by hand where it stands on the page, in the colours of daylight. */

const SCALE = 3, EDGE = 16;
const seen = (element) => !element.closest("[hidden]") && element.getBoundingClientRect().width > 0;

function write(pen, element, from) {
  const { left, top, width, height } = element.getBoundingClientRect(), style = getComputedStyle(element);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = element.namespaceURI.endsWith("svg") ? style.fill : style.color;
  pen.textBaseline = "middle";
  pen.fillText(element.textContent, left - from.left, top - from.top + height / 2, width + 1);
}

function draw(pen, path, from, svg) {
  const style = getComputedStyle(path), { left, top, width } = svg.getBoundingClientRect(), line = new Path2D(path.getAttribute("d")), by = width / 326;
  pen.save();
  pen.translate(left - from.left, top - from.top);
  pen.scale(by, by);
  Object.assign(pen, { strokeStyle: style.stroke, lineWidth: parseFloat(style.strokeWidth), lineCap: style.strokeLinecap, fillStyle: style.fill });
  pen.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
  if (style.fill !== "none") pen.fill(line);
  pen.stroke(line);
  pen.restore();
}

/** A PNG of this card. */
export async function picture(card) {
  card.classList.add("is-drawn");
  const from = card.getBoundingClientRect(), canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  canvas.width = from.width * SCALE;
  canvas.height = (from.height + EDGE) * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = getComputedStyle(card).backgroundColor;
  pen.fillRect(0, 0, from.width, from.height + EDGE);
  const svg = card.querySelector("svg.chart");
  if (seen(svg)) for (const path of svg.querySelectorAll("path")) draw(pen, path, from, svg);
  for (const element of card.querySelectorAll("[data-words]:not(desc), [data-drawn]")) if (seen(element)) write(pen, element, from);
  card.classList.remove("is-drawn");
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
