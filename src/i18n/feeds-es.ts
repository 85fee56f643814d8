import type { FeedsMessages } from './feeds-messages.ts';

export const feedsEs: FeedsMessages = {
  unknown: 'Estado desconocido',
  updates: 'Actualizaciones',
  correction: 'Corrección',
  retraction: 'Retractación',
  corrected: 'Este texto se corrigió después.',
  retracted: (reason) => `Esto se retiró: ${reason}`,
  overruled: (reason) => `Esto se retiró, pero cuenta lo que se dijo al mismo tiempo o después: ${reason}`,
  neverBegun: 'El tiempo planeado pasó y nadie ha dicho que comenzara.',
  planned: (from, until) => `Previsto desde ${from} hasta ${until}.`,
  asOf: (when) => `a las ${when}`,
  validUntil: (when) => `Vale como máximo hasta ${when}; después el estado es desconocido.`,
};
