import type { ComponentStatus } from '../../model/status.ts';

/** One shape per status, so that no colour has to be seen; the word stands beside it. */
export const statusShapes: Readonly<Record<ComponentStatus, string>> = {
  operational: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.6 14.3-4-4 1.6-1.6 2.4 2.4 5.6-5.6 1.6 1.6z',
  unknown:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.2 14h2.4v2.4h-2.4zm0-1.6c0-3.6 3-3.3 3-5.5a1.8 1.8 0 0 0-3.6 0H7.8a4.2 4.2 0 0 1 8.4 0c0 3.3-3 3.6-3 5.5z',
  under_maintenance:
    'M4 2h16a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm4 5v10h2.6V7zm5.4 0v10H16V7z',
  degraded_performance: 'M12 2 23 21.5H1zm-1.2 7v6h2.4V9zm0 7.6V19h2.4v-2.4z',
  partial_outage: 'M12 1l11 11-11 11L1 12zm-1.2 5.5v7h2.4v-7zm0 8.6v2.4h2.4v-2.4z',
  major_outage:
    'M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9zm1.6 5.9L7.4 9.1l2.9 2.9-2.9 2.9 1.7 1.7 2.9-2.9 2.9 2.9 1.7-1.7-2.9-2.9 2.9-2.9-1.7-1.7-2.9 2.9z',
};

export function StatusIcon({ status }: { readonly status: ComponentStatus }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path fill-rule="evenodd" d={statusShapes[status]} />
    </svg>
  );
}
