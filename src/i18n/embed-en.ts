import type { EmbedMessages } from './embed-messages.ts';

export const embedEn: EmbedMessages = {
  asOf: (when) => `As of ${when}`,
  validUntil: (when, until) => `As of ${when}; do not rely on it after ${until}`,
  more: (count) => `and ${count} more`,
  open: 'Full status (new tab)',
};
