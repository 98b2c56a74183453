// The charts of these pages: each draws a spec into a figure, and again when it is called with another.

export { bars } from "./bars.js";
export { emptyFigure } from "./frame.js";
export { classOf, heat } from "./heat.js";
export { lines } from "./lines.js";
export { steps } from "./steps.js";
export { strip } from "./strip.js";

/**
 * @typedef {import("./bars.js").BarsSpec} BarsSpec
 * @typedef {import("./frame.js").Format} Format
 * @typedef {import("./frame.js").Value} Value
 * @typedef {import("./heat.js").HeatSpec} HeatSpec
 * @typedef {import("./lines.js").LinesSpec} LinesSpec
 * @typedef {import("./steps.js").StepsSpec} StepsSpec
 * @typedef {import("./strip.js").StripSpec} StripSpec
 */
