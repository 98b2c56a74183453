// Requests of which only the last one counts.

/** Make a function that runs the last of several tasks: starting one aborts the one before, which then gives null. */
export function latest() {
  let current = new AbortController();
  /** @template Found @param {(signal: AbortSignal) => Promise<Found>} task @returns {Promise<Found | null>} */
  return async (task) => {
    current.abort();
    const { signal } = (current = new AbortController());
    try {
      const found = await task(signal);
      return signal.aborted ? null : found;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  };
}
