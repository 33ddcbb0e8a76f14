/* What esbuild has joined, shortened once more: {name: text} comes in on standard input and goes out the same way. Nothing
   that is called "unsafe", and no name of a property: what this says is what the source says. */
import { minify } from "terser";

const HOW = { module: true, ecma: 2020, compress: { passes: 3 } };
const scripts = JSON.parse(await new Response(process.stdin).text());
for (const [name, text] of Object.entries(scripts)) scripts[name] = (await minify({ [name]: text }, structuredClone(HOW))).code;
process.stdout.write(JSON.stringify(scripts));
