import { computed } from 'nanostores';
import type { PublicComponent, PublicIncident } from '../model/snapshot.ts';
import { type ComponentStatus, worstStatus } from '../model/status.ts';
import { $snapshot } from './claims.ts';
import { $openIncidents, $public } from './public.ts';

/** What people said of one component; `at`: when they said it (ISO), null where that is not known. */
export interface Declared {
  readonly status: ComponentStatus;
  readonly at: string | null;
}

export interface OpenIncidents {
  /** `log`: no signed snapshot can be believed, so this device folded what it holds itself. */
  readonly source: 'snapshot' | 'log';
  readonly open: readonly PublicIncident[];
}

/** Open incidents; null when nothing is known about them: no snapshot to believe, and none in this device's own log. */
export const $incidents = computed([$snapshot, $openIncidents], (snapshot, folded): OpenIncidents | null => {
  if (snapshot !== null) return { source: 'snapshot', open: snapshot.state.incidents };
  return folded.length > 0 ? { source: 'log', open: folded } : null;
});

/** The worst that people said of a component, by the snapshot or else by this device's own log; it never ages. */
export const $declaredOf = computed([$snapshot, $incidents, $public], (snapshot, incidents, fold) => {
  const setByHand = snapshot === null ? fold?.settings : undefined;
  return (component: PublicComponent): Declared | null => {
    const words = (incidents?.open ?? []).flatMap(({ components, updated_at }) =>
      components
        .filter(({ id, status }) => id === component.id && status !== 'operational')
        .map(({ status }): Declared => ({ status, at: updated_at })),
    );
    const set = setByHand?.get(component.id);
    if (set !== undefined) words.push(set);
    // In a snapshot only what watchers saw has an end of its own.
    const { status, changed_at, valid_until } = component;
    if (valid_until === null && status !== 'unknown') words.push({ status, at: changed_at });
    const worst = worstStatus(words.map((word) => word.status));
    return words.find((word) => word.status === worst) ?? null;
  };
});
