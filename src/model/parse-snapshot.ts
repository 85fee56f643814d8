import type { Snapshot } from './snapshot.ts';

/**
 * A snapshot from its JSON text, whoever signed it; null where its form is another. Lists that did not exist when an older
 * publisher wrote it are empty.
 */
export function parseSnapshot(text: string): Snapshot | null {
  try {
    const snapshot = JSON.parse(text) as Partial<Snapshot>;
    const { v, seq, page, state } = snapshot;
    const lists = [state?.groups, state?.components, state?.incidents, state?.recent, state?.maintenances ?? []];
    if (v !== 1 || !Number.isSafeInteger(seq) || typeof page?.name !== 'string' || !lists.every(Array.isArray))
      return null;
    const whole = snapshot as Snapshot;
    return { ...whole, state: { ...whole.state, maintenances: state?.maintenances ?? [] } };
  } catch {
    return null; // No JSON: no snapshot.
  }
}
