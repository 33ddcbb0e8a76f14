/* The door to what answers a customer's words without a line: fetched on the pages that answer them. */
export { start } from "./answers/page.js";
