/** What the pages without a state say, in one language. */
export interface NoticeMessages {
  readonly openPlain: string;
  readonly offlineDetail: string;
  readonly missingDetail: string;
  readonly backToStatus: string;
}
