/* What a script says, word for word, without its comments and margins: reads {name: [written, served]} from standard input and
   answers with the names of those that do not say the same. */
import { tokenizer } from "acorn";
import { readFileSync } from "node:fs";

const words = (text) => [...tokenizer(text, { ecmaVersion: "latest", sourceType: "module" })].map(({ type, value }) => `${type.label} ${value?.pattern ?? value}`);
const pairs = Object.entries(JSON.parse(readFileSync(0, "utf8")));
console.log(JSON.stringify(pairs.filter(([, [written, served]]) => words(written).join("\n") !== words(served).join("\n")).map(([name]) => name)));
