import type { ComponentStatus } from '../../model/status.ts';
import type { View } from '../../model/view.ts';
import { statusShapes } from '../ui/status-icon.tsx';

/** Between light and dark, so that they can be told on the tabs of either; the shape tells them too. */
const COLOURS: Readonly<Record<ComponentStatus, string>> = {
  operational: '#2c9a63',
  unknown: '#7b8794',
  under_maintenance: '#3f7fd6',
  degraded_performance: '#c08a00',
  partial_outage: '#e06a17',
  major_outage: '#de3b3b',
};

/**
 * Address of the tab's icon: the state's own shape, inside the address itself, so that a page without a network has it too.
 * What says nothing of the present wears the neutral one.
 */
export function iconOf(view: View): string {
  if (view.type === 'opening') return statusIcon('unknown');
  if (!('known' in view) || (view.type !== 'status' && !view.known.reader.ticking)) return '/icon.svg';
  return statusIcon(view.known.headline.status);
}

/** The icon of a tab that says `status`. */
export function statusIcon(status: ComponentStatus): string {
  const path = `<path fill="${COLOURS[status]}" fill-rule="evenodd" d="${statusShapes[status]}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${path}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
