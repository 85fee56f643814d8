import type { FeedsMessages } from './feeds-messages.ts';

export const feedsEn: FeedsMessages = {
  unknown: 'Status unknown',
  updates: 'Updates',
  correction: 'Correction',
  retraction: 'Retraction',
  corrected: 'This text was corrected later.',
  retracted: (reason) => `This was taken back: ${reason}`,
  overruled: (reason) => `This was taken back, but what was said at the same time or later counts: ${reason}`,
  neverBegun: 'Its planned time is over, and nobody has said that it began.',
  planned: (from, until) => `Planned from ${from} until ${until}.`,
  asOf: (when) => `as of ${when}`,
  validUntil: (when) => `Believe it until ${when} at most; after that the status is unknown.`,
};
