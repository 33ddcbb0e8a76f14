/* The door to the calculator, which few pages have: fetched when one of them is there. */
export { start } from "./worth/page.js";
