/** Milliseconds. Each is a promise of the fault table: a dead relay is known within 10 s and tried again within 30 s. */
export const LIMIT = {
  connect: 5_000,
  answer: 10_000,
  answerOnWake: 3_000,
  quiet: 10_000,
  progress: 30_000,
  again: 250,
  repeat: 60_000,
  repeatPages: 600_000,
  repeatSilent: 5_000,
  firstRetry: 500,
  lastRetry: 30_000,
} as const;

/** Events sent and not yet answered; ids in one REQ (strfry allows 500 per filter). */
export const WINDOW = 64;
export const BATCH = 400;
