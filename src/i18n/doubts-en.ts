import type { DoubtMessages } from './doubts-messages.ts';

export const doubtsEnglish: DoubtMessages = {
  trouble: {
    unreachable: 'Nothing newer could be reached, so the last good copy stays.',
    foreign: 'Something else answered in this site’s place (a Wi-Fi login page, perhaps), so the last good copy stays.',
    invalid: 'A newer copy did not verify and is not shown, so the last good copy stays.',
    older: 'The copy that answered is older than the one held here, so the newer one stays.',
  },
  unverified: {
    unreachable: 'The signed copy could not be reached, so nothing on this page is verified yet.',
    foreign:
      'Something else answered in place of the signed copy (a Wi-Fi login page, perhaps), so nothing on this page is verified.',
    invalid:
      'The signed copy that answered did not verify, so nothing on this page is verified: somebody may have changed it.',
    older:
      'The signed copy that answered is older than what this device has seen, so nothing on this page is verified.',
  },
  disagreement: (host, when, what) =>
    `Two publishers contradict each other. The newer copy is shown; the other, signed ${when} and read at ${host}, says something else of: ${what}.`,
  skew: (minutes) => `Your device’s clock differs from the host’s by about ${minutes} minutes.`,
  updateFailed: {
    full: 'A newer version of this page could not be installed (no room left on this device); this one goes on.',
    files:
      'A newer version of this page could not be installed (its files did not arrive as they were published); this one goes on.',
    unkept: 'This page could not be kept on this device, so it opens only while its site can be reached.',
    'unkept-full':
      'This page could not be kept on this device (no room left), so it opens only while its site can be reached.',
  },
  leftOut: (components, incidents) =>
    `Not all fits into this copy: ${components} components and ${incidents} incidents are left out, the mildest first. Each incident has its own page, and all of it is in the public log.`,
  nothingListed: 'Nothing is listed on this page yet, so it says nothing about any service.',
  plain: (until) => `This page was written as plain text. Do not rely on it after ${until}: load it again.`,
};
