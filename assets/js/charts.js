// The charts of these pages: each draws a spec into a figure, and again when it is called with another.

export { bars } from "./chart-bars.js";
export { emptyFigure } from "./chart-frame.js";
export { classOf, heat } from "./chart-heat.js";
export { lines } from "./chart-lines.js";
export { steps } from "./chart-steps.js";
export { strip } from "./chart-strip.js";

/**
 * @typedef {import("./chart-bars.js").BarsSpec} BarsSpec
 * @typedef {import("./chart-frame.js").Format} Format
 * @typedef {import("./chart-frame.js").Value} Value
 * @typedef {import("./chart-heat.js").HeatSpec} HeatSpec
 * @typedef {import("./chart-lines.js").LinesSpec} LinesSpec
 * @typedef {import("./chart-steps.js").StepsSpec} StepsSpec
 * @typedef {import("./chart-strip.js").StripSpec} StripSpec
 */
