import assert from "node:assert/strict";
import { test } from "node:test";

import { takeShared } from "../../service_worker/shared.js";
import { Phone, Server } from "./office.js";

globalThis.location = new URL("http://house.example/");

async function share(phone, text, ...names) {
  const body = new FormData();
  body.set("text", text);
  for (const name of names) body.append("photos", new File([name], name, { type: "image/jpeg" }));
  const answer = await takeShared({ mine: async () => phone, now: phone.clock.now }, new Request("http://house.example/new-report", { method: "POST", body }));
  return answer.headers.get("Location");
}

test("what is shared second stands beside what was shared first, and none of many photos is left out unsaid", async () => {
  const phone = new Phone(new Server()), photos = Array.from({ length: 12 }, (_none, n) => `${n}.jpg`);
  assert.equal(await share(phone, "周五要报价"), "http://house.example/new-report");
  await share(phone, "", ...photos);
  await share(phone, "型号6205", "last.jpg");
  await share(phone, "");
  const { text, files } = await phone.store.drafts.get("shared");
  assert.equal(text, "周五要报价\n型号6205");
  assert.deepEqual(files.map(({ name }) => name), [...photos, "last.jpg"]);
});
