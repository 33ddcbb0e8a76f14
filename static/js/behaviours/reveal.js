/* The eye beside a password. It is hidden until this runs. */
export function start(button) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", !shown);
    input.focus();
  });
}

export function refresh(button) {
  button.hidden = false;
}
