/* The browser's offer to install the app, kept until its moment has come. */
export const held = { prompt: null };

addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); held.prompt = event; });
