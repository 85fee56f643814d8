import type { EmbedMessages } from './embed-messages.ts';

export const embedEs: EmbedMessages = {
  asOf: (when) => `Estado a las ${when}`,
  validUntil: (when, until) => `Estado a las ${when}; no te fíes de él después de ${until}`,
  more: (count) => `y ${count} más`,
  open: 'Estado completo (pestaña nueva)',
};
