// The last of several asynchronous tasks.

/** Make a function that runs tasks; starting one aborts the one before, whose result is then null. */
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
