import type { ComponentStatus } from '../../model/status.ts';

/** One shape per status, so that no colour has to be seen; the word stands beside it. */
export const statusShapes: Readonly<Record<ComponentStatus, string>> = {
  operational:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.600 14.300-4-4 1.600-1.600 2.400 2.400 5.600-5.600 1.600 1.600z',
  unknown:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.200 14h2.400v2.400h-2.400zm0-1.600c0-3.600 3-3.300 3-5.500a1.800 1.800 0 0 0-3.600 0H7.800a4.200 4.200 0 0 1 8.400 0c0 3.300-3 3.600-3 5.500z',
  under_maintenance:
    'M4 2h16a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm4 5v10h2.600V7zm5.400 0v10H16V7z',
  degraded_performance: 'M12 2 23 21.500H1zm-1.200 7v6h2.400V9zm0 7.600V19h2.400v-2.400z',
  partial_outage: 'M12 1l11 11-11 11L1 12zm-1.200 5.500v7h2.400v-7zm0 8.600v2.400h2.400v-2.400z',
  major_outage:
    'M7.500 1.500h9l6 6v9l-6 6h-9l-6-6v-9zm1.600 5.900L7.400 9.100l2.900 2.900-2.900 2.900 1.700 1.700 2.900-2.900 2.900 2.900 1.700-1.700-2.900-2.900 2.900-2.900-1.700-1.700-2.900 2.900z',
};

export function StatusIcon({ status }: { readonly status: ComponentStatus }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path fill-rule="evenodd" d={statusShapes[status]} />
    </svg>
  );
}
