/**
 * One small store: a plain object that is replaced, never changed in place.
 *
 * @template S
 * @typedef {object} Store
 * @property {() => S} get
 * @property {(change: Partial<S> | ((state: S) => Partial<S>)) => void} set
 * @property {<V>(select: (state: S) => V, listener: (value: V, state: S) => void) => void} watch
 *   Calls the listener whenever what `select` picks becomes another value.
 */

/**
 * @template S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<(state: S) => void>} */
  const listeners = new Set();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...(typeof change === "function" ? change(state) : change) };
      for (const listener of [...listeners]) listener(state);
    },
    watch(select, listener) {
      let last = select(state);
      listeners.add((now) => {
        const value = select(now);
        if (Object.is(value, last)) return;
        last = value;
        listener(value, now);
      });
    },
  };
}
