import { faultsEnglish, type Reasons } from './faults-en.ts';

/** Every sentence of the page that checks the record. Arguments are ready to print. */
export const verifyEnglish = {
  title: 'Verify this page',
  intro:
    'This page fetches the public log and checks it on your own device: every signature, who was allowed to sign, and whether the state that is shown follows from what was signed.',
  noScript: 'Checking here needs JavaScript. The command below needs no browser.',
  again: 'Check again',
  where: 'Which copy to check',
  ownSite: (host: string) => `This site (${host})`,
  mirror: (host: string) => `Mirror ${host}`,
  verdict: {
    still: 'Nothing has been checked yet',
    running: 'Checking …',
    right: 'All that was checked is right',
    wrong: 'Something is wrong',
    unchecked: 'Not everything could be checked',
    held: 'Only the copy on this device could be checked',
  },
  result: {
    right: '✓ Right',
    wrong: '✗ Wrong',
    unchecked: '– Not checked',
    running: '… Checking',
    waiting: '· Waiting',
  },
  stepsTitle: 'What was checked',
  steps: {
    signatures: {
      title: 'Signatures',
      text: 'Each line of the public log is a signed event, complete and in its place.',
    },
    roster: { title: 'Who may sign', text: 'The rosters in the log lead back to the root key that this page names.' },
    snapshot: { title: 'Snapshot', text: 'What the front page shows is signed by a publisher that the roster knows.' },
    parts: { title: 'List of hashes', text: 'The list of all data files is the one that the snapshot vouches for.' },
    state: {
      title: 'State, folded again',
      text: 'From the log and the watchers’ signed pulses this device makes the state itself: it must be the one that is shown.',
    },
    files: {
      title: 'Files',
      text: 'History, incidents, API answers and feeds are what follows from the log, or have the hash that was signed.',
    },
  },
  progress: (done: string, of: string) => `${done} of ${of}`,
  fetching: 'Fetching …',
  found: {
    events: (events: string) => `${events} signed events.`,
    purged: (events: string) => `${events} events were purged: their content is gone, and the log says so.`,
    keys: (keys: string, removed: string) => `${keys} keys may sign, ${removed} were removed.`,
    madeBy: (publisher: string) => `Signed by publisher ${publisher}.`,
    compared: (files: string) => `${files} files compared.`,
    digest: 'Digest of this log',
    digestUse: 'Whoever checks another copy of the same moment must see the same digest.',
  },
  why: {
    rests: 'It rests on a step above that is not right.',
    unreachable: (file: string) => `${file} could not be fetched: nobody answered.`,
    foreign: (file: string) => `Something else answered in the place of ${file} (a Wi-Fi login page, perhaps).`,
    line: (file: string, line: string) => `${file}, line ${line}`,
  },
  held: {
    intro:
      'The public log could not be fetched, so what this device holds was checked instead: the signature of the last copy of the front page, and whether this device knows its publisher.',
    none: 'This device holds no copy of the front page, and the public log could not be fetched: nothing could be checked.',
    signature: 'Signature of the copy on this device',
    publisher: 'Its publisher',
    unknownPublisher: 'This device has seen no roster that names this publisher.',
    badSignature: 'The copy on this device does not carry the signature that it claims.',
  },
  shownTitle: 'What was shown, and when',
  shownIntro:
    'Each time the public state changes, its publisher signs a page event with the hash of that state. Together they are the history of this page: none but the newest can be left out without a gap.',
  publisher: (key: string, live: boolean) => (live ? `Publisher ${key}` : `Publisher ${key} (removed)`),
  missing: (places: string) => `Missing from this chain: number ${places}.`,
  twice: (count: string) => `${count} numbers stand twice: this publisher was restored or copied.`,
  shown: { seq: 'Number', hash: 'Hash of the state' },
  pages: (from: string, to: string, of: string) => `${from} to ${to} of ${of}`,
  newer: 'Newer',
  older: 'Older',
  several: (count: string) => `${count} publishers have signed what this page showed.`,
  agree: 'The last states of those that may still publish are the same.',
  differ: 'The last states of those that may still publish differ:',
  retoldTitle: 'Corrections and retractions',
  noneRetold: 'Nothing that was published has been corrected or taken back.',
  now: 'Now',
  before: 'Before',
  takenBack: (reason: string) => `Taken back: ${reason}`,
  wholeTakenBack: 'All of it was taken back.',
  idleTitle: 'What does not count',
  noneIdle: 'Every event in the log counts.',
  beyondCut: (key: string, count: string) =>
    `${count} events of the removed key ${key}, signed beyond the place where its removal cut it off.`,
  byStrangers: (count: string) => `${count} events of keys that no roster names.`,
  outsideTitle: 'Check it outside this page',
  outside:
    'The script that you are running came from this host: a host that lies could send one that always says “right”. This command runs the same check with a program that you have from elsewhere, and looks at the host from outside. Compare the root key in it with one that came to you by another way.',
  copy: 'Copy the command',
  copied: 'Copied',
  selected: 'Selected: copy it with your keyboard',
  limitsTitle: 'What this page does not check',
  limits: [
    'The script itself, and the pages as HTML: both came from this host.',
    'Whether what was signed is true. A signature says who, not that it is so.',
    'Whether somebody else is shown another log. Compare the digest with that of a mirror, or of somebody else.',
    'Older files of incidents that the list of hashes leaves to the lists of their months: each is compared when it is opened.',
  ],
  faults: faultsEnglish,
  reasons: {} as Reasons,
};

export type VerifyMessages = typeof verifyEnglish;
