/* A photo as it travels: upright, small, and nothing but the picture. */

const LONGEST = 1600;

/** Whether a JPEG says nothing beside its picture: no segment of an application's, no remark. */
async function isBare(file) {
  const view = new DataView(await file.slice(0, 65_536).arrayBuffer());
  if (file.type !== "image/jpeg" || view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return false;
  for (let at = 2; at + 4 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const kind = view.getUint16(at);
    if (kind === 0xffda) return true;
    if ((kind > 0xffe0 && kind <= 0xffef) || kind === 0xfffe) return false;
  }
  return false;
}

/** Whether this browser can show the file at all. */
async function isShown(file) {
  const image = Object.assign(new Image(), { src: URL.createObjectURL(file) });
  return image.decode().then(() => true, () => false).finally(() => URL.revokeObjectURL(image.src));
}

/** The file drawn anew as a JPEG; null if it is no picture to this browser. One that it can show and not draw stays as it is, and
 *  the server looks again. */
export async function drawAnew(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" }), scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    if (scale === 1 && (await isBare(file))) return file;
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified }) : file;
  } catch { return (await isShown(file)) ? file : null; }
}
