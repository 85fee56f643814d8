import type { Trouble } from '../model/view.ts';

/** What the pages without a state say, in one language. */
export interface NoticeMessages {
  readonly openPlain: string;
  readonly offlineDetail: string;
  readonly missingDetail: string;
  readonly backToStatus: string;
  /** Before the device's copy is open, and why there is nothing to show at all. */
  readonly detail: Readonly<Record<'opening' | Trouble, string>>;
}
