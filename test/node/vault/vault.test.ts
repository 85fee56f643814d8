import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, describe, expect, test } from 'vitest';
import { removeDevice } from '../../../src/log/people/roster-writer.ts';
import { canonical } from '../../../src/model/canonical.ts';
import { buildVault } from '../../../src/node/vault/build.ts';
import { openVault } from '../../../src/node/vault/open.ts';
import { sealFile, vaultIdentity } from '../../../src/vault/age-file.ts';
import { hashOf, openManifest } from '../../../src/vault/manifest.ts';
import { type Device, exchange, grantOf, openDevice, rootSays } from '../../log/devices.ts';

const run = promisify(execFile);
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function company() {
  const dir = await mkdtemp(join(tmpdir(), 'lifeboat-vault-'));
  folders.push(dir);
  const [content, out] = [join(dir, 'content'), join(dir, 'site')];
  await mkdir(join(content, 'runbooks'), { recursive: true });
  await writeFile(join(content, 'runbooks/LedgerLag.md'), '# Ledger lag\n\nLook at the oldest message.\n');
  await writeFile(join(content, 'runbooks/PayoutStuck.md'), '# Payout stuck\n\nCall the bank.\n');
  await writeFile(join(content, 'people.yaml'), 'on_call: [{ role: Commander }]\n');
  const [ana, ben] = await Promise.all([openDevice('ana'), openDevice('ben')]);
  await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin'), grantOf(ben, 'responder')] })]);
  await ana.rooms.create('room', 'Bridge');
  await ana.rooms.create('vault', 'Vault');
  await exchange(ana, ben);
  const identity = await generateX25519Identity();
  const recovery = await identityToRecipient(identity);
  const build = (by: Device = ana) => buildVault({ log: by.log, rooms: by.rooms, content, out, dir, recovery });
  return { dir, content, out, ana, ben, identity, build };
}

const ageFiles = async (out: string) => (await readdir(join(out, 'vault'))).filter((name) => name.endsWith('.age'));
const titles = async (device: Device, out: string) =>
  (await openVault(device.log, device.rooms, out)).documents.map(({ title }) => title).sort();

