import assert from "node:assert/strict";
import { test } from "node:test";

import { LIN, Phone, Server, offline } from "./office.js";

/** What a phone has said of itself with its last look. */
const looks = (server) => {
  const said = [];
  const way = server.way;
  server.way = (url, options, phone) => {
    if (url.startsWith("/field-pack")) said.push(Object.fromEntries(new URLSearchParams(url.split("?")[1])));
    return way?.(url, options, phone);
  };
  return said;
};

test("with each look a phone says what lies on it, and what was thrown away does not any more", async () => {
  const server = new Server(), phone = new Phone(server), said = looks(server);
  const device = await phone.outbox.device();
  const { id, made_at } = await phone.save();
  await phone.pack.pull();
  await phone.outbox.discard(id);
  await phone.pack.pull();
  const pick = ({ user, device, build, count, oldest, refused }) => ({ user, device, build, count, oldest, refused });
  assert.deepEqual(said.map(pick), [
    { user: LIN, device, build: "b1", count: "1", oldest: made_at, refused: "0" },
    { user: LIN, device, build: "b1", count: "0", oldest: "null", refused: "0" },
  ]);
});

test("what was refused is said until it is mended", async () => {
  const server = new Server(), phone = new Phone(server);
  server.answerTo = () => ({ result: "rejected", errors: {} });
  await phone.outbox.device();
  await phone.save();
  await phone.outbox.flush();
  const said = looks(server);
  await phone.pack.pull();
  assert.deepEqual(said.map(({ count, refused }) => [count, refused]), [["0", "1"]]);
});

test("while batches say it, a look does not: it could come later with what was true before", async () => {
  const server = new Server(), phone = new Phone(server);
  await phone.save();
  let looked;
  server.way = (url) => {
    if (url === "/outbox") { looked = phone.pack.pull(); offline(); }
  };
  const said = looks(server);
  await phone.outbox.flush();
  await looked;
  assert.deepEqual(said.map(({ device, count }) => [device, count]), [[undefined, undefined]]);
});
