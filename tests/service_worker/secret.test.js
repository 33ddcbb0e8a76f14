import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { secretIn } from "../../static/js/phone/secret.js";

const table = JSON.parse(readFileSync(new URL("../foundation/secret_numbers.json", import.meta.url), "utf-8"));

for (const { text, kind } of table) test(`${JSON.stringify(text)} is ${kind || "nothing to hide"}`, () => assert.equal(secretIn(text), kind.replace(/_c/, "C")));
