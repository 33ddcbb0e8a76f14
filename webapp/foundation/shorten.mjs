/* What esbuild has joined, shortened once more: {name: script} comes in on standard input and goes out the same way. Nothing
   that is called "unsafe", and no name of a property: what this says is what the source says. */
import { text } from "node:stream/consumers";
import { minify } from "terser";

const HOW = { module: true, ecma: 2020, compress: { passes: 3 } };
const scripts = JSON.parse(await text(process.stdin));
for (const [name, joined] of Object.entries(scripts)) scripts[name] = (await minify({ [name]: joined }, structuredClone(HOW))).code;
process.stdout.write(JSON.stringify(scripts));
