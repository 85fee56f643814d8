import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { DEMO_FOLDER } from '../../../src/node/content/content-folder.ts';
import { parsePeople, readPeople } from '../../../src/node/content/people.ts';
import { readRunbooks } from '../../../src/node/content/runbook-folder.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-content-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

const LAG = `---
title: Ledger lag
owner: team-ledger
services: [ledger]
alerts: [LedgerConsumerLag]
needs: [vpn]
last_verified: 2026-10-14
weight: 20
---

# Another title

Ask [the bank](bank/PayoutStuck.md#who) first.
`;

describe('runbooks', () => {
  test('take from the front matter what it says, and derive the rest', async () => {
    const folder = await folderWith({
      'runbooks/lag.md': LAG,
      'runbooks/bank/PayoutStuck.md': '# Payout stuck\n\n```sh\n$ kubectl get pods | grep payout\n```\n',
      'runbooks/bank/OWNERS': 'ana',
      'runbooks/_index.md': '# not a runbook',
      'people.yaml': '',
      'NOTES.md': '# beside the runbooks',
    });
    const [stuck, lag] = await readRunbooks(folder);
    expect(lag).toMatchObject({
      id: 'lag',
      title: 'Ledger lag',
      owner: 'team-ledger',
      services: ['ledger'],
      alerts: ['LedgerConsumerLag'],
      needs: ['vpn'],
      last_verified: '2026-10-14',
      changed_at: null,
      source: LAG,
    });
    expect(JSON.stringify(lag?.blocks)).toContain('{"type":"runbook","id":"bank/PayoutStuck"}');
    expect(stuck).toMatchObject({
      id: 'bank/PayoutStuck',
      title: 'Payout stuck',
      alerts: ['PayoutStuck'],
      needs: ['kubectl'],
      owner: null,
      last_verified: null,
    });
  });

  test('may lie in the folder itself where it has no runbooks folder', async () => {
    const folder = await folderWith({ 'a/One.md': '# One', LICENSE: 'x', 'README.md': '# About' });
    expect((await readRunbooks(folder)).map(({ id }) => id)).toEqual(['a/One']);
  });

  test.each([
    ['---\ntitle: [\n---\n', /^x\.md line \d: this is not valid YAML/],
    ['---\ntitle: A\nservices: ledger\n---\n', /^x\.md line 3: services: expected a list of texts, found "ledger"\./],
    [
      '---\nlast_verified: soon\n---\n',
      /^x\.md line 2: last_verified: expected a day such as 2026-10-14, found "soon"\./,
    ],
    [`${'>'.repeat(5_000)}x`, /^x\.md: .* nested too deeply\./],
  ])('that are broken are refused with file and line', async (text, sentence) => {
    await expect(readRunbooks(await folderWith({ 'x.md': text }))).rejects.toThrow(sentence);
  });

  test('with one id twice are refused', async () => {
    const folder = await folderWith({ 'a.md': '---\nid: x\n---\n', 'b.md': '---\nid: x\n---\n' });
    await expect(readRunbooks(folder)).rejects.toThrow('b.md: the id "x" is already that of a.md; give it another.');
  });

  const REAL = fileURLToPath(new URL('../../../../shared/data/runbooks', import.meta.url));
  const absent = !existsSync(REAL);
  test.skipIf(absent)(
    `from two real collections all come through${absent ? ' (skipped: the test data is not on this machine)' : ''}`,
    async () => {
      const runbooks = await readRunbooks(REAL);
      expect(runbooks).toHaveLength(379);
      const sections = runbooks.map(
        ({ blocks }) => new Set(blocks.map((block) => (block.type === 'heading' ? block.section : null))),
      );
      expect(
        sections.filter((found) =>
          ['meaning', 'impact', 'diagnosis', 'mitigation'].every((one) => found.has(one as 'impact')),
        ).length,
      ).toBeGreaterThan(340);
      expect(runbooks.every(({ title, blocks }) => title !== '' && blocks.length > 0)).toBe(true);
    },
  );
});

describe('people.yaml', () => {
  test('gives contacts, rota and ladder, each with ways that need no server', () => {
    const people = parsePeople(
      [
        'on_call:',
        "  - { role: Commander, rota: weekly, phones: [{ number: '+1-202-555-0100', carrier: one, sms: true }], mails: [c@example.com] }",
        'escalation: [{ after: 5 minutes, call: Head }]',
        'ladder: [{ channel: Chat, join: the channel, needs: [chat, internet], last_tested: 2026-11-02 }]',
      ].join('\n'),
    );
    expect(people.contacts).toMatchObject([
      {
        name: 'Commander',
        reach: [
          { by: 'tel', href: 'tel:+12025550100', note: 'one' },
          { by: 'sms', href: 'sms:+12025550100' },
          { by: 'mail', href: 'mailto:c@example.com' },
        ],
      },
      { name: 'Head', role: 'Escalation', note: '5 minutes' },
    ]);
    expect(people.rota).toEqual([{ role: 'Commander', people: ['Commander'], when: 'weekly' }]);
    expect(people.ladder).toMatchObject([
      { name: 'Chat', depends_on: ['chat', 'internet'], last_tested: '2026-11-02' },
    ]);
  });

  test('says where it is broken', () => {
    const broken = (source: string) => expect(() => parsePeople(source));
    broken('on_call:\n  - rota: weekly\n').toThrow(
      'people.yaml line 2: on_call[0]: expected the key "role", found none.',
    );
    broken('ladder:\n  - channel: a\n    needs: b\n').toThrow(
      'people.yaml line 3: ladder[0].needs: expected a list of texts, found "b".',
    );
    broken('\noncall: []\n').toThrow(/^people\.yaml line 2: expected .*, found the unknown key "oncall"\.$/);
    broken('on_call: [*nobody]').toThrow(/^people\.yaml line 1: this is not valid YAML: Unresolved alias/);
  });

  test('of the demo is readable, and its runbooks verified ones', async () => {
    expect((await readPeople(DEMO_FOLDER))?.ladder.length).toBeGreaterThan(3);
    expect((await readRunbooks(DEMO_FOLDER)).every(({ last_verified }) => last_verified !== null)).toBe(true);
  });
});
