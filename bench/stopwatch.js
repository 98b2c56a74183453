// The stop-watch inside the page; see bench/README.md. The same for every page: it knows neither
// Dash nor plotly, only "the map's paths have other colours" and "the map's canvas has other pixels".
// The moment is not that of the script but of the screen: in the turn in which the map changed a
// letter is written in a corner, and the browser's Element Timing API tells when the frame with
// that letter was presented.
(() => {
  /** Rows of pixels that are read from a canvas after it was drawn. */
  const ROWS = 7;
  const LETTERS = 20;
  const STAMP = "bench-stamp-";
  const changes = [];
  const presented = new Map();
  let stamps = 0;
  let pressed = null;
  let signature = "/";
  let canvasSignature = "";

  const map = () => document.querySelector(window.benchMap);

  const fold = (hash, number) => (Math.imul(hash, 31) + number) | 0;

  function ofPaths() {
    const colours = [];
    // A path without a line is not to be seen.
    for (const path of map()?.querySelectorAll('svg path[d]:not([d=""])') ?? []) {
      const { fill } = path.style;
      colours.push(path.getAttribute("class") ?? "", fill, path.getAttribute("fill") ?? "");
    }
    return colours.join("|");
  }

  function note(now) {
    if (now === signature) return;
    signature = now;
    const stamp = STAMP + stamps++;
    changes.push({ stamp, made: performance.now() });
    write(stamp);
  }

  function write(stamp) {
    let corner = document.getElementById("bench-corner");
    if (!corner) {
      corner = document.createElement("div");
      corner.id = "bench-corner";
      corner.setAttribute("aria-hidden", "true");
      corner.style.cssText = "position:fixed;right:0;bottom:0;width:160px;height:10px;overflow:hidden;contain:strict;display:flex;color:#999;font:9px/12px sans-serif;pointer-events:none;z-index:99999";
      document.documentElement.append(corner);
    }
    const letter = document.createElement("div");
    letter.setAttribute("elementtiming", stamp);
    letter.textContent = "·";
    // A letter that leaves before it is presented is never told of, so the last few stay.
    corner.prepend(letter);
    if (corner.childElementCount > LETTERS) corner.lastElementChild.remove();
  }

  let paths = "";
  new MutationObserver((records) => {
    const inside = map();
    if (!inside || !records.some(({ target }) => inside.contains(target) || target.contains(inside))) return;
    paths = ofPaths();
    note(`${paths}/${canvasSignature}`);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["class", "style", "fill"] });

  const drawn = new Set();
  function read() {
    for (const gl of drawn) {
      if (!map()?.contains(gl.canvas)) continue;
      const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
      const bound = gl.getParameter(gl.FRAMEBUFFER_BINDING);
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      const line = new Uint8Array(width * 4);
      const numbers = new Uint32Array(line.buffer);
      let hash = 0;
      for (let row = 1; row <= ROWS; row++) {
        gl.readPixels(0, Math.floor((height * row) / (ROWS + 1)), width, 1, gl.RGBA, gl.UNSIGNED_BYTE, line);
        hash = numbers.reduce(fold, hash);
      }
      gl.bindFramebuffer(gl.FRAMEBUFFER, bound);
      canvasSignature = String(hash);
    }
    drawn.clear();
    note(`${paths}/${canvasSignature}`);
  }
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
    for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
      const draw = prototype[name];
      if (!draw) continue;
      prototype[name] = function (...rest) {
        draw.apply(this, rest);
        if (drawn.size === 0) queueMicrotask(read);
        drawn.add(this);
      };
    }
  }

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.identifier.startsWith(STAMP)) presented.set(entry.identifier, entry.presentationTime || entry.renderTime);
    }
  }).observe({ type: "element", buffered: true });

  addEventListener("keydown", (event) => (pressed ??= event.timeStamp), { capture: true });

  window.bench = {
    /** Forget what was, and await a key. */
    reset() {
      pressed = null;
      changes.length = 0;
      presented.clear();
    },
    /** What was seen, in ms since the navigation began. The last change is the map at rest. */
    seen() {
      return {
        origin: performance.timeOrigin,
        now: performance.now(),
        pressed,
        changes: changes.map(({ stamp, made }) => ({ made, shown: presented.get(stamp) ?? null })),
      };
    },
  };
})();
