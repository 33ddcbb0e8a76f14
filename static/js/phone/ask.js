/** Ask the worker; null when there is none, or none that answers. */
const LONG = 40_000;

export function ask(kind, more = {}, worker = navigator.serviceWorker?.controller) {
  return new Promise((done) => {
    if (!worker) return done(null);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    setTimeout(done, LONG, null);
    worker.postMessage({ kind, ...more }, [port2]);
  });
}
