/* «I'm here»: a fresh position goes along if the phone gives one within eight seconds; without one the reason goes
   along instead. Either way the form is sent. Degrees WGS 84, accuracy in metres, age in seconds. */

const OPTIONS = { enableHighAccuracy: true, maximumAge: 0, timeout: 8000 };
const REASONS = { 1: "denied", 2: "unavailable", 3: "timeout" };

function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const input = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    input.value = value;
  }
}

const locate = () => new Promise((resolve) => {
  if (!navigator.geolocation) return resolve({ reason: "unsupported" });
  setTimeout(resolve, OPTIONS.timeout + 500, { reason: "timeout" });
  navigator.geolocation.getCurrentPosition(
    ({ coords, timestamp }) => resolve({
      latitude: coords.latitude, longitude: coords.longitude, accuracy_m: Math.round(coords.accuracy),
      age_s: Math.max(0, Math.round((Date.now() - timestamp) / 1000)), reason: "",
    }),
    (error) => resolve({ reason: REASONS[error.code] ?? "unavailable" }),
    OPTIONS,
  );
});

export function start(form) {
  let known = false, looking = false;
  form.addEventListener("submit", async (event) => {
    if (known) { known = false; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (looking) return;
    looking = true;
    event.submitter?.setAttribute("aria-busy", "true");
    fill(form, await locate());
    event.submitter?.removeAttribute("aria-busy");
    looking = false;
    known = true;
    form.requestSubmit(event.submitter);
  }, true);
}
