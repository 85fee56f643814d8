import { beforeAll, describe, expect, test } from 'vitest';
import type { Verify } from '../../../src/log/check.ts';
import { publicKeyOf } from '../../../src/log/event.ts';
import { checkRecord } from '../../../src/log/published/check-record.ts';
import type { FaultFacts } from '../../../src/log/published/fault.ts';
import { LOG_FILE, sha256, text } from '../../../src/log/published/texts.ts';
import { API } from '../../../src/model/api.ts';
import { isoTime } from '../../../src/model/clock.ts';
import type { PublicState } from '../../../src/model/snapshot.ts';
import { KEYS, NOW, publish, pulse, ROOT, Scribe, snapshot } from './record.ts';
import { rememberedVerify } from './remembered.ts';

let verify: Verify;
beforeAll(async () => {
  verify = await rememberedVerify();
});

/** Each type of event once. */
function everyType(): Scribe {
  const scribe = new Scribe();
  const first = scribe.incident('commander', 'investigating', 'Cards are failing.');
  scribe.say('responder', 'approve', { event: first.id });
  const wrong = scribe.incident('commander', 'identified', 'A dsik is full.');
  scribe.incident('commander', 'identified', 'A disk is full.', { corrects: wrong.id });
  scribe.say('commander', 'override', { event: wrong.id, reason: 'It cannot wait.' });
  const hasty = scribe.incident('responder', 'resolved', 'All is well.');
  scribe.say('responder', 'incident.retract', { incident: 'abc123abc123', update: hasty.id, reason: 'Too early.' });
  scribe.say('commander', 'component.set', { component: 'api', status: 'degraded_performance' });
  scribe.say('commander', 'maintenance.update', {
    maintenance: 'def456def456',
    name: 'New disks',
    status: 'scheduled',
    impact: 'maintenance',
    text: 'We change disks.',
    lang: 'en',
    scheduled_for: '2026-11-25T02:00:00.000Z',
    scheduled_until: '2026-11-25T03:00:00.000Z',
    components: ['cards'],
  });
  const seen = { status: 'major_outage', checked_at: null, changed_at: null, detail: null, vantage: 'north' };
  scribe.say('watcher', 'observation', { subject: 'component:cards', from: 'operational', ...seen });
  scribe.say('watcher', 'day', {
    vantage: 'north',
    day: '2026-11-17',
    seconds: { 'component:cards': { operational: 86_400 } },
  });
  scribe.say('commander', 'from.tomorrow', { anything: true });
  return scribe;
}

/** Its clock stands; what it is to do later it does at once. */
const platform = {
  now: () => NOW + 1_000,
  after: (_: number, task: () => void) => {
    queueMicrotask(task);
    return () => {};
  },
};

const bytes = (data: string | Uint8Array) => (typeof data === 'string' ? new TextEncoder().encode(data) : data);

async function check(files: ReadonlyMap<string, string | Uint8Array>, root: string | undefined = ROOT) {
  const read = async (path: string) => {
    const file = files.get(path);
    return file === undefined ? undefined : bytes(file);
  };
  return checkRecord({ root, read, verify, platform, whole: true });
}

/** The first wrong thing: file, line, what; null where all is right. */
async function wrongIn(files: ReadonlyMap<string, string | Uint8Array>) {
  const { steps } = await check(files);
  const why = steps.find(({ result }) => result === 'wrong')?.why;
  if (why?.type === 'fault') return why;
  return steps.every(({ result }) => result === 'right') ? null : { file: null, line: null, code: 'unchecked' };
}

const EMPTY = { groups: [], components: [], incidents: [], recent: [], maintenances: [] };
const LATER = [isoTime(NOW + 3_600_000), isoTime(NOW + 3_660_000)];
const SNAPSHOT = `${API}/snapshot.json`;
const EVIDENCE = `${API}/evidence.json`;
const PARTS = `${API}/parts.json`;
const whole = () => publish(everyType(), [pulse()]);
/** What the snapshot among `files` says. */
const contentOf = (files: ReadonlyMap<string, string>) =>
  JSON.parse(JSON.parse(files.get(SNAPSHOT) ?? '').content) as { readonly state: PublicState; readonly parts: string };

