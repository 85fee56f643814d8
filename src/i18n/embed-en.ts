import type { EmbedMessages } from './embed-messages.ts';

export const embedEn: EmbedMessages = {
  asOf: (when) => `As of ${when}`,
  validUntil: (when, until) => `As of ${when}; do not rely on it after ${until}`,
  more: (count) => `and ${count} more`,
  open: 'Full status (new tab)',
  doubts: {
    disagreement: 'Two sources disagree',
    trouble: 'Nothing newer could be had',
    skew: 'Your device’s clock differs from the host’s',
  },
};
