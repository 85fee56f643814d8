import type { NoticeMessages } from './notice-messages.ts';

export const noticeEnglish: NoticeMessages = {
  openPlain: 'Open the plain page',
  offlineDetail: 'It could not be reached now and was not kept. The status page itself is kept and opens offline.',
  missingDetail: 'Nothing is published at this address.',
  backToStatus: 'Go to the status',
  detail: {
    opening: 'Opening the copy on this device …',
    unreachable:
      'No copy of this page is on this device yet, and none could be reached. This is not a statement about the service.',
    foreign:
      'No copy of this page is on this device yet, and something else answered in this site’s place (a Wi-Fi login page, perhaps). This is not a statement about the service.',
    invalid:
      'No copy of this page is on this device yet, and the one that answered did not verify, so it is not shown. This is not a statement about the service.',
    older:
      'No copy of this page is on this device any more, and the one that answered is older than what this device has seen, so it is not shown. This is not a statement about the service.',
  },
};
