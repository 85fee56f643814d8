import type { NoticeMessages } from './notice-messages.ts';

export const noticeEnglish: NoticeMessages = {
  openPlain: 'Open the plain page',
  offlineDetail: 'It could not be reached now and was not kept. The status page itself is kept and opens offline.',
  missingDetail: 'Nothing is published at this address.',
  backToStatus: 'Go to the status',
};
