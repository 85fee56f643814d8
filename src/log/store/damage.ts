/** Why storage did not do what was asked of it. */
export type StoreTrouble =
  /** No room is left on the device. */
  | 'full'
  /** A newer Lifeboat has changed the copy's form. */
  | 'newer'
  /** Storage answers with errors, again and again. */
  | 'unreadable'
  /** Storage never answers. */
  | 'silent'
  /** Storage is not allowed here (private mode, an embedded page). */
  | 'forbidden';

/** Where a device's copy of the log is kept at this moment. Only `durable` and `rescue` outlive the process. */
export type StoreMode =
  | { readonly type: 'durable' }
  /** A second place, because the first cannot be opened; it goes back into the first once that works again. */
  | { readonly type: 'rescue'; readonly reason: StoreTrouble }
  | { readonly type: 'memory'; readonly reason: StoreTrouble };

/** What is wrong with a copy, as facts; the words are the reader's (src/i18n, src/node/store). */
export type Damage =
  | { readonly type: 'short'; readonly held: number; readonly expected: number }
  /** Rows that do not fit their ids. */
  | { readonly type: 'misfits'; readonly count: number; readonly first: string }
  /** Was short while this device used it, and is whole again. */
  | { readonly type: 'mended'; readonly count: number }
  /** Events that are shown, and not stored. */
  | { readonly type: 'unsaved'; readonly count: number; readonly trouble: StoreTrouble };

const SENTENCES: Readonly<Record<StoreTrouble, string>> = {
  full: 'This device has no room left, so nothing was saved: free some space and try again.',
  newer: 'A newer Lifeboat has this copy open: reload this page to go on.',
  unreadable: 'This browser cannot read its own storage: close all its windows and start it again.',
  silent: 'The storage of this browser does not answer: close all its windows and start it again.',
  forbidden: 'This browser allows no storage here: leave private browsing, or use another browser.',
};

/** Storage failed in a way that a person can do something about. */
export class StoreFailure extends Error {
  readonly trouble: StoreTrouble;

  constructor(trouble: StoreTrouble, cause?: unknown) {
    super(SENTENCES[trouble], { cause });
    this.trouble = trouble;
  }
}
