// The charts: each renders a specification into a figure, and updates it when called again.

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
