/* The door to what answers a customer's words without a line: fetched on the pages that answer them. */
export { refresh } from "./answers/page.js";

export const start = () => {}; // all is laid out whenever there is another question