// Some 20,000 checks of whole records: about ten seconds on a quiet machine.
describe('a published record', { timeout: 180_000 }, () => {
  test('is right in every step, and says what it holds', async () => {
    const files = whole();
    const checked = await check(files);
    expect(checked.steps.map(({ name, result }) => [name, result])).toEqual(
      ['signatures', 'roster', 'snapshot', 'parts', 'state', 'files'].map((name) => [name, 'right']),
    );
    expect(checked).toMatchObject({ root: ROOT, files: files.size - 2 });
    expect(checked.folded?.said.incidents[0]?.updates[0]).toMatchObject({
      text: 'All is well.',
      retracted: { reason: 'Too early.' },
    });
    expect((await check(files, undefined)).root).toBe(ROOT);
  });

  test('is found damaged wherever one byte of its log is another, and the line is named', async () => {
    const files: Map<string, string | Uint8Array> = whole();
    const log = bytes(files.get(LOG_FILE) ?? '');
    const missed: string[] = [];
    let line = 1;
    for (const [at, byte] of log.entries()) {
      const changed = Uint8Array.from(log);
      changed[at] = byte ^ (1 << (at % 8));
      const wrong = await wrongIn(new Map([...files, [LOG_FILE, changed]]));
      const isNamed = wrong?.file === LOG_FILE && [line, line + 1].includes(wrong.line ?? 0);
      if (!isNamed) missed.push(`${at}: ${JSON.stringify(wrong)}`);
      if (byte === 0x0a) line += 1;
    }
    expect(log.length).toBeGreaterThan(8_000);
    expect(missed).toEqual([]);
  });

  test.each([
    [SNAPSHOT, 1],
    [EVIDENCE, 7],
    [PARTS, 7],
  ])('is found damaged wherever one byte of %s is another (every %d)', async (path, every) => {
    const files: Map<string, string | Uint8Array> = whole();
    const file = bytes(files.get(path) ?? '');
    const missed: number[] = [];
    for (let at = 0; at < file.length; at += every) {
      const changed = Uint8Array.from(file);
      changed[at] = (file[at] ?? 0) ^ (1 << (at % 8));
      const wrong = await wrongIn(new Map([...files, [path, changed]]));
      if (wrong?.file !== path) missed.push(at);
    }
    expect(missed).toEqual([]);
  });
});

