/** Words about the copy of the log on this device. */
export const copyEnglish = {
  title: 'The copy on this device',
  kept: (events: string) => `${events} signed events, kept on this device.`,
  rescue: (why: string) =>
    `${why} What you write is kept in a second place on this device and goes back into the first one as soon as that works again.`,
  memory: (why: string) =>
    `${why} What you write is only in this window and is lost when it closes, unless a relay has stored it by then.`,
  trouble: {
    full: 'This device has no room left.',
    newer: 'A newer Lifeboat is open in another window: reload this page.',
    unreadable: 'The storage of this browser cannot be read.',
    silent: 'The storage of this browser does not answer.',
    forbidden: 'This browser allows no storage here.',
  },
  short: (held: number, expected: number) =>
    `This copy is damaged: ${held} of ${expected} events are left. The rest comes back from the relays.`,
  mended: (count: number) =>
    `This copy was damaged while it was in use: ${count} events were missing. They are back from this window and the relays.`,
  misfits: (count: number) =>
    `This copy is damaged: ${count} stored events do not fit their signed ids and are left out until a relay brings them back.`,
  unsaved: (count: number, why: string) =>
    `${why} ${count} events are shown and not stored; they are stored when that works again.`,
  notSaved: (why: string) => `Not saved: ${why} What you typed stays here and is sent when that works again.`,
  window: 'only in this window',
  gaps: (name: string, missing: number, places: string) => `${missing} events of ${name} are missing here: ${places}.`,
  forks: (name: string) => `${name} was restored or copied: it gave one place to two events. Both count.`,
  unknownDevice: 'an unknown device',
  thisDevice: 'this device',
  whole: 'Nothing is known to be missing.',
  clock: {
    behind: (span: string) =>
      `This device’s clock is about ${span} behind. What you write is still accepted and kept in order; please set the clock.`,
    ahead: (span: string) =>
      `This device’s clock is about ${span} ahead. What you write is still accepted and kept in order; please set the clock.`,
  },
  updateFailed: {
    full: 'A newer Lifeboat could not be installed (no room left on this device); this one goes on.',
    files:
      'A newer Lifeboat could not be installed (its files did not arrive as they were published); this one goes on.',
    unkept: 'Lifeboat itself could not be kept on this device, so it opens only while its site can be reached.',
    'unkept-full':
      'Lifeboat itself could not be kept on this device (no room left), so it opens only while its site can be reached.',
  },
  storage: {
    used: (size: string) => `${size} used`,
    lasting: 'The browser has promised not to clear it by itself.',
    temporary: 'The browser may clear it when the disk is full or after weeks without a visit.',
    ask: 'Ask the browser to keep it',
    refused:
      'The browser refused to promise that it keeps this copy. Installing the app or allowing notifications can change that.',
  },
};

export type CopyMessages = typeof copyEnglish;
