/** Tells who waits for work, in this process, that some has come. */
export interface Wake {
  ring(): void;
  /** Returns how to stop listening. */
  onRing(listener: () => void): () => void;
}

export function createWake(): Wake {
  const listeners = new Set<() => void>();
  return {
    ring() {
      for (const listener of listeners) listener();
    },
    onRing(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