describe('names', () => {
  /** A file of the right record after `change`. */
  const edit = (path: string, change: (data: string) => string) => () => {
    const files = whole();
    return new Map([...files, [path, change(files.get(path) ?? '')]]);
  };
  const lines = (change: (all: string[]) => string[]) =>
    edit(LOG_FILE, (data) => `${change(data.trimEnd().split('\n')).join('\n')}\n`);
  const drop = (path: string) => () => new Map([...whole()].filter(([name]) => name !== path));
  /** The list of hashes says what `change` makes of it, and the snapshot vouches for it. */
  const parts = (change: (parts: Record<string, string>) => object) => () => {
    const files = whole();
    const list = text(change(JSON.parse(files.get(PARTS) ?? '')));
    const { state } = contentOf(files);
    return new Map([...files, [PARTS, list], [SNAPSHOT, snapshot('publisher', { state, parts: sha256(list) })]]);
  };
  /** Evidence that the list and the snapshot vouch for. */
  const evidence = (change: (data: string) => string) => () => {
    const changed = change(whole().get(EVIDENCE) ?? '');
    const vouched = parts((list) => ({ ...list, [`/${EVIDENCE}`]: sha256(changed) }))();
    return new Map([...vouched, [EVIDENCE, changed]]);
  };
  const removed = () => {
    const scribe = everyType();
    scribe.roster({ removes: [{ pk: publicKeyOf(KEYS.publisher), cut: {} }] });
    return publish(scribe, [pulse()]);
  };
  const shown = (change: (state: PublicState) => object) => () => {
    const scribe = everyType();
    const files = publish(scribe, [pulse()]);
    const { parts, state } = contentOf(files);
    return new Map([...files, [SNAPSHOT, snapshot('publisher', { parts, state: change(state) })]]);
  };
  /** The state of an earlier round, which its publisher noted too, signed anew beside the files of the last one. */
  const shownBefore = () => {
    const scribe = everyType();
    const { state } = contentOf(publish(scribe, [pulse()]));
    scribe.incident('commander', 'resolved', 'The disk was emptied.');
    const files = publish(scribe, [pulse()]);
    return new Map([...files, [SNAPSHOT, snapshot('publisher', { state, parts: contentOf(files).parts })]]);
  };

  test.each<[string, () => ReadonlyMap<string, string>, Partial<FaultFacts>]>([
    ['a log that is missing', drop(LOG_FILE), { file: LOG_FILE, code: 'missing' }],
    ['a snapshot that is missing', drop(SNAPSHOT), { file: SNAPSHOT, code: 'missing' }],
    ['evidence that is missing', drop(EVIDENCE), { file: EVIDENCE, code: 'missing' }],
    ['an incident that is missing', drop(`${API}/incidents/abc123abc123.json`), { code: 'missing' }],
    ['an empty log', edit(LOG_FILE, () => ''), { file: LOG_FILE, code: 'empty' }],
    ['a line twice', lines(([a = '', ...more]) => [a, a, ...more]), { file: LOG_FILE, line: 2, code: 'repeated' }],
    [
      'two lines that changed places',
      lines(([a = '', b = '', c = '', ...more]) => [a, c, b, ...more]),
      { line: 3, code: 'not_in_order' },
    ],
    [
      'a line with a space',
      lines(([a = '', ...more]) => [`${a.slice(0, -1)} }`, ...more]),
      { line: 1, code: 'not_canonical' },
    ],
    ['a log that was cut off', edit(LOG_FILE, (data) => data.slice(0, -1)), { code: 'cut_off' }],
    [
      'a snapshot in the log',
      edit(LOG_FILE, (data) => `${data}${snapshot('publisher', {})}\n`),
      { code: 'kind', detail: '33915' },
    ],
    [
      'a purge that nobody asked for',
      edit(LOG_FILE, (data) => `${data}{"purged":"${'f'.repeat(64)}"}\n`),
      { code: 'purged_unasked' },
    ],
    [
      'a line that was left out',
      lines((all) => all.filter((line) => !line.includes('Too early'))),
      { file: SNAPSHOT, code: 'state_folded', detail: 'components: cards' },
    ],
    [
      'a page event that was left out',
      lines((all) => all.filter((line) => !line.includes('state_sha256'))),
      { file: SNAPSHOT, code: 'state_page' },
    ],
    ['a publisher that was removed', removed, { file: SNAPSHOT, code: 'publisher_removed' }],
    ['a publisher that nobody knows', edit(SNAPSHOT, () => snapshot('stranger', {})), { code: 'publisher_unknown' }],
    ['a watcher that publishes', edit(SNAPSHOT, () => snapshot('watcher', {})), { code: 'publisher_none' }],
    [
      'a snapshot from tomorrow',
      edit(SNAPSHOT, () => snapshot('publisher', { state: EMPTY, generated_at: LATER[0], valid_until: LATER[1] })),
      { code: 'ahead' },
    ],
    [
      'a snapshot that is over when it is signed',
      edit(SNAPSHOT, () => snapshot('publisher', { state: EMPTY, valid_until: isoTime(NOW) })),
      { file: SNAPSHOT, code: 'times' },
    ],
    [
      'a snapshot that stands for another chain',
      edit(SNAPSHOT, () => snapshot('publisher', { state: EMPTY }, 'another')),
      { file: SNAPSHOT, code: 'wrong_chain' },
    ],
    ['a snapshot without a state', edit(SNAPSHOT, () => snapshot('publisher', {})), { code: 'snapshot_form' }],
    [
      'a state that the publisher never noted',
      shown((state) => ({ ...state, components: [] })),
      { code: 'state_page' },
    ],
    ['a state that the publisher showed before its last', shownBefore, { file: SNAPSHOT, code: 'state_page' }],
    [
      'a check that no watcher made',
      shown((state) => ({
        ...state,
        components: state.components.map((one: object) => ({ ...one, checked_at: LATER[0] })),
      })),
      { code: 'state_times', detail: 'components: cards' },
    ],
    [
      'a pulse by somebody else',
      evidence((data) => text({ ...JSON.parse(data), pulses: [pulse('operational', KEYS.commander)] })),
      { file: EVIDENCE, code: 'pulse_untrusted' },
    ],
    [
      'another pulse than the publisher saw',
      evidence((data) => text({ ...JSON.parse(data), pulses: [pulse('major_outage')] })),
      { file: SNAPSHOT, code: 'state_folded', detail: 'components: cards' },
    ],
    [
      'a site with another component',
      evidence((data) => data.replace('Card payments', 'Card refunds')),
      { file: SNAPSHOT, code: 'state_folded' },
    ],
    ['a roster that says something else', edit(`${API}/roster.json`, () => '[]'), { code: 'not_from_log' }],
    [
      'an incident that says something else',
      edit(`${API}/incidents/abc123abc123.json`, (data) => data.replace('disk', 'disc')),
      { code: 'not_from_log' },
    ],
    [
      'a month that says something else',
      edit(`${API}/history/2026-11.json`, (data) => data.replace('disk', 'disc')),
      { code: 'not_from_log' },
    ],
    [
      'an answer of the API that is another',
      edit('api/v2/summary.json', (data) => `${data} `),
      { file: 'api/v2/summary.json', code: 'part_hash' },
    ],
    [
      'a list that leaves the log out',
      parts(({ '/log/public.jsonl': _, ...rest }) => rest),
      { file: PARTS, code: 'parts_unnamed' },
    ],
    [
      'a list with an invented incident',
      parts((list) => ({ ...list, [`/${API}/incidents/zzz999zzz999.json`]: 'f'.repeat(64) })),
      { file: PARTS, code: 'parts_other' },
    ],
    [
      'a list that leads out of the site',
      parts((list) => ({ ...list, '/../secret': 'f'.repeat(64) })),
      { file: PARTS, code: 'parts_path' },
    ],
  ])('%s', async (_, files, fault) => {
    expect(await wrongIn(files())).toMatchObject(fault);
  });

  test('nothing while a publisher writes the next round, which is waited for', async () => {
    const scribe = everyType();
    const before = publish(scribe, [pulse()]);
    scribe.incident('commander', 'resolved', 'The disk was emptied.');
    const after = publish(scribe, [pulse()], 'publisher', { seq: NOW / 1000 + 1 });
    let looks = 0;
    const read = async (path: string) => {
      // All is new but the snapshot, which comes last.
      if (path === SNAPSHOT) looks += 1;
      return bytes((looks < 4 && path === SNAPSHOT ? before : after).get(path) ?? '');
    };
    const { steps, snapshot: found } = await checkRecord({ root: ROOT, read, verify, platform, whole: true });
    expect(steps.map(({ result }) => result)).toEqual(Array(6).fill('right'));
    expect(found?.snapshot.seq).toBe(NOW / 1000 + 1);
  });

  test('nothing further where a step rests on one that is wrong', async () => {
    const { steps } = await check(drop(LOG_FILE)());
    expect(steps.map(({ result }) => result)).toEqual(['wrong', ...Array(5).fill('unchecked')]);
  });
});
