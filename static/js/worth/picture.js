/* The result as a picture, drawn by hand where it stands on the page, in the colours of daylight. */

const SCALE = 3, EDGE = 16;
const seen = (element) => !element.closest("[hidden]") && element.getBoundingClientRect().width > 0;

/* A text as the page breaks it: [{text, left, top, height}] */
function linesOf(element) {
  const range = document.createRange(), node = element.firstChild, lines = [];
  for (let n = 0; n < (node?.length ?? 0); n += 1) {
    range.setStart(node, n);
    range.setEnd(node, n + 1);
    const { left, top, height } = range.getBoundingClientRect();
    if (!lines.length || top > lines.at(-1).top + height / 2) lines.push({ text: "", left, top, height });
    lines.at(-1).text += node.data[n];
  }
  return lines;
}

function write(pen, element, from) {
  const style = getComputedStyle(element), { left, top, width, height } = element.getBoundingClientRect(), isChart = element.namespaceURI.endsWith("svg");
  pen.beginPath();
  pen.roundRect(left - from.left, top - from.top, width, height, 8);
  pen.fillStyle = style.backgroundColor;
  pen.fill();
  Object.assign(pen, { font: `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`, textBaseline: "middle", fillStyle: isChart ? style.fill : style.color, strokeStyle: style.stroke, lineWidth: 5 });
  for (const line of linesOf(element)) {
    const at = [line.text, line.left - from.left, line.top - from.top + line.height / 2];
    if (isChart && style.stroke !== "none") pen.strokeText(...at);
    pen.fillText(...at);
  }
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