describe('the vault', () => {
  test('is read by every member, and no word of it lies in the clear', async () => {
    const { out, ana, ben, build } = await company();
    expect(await build()).toMatchObject({ documents: 3, sealed: 4, kept: 0, seq: 1 });
    await exchange(ana, ben);
    expect(await titles(ben, out)).toEqual(['Ledger lag', 'Payout stuck', 'People and channels']);
    for (const name of await ageFiles(out)) {
      const text = (await readFile(join(out, 'vault', name))).toString('latin1');
      expect(text).toMatch(/^age-encryption\.org\/v1\n/);
      expect(text).not.toMatch(/bank|Ledger|Commander/);
    }
    expect(JSON.stringify(ana.log.events())).not.toMatch(/Ledger|Payout/);
  });

  test('holds templates too, each with the operator’s own text', async () => {
    const { content, out, ana, build } = await company();
    const source = 'title: Looking\nstatus: investigating\ntext: Since <time> some fail.\n';
    await mkdir(join(content, 'templates'));
    await writeFile(join(content, 'templates/first.yaml'), source);
    expect(await build()).toMatchObject({ documents: 4 });
    const { documents } = await openVault(ana.log, ana.rooms, out);
    expect(documents.find(({ kind }) => kind === 'template')).toMatchObject({ id: 'templates/first', source });
    await writeFile(join(content, 'runbooks/first.md'), '---\nid: templates/first\n---\n# First\n');
    await expect(build()).rejects.toThrow(/have the id "templates\/first"; rename one of them\.$/);
  });

  test('with a kind of document that this version does not know opens without it', async () => {
    const identity = await generateX25519Identity();
    const entry = (kind: string) => ({
      ...{ id: kind, title: kind, sha256: '0'.repeat(64), size: 1, services: [], alerts: [] },
      kind,
    });
    const text = canonical([entry('hologram'), entry('runbook')]);
    const file = await sealFile(text, [await identityToRecipient(identity)]);
    expect(await openManifest(file, hashOf(file), [identity])).toMatchObject({
      type: 'ok',
      value: [{ id: 'runbook' }],
    });
  });

  test('built again without a change writes and announces nothing; one change makes two files', async () => {
    const { content, out, ana, build } = await company();
    const first = await build();
    const [events, files] = [ana.log.events().length, await ageFiles(out)];
    expect(await build()).toEqual({ ...first, sealed: 0, kept: 4 });
    expect([ana.log.events().length, await ageFiles(out)]).toEqual([events, files]);
    await appendFile(join(content, 'runbooks/LedgerLag.md'), '\nMore.\n');
    expect(await build()).toMatchObject({ sealed: 2, kept: 2, seq: 2 });
    // A device in the middle of fetching still finds the files of the manifest before.
    expect(await ageFiles(out)).toEqual(expect.arrayContaining(files));
    await appendFile(join(content, 'runbooks/LedgerLag.md'), '\nEven more.\n');
    await build();
    expect((await ageFiles(out)).includes(`${first.manifest}.age`)).toBe(false);
  });

  test('is sealed anew after a removal, and the removed device cannot read it', async () => {
    const { out, ana, ben, build } = await company();
    await build();
    await removeDevice(ana.log, ana.rooms, ben.pk);
    const { manifest, ...built } = await build();
    expect(built).toMatchObject({ sealed: 4, seq: 2 });
    expect(await ageFiles(out)).toHaveLength(4);
    await exchange(ana, ben);
    expect(await titles(ana, out)).toHaveLength(3);
    const room = ben.rooms.main('vault');
    expect(room?.locked).toBe(1);
    const identities = ben.rooms.epochs(room?.id ?? '').all.map(({ secret }) => vaultIdentity(secret));
    expect(identities).toHaveLength(1);
    const file = await readFile(join(out, 'vault', `${manifest}.age`));
    expect(await openManifest(file, manifest, identities)).toMatchObject({ type: 'sealed' });
  });

  test('does not count an announcement by one who is no admin', async () => {
    const { out, ana, ben, build } = await company();
    await build();
    await exchange(ana, ben);
    await ben.rooms.say(ben.rooms.main('vault')?.id ?? '', 'vault', { seq: 99, manifest: 'f'.repeat(64), files: 0 });
    await exchange(ana, ben);
    expect(await titles(ana, out)).toHaveLength(3);
  });

  test('names the file that is missing or was changed, and gives the rest', async () => {
    const { out, ana, build } = await company();
    const { manifest } = await build();
    const [one, two] = (await ageFiles(out)).filter((name) => name !== `${manifest}.age`);
    await rm(join(out, 'vault', one ?? ''));
    await appendFile(join(out, 'vault', two ?? ''), 'x');
    const { documents, problems } = await openVault(ana.log, ana.rooms, out);
    expect(documents).toHaveLength(1);
    expect(problems.join(' ')).toMatch(/cannot be read: it is not there;/);
    expect(problems.join(' ')).toMatch(/is not the one that was published/);
  });

  const AGE = '/usr/bin/age';
  const absent = !existsSync(AGE);
  test.skipIf(absent)(
    `opens with the plain age program and the recovery sheet alone${absent ? ' (skipped: age is not installed)' : ''}`,
    async () => {
      const { dir, out, identity, build } = await company();
      const { manifest } = await build();
      const sheet = join(dir, 'recovery.txt');
      await writeFile(sheet, `${identity}\n`);
      const open = async (hash: string) =>
        JSON.parse((await run(AGE, ['-d', '-i', sheet, join(out, 'vault', `${hash}.age`)])).stdout);
      const entries: { id: string; sha256: string }[] = await open(manifest);
      expect(entries.map(({ id }) => id)).toEqual(['LedgerLag', 'PayoutStuck', 'people']);
      expect((await open(entries[1]?.sha256 ?? '')).source).toBe('# Payout stuck\n\nCall the bank.\n');
    },
  );
});
