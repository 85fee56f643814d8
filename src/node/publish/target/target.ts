import type { Written } from '../write-round.ts';

/** Files to carry, and where they lie meanwhile: each as it was when its round ended. */
export interface Batch {
  readonly folder: string;
  /** In the order in which a target must get them; each phase is complete there before the next begins. */
  readonly phases: Written['phases'];
  /** All that is published: what the target holds is not known yet. */
  readonly whole: boolean;
}

/** A place that carries a copy of the site. All reject with what went wrong; `signal` ends them. */
export interface Target {
  /** As a person may see it: without passwords. */
  readonly name: string;
  put(batch: Batch, signal: AbortSignal): Promise<void>;
  /** Whether all these files of the site are there: a cheap look before each round. */
  holds(paths: readonly string[], signal: AbortSignal): Promise<boolean>;
  /** Paths of all files in these folders of the site; of a folder that is not there, none. */
  list(folders: readonly string[], signal: AbortSignal): Promise<readonly string[]>;
  /** Removes what is published no more; what is not there is no failure. */
  remove(paths: readonly string[], signal: AbortSignal): Promise<void>;
}
