// Work that may wait until the frame being made is on screen.

/** For a page that is not drawn, which has no frames. */
const AT_MOST_MS = 100;

/**
 * A function that runs another after the next frame; calls until then count as one.
 * @param {() => void} run
 */
export function afterFrame(run) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const go = () => {
    timer = undefined;
    run();
  };
  return () => {
    if (timer !== undefined) return;
    const waiting = (timer = setTimeout(go, AT_MOST_MS));
    requestAnimationFrame(() => {
      if (timer !== waiting) return;
      clearTimeout(timer);
      timer = setTimeout(go);
    });
  };
}
