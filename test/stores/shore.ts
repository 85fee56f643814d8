import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { signEvent } from '../../src/log/event.ts';
import { startEnroller } from '../../src/log/people/enroller.ts';
import { makeInvite } from '../../src/log/people/join.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { canonical } from '../../src/model/canonical.ts';
import { isoTime } from '../../src/model/clock.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../src/model/event.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { startHost } from '../../src/node/host/host.ts';
import { createOrganisation } from '../../src/node/organisation/create.ts';
import { readKey } from '../../src/node/organisation/folder.ts';
import { openKeyLog, openMember } from '../../src/node/organisation/open.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { startRelay } from '../../src/node/relay/server.ts';
import { buildVault } from '../../src/node/vault/build.ts';
import { keysIn } from '../../src/stores/browser-keys.ts';
import type { Outside } from '../../src/stores/outside.ts';
import type { ScreenLock } from '../../src/stores/screen-lock.ts';
import type { SiteFacts } from '../../src/stores/site.ts';
import { memoryFiles } from '../../src/stores/vault-files.ts';

const CONTENT = new URL('../../src/content', import.meta.url).pathname;

/** Everything that a member's device meets: an admin who lets people in, two relays (the second is down), a site. */
export async function openShore() {
  const dir = await mkdtemp(join(tmpdir(), 'lifeboat-shore-'));
  const { organisation: named } = await createOrganisation(dir, 'Tidewater Pay');
  const relay = (port: number, n: number) =>
    startRelay({ host: '127.0.0.1', port, db: join(dir, `relay-${n}.db`), root: named.root });
  const first = await relay(0, 1);
  const brief = await relay(0, 2);
  await brief.close();
  let second: { close(): Promise<void> } | null = null;
  const relays = [first.url, brief.url];
  const admin = await openMember(dir, relays);
  const out = join(dir, 'site');
  await mkdir(join(out, 'api/lifeboat/v1'), { recursive: true });
  const content = join(dir, 'content');
  await cp(CONTENT, content, { recursive: true });
  const vault = await buildVault({ ...admin, content, out, dir, recovery: named.recovery });
  const host = await startHost({ folder: out, port: 0, host: '127.0.0.1' });
  const origin = host.url.replace(/\/$/, '');
  const invite = await makeInvite(admin.log, origin, relays);
  const publisher = await readKey(dir, 'publisher');
  const watcher = await openKeyLog(dir, 'watcher', relays);
  await watcher.log.add(admin.log.events());

  return {
    admin,
    invite,
    origin,
    vault,
    watcher: watcher.log,
    site: {
      root: named.root,
      relays,
      mirrors: [],
      page: { name: 'Tidewater Pay', url: null, language: 'en', time_zone: 'Etc/UTC' },
      vendors: [
        { id: 'chat', name: 'Team chat', lifeline: 'chat' },
        { id: 'metrics', name: 'Metrics', lifeline: 'observability' },
      ],
    } satisfies SiteFacts,
    startEnroller: () => startEnroller({ ...admin, deviceSecret: admin.secret, invite }),
    startSecondRelay: async () => {
      second = await relay(brief.port, 2);
    },
    /** Puts a snapshot on the site, signed by the publisher. */
    publish: async (state: Snapshot['state']): Promise<SignedEvent> => {
      const now = Date.now();
      const snapshot: Snapshot = {
        v: 1,
        seq: Math.floor(now / 1000),
        page: { name: 'Tidewater Pay', url: null, language: 'en', time_zone: 'Etc/UTC' },
        generated_at: isoTime(now),
        valid_until: isoTime(now + 600_000),
        state,
        parts: '0'.repeat(64),
      };
      const org = organisation(named.root);
      const tags = [
        ['o', org],
        ['d', chainName.snapshot(org)],
      ];
      const template = { kind: KIND.snapshot, created_at: Math.floor(now / 1000), tags, content: canonical(snapshot) };
      const event = signEvent(template, publisher);
      await writeFile(join(out, 'api/lifeboat/v1/snapshot.json'), JSON.stringify(event));
      return event;
    },
    close: async () => {
      await Promise.all([admin.log.close(), watcher.log.close(), host.close()]);
      await first.close();
      await second?.close();
      await rm(dir, { recursive: true });
    },
  };
}

export type Shore = Awaited<ReturnType<typeof openShore>>;

/** The fingerprint reader of a device. It can be told to refuse, and to have lost what it knew. */
function createScreenLock() {
  const secrets = new Map<string, Uint8Array>();
  let refuses = false;
  const lock: ScreenLock & { refuse(yes: boolean): void; swap(): void } = {
    offered: async () => true,
    make: async () => {
      if (refuses) return null;
      const [credential, salt, output] = [nodePlatform.random(20), nodePlatform.random(16), nodePlatform.random(32)];
      secrets.set(bytesToHex(credential), output);
      return { credential, salt, output };
    },
    ask: async ({ credential }) => (refuses ? null : (secrets.get(bytesToHex(credential)) ?? null)),
    refuse: (yes) => {
      refuses = yes;
    },
    /** Another key answers under the same name. */
    swap: () => {
      for (const credential of secrets.keys()) secrets.set(credential, nodePlatform.random(32));
    },
  };
  return lock;
}

/** A device's own side: nothing on it yet. `skip` moves its clock forward. */
export function newDevice(origin: string) {
  const kept = new Map<string, string>();
  const local = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  let ahead = 0;
  const platform = { ...nodePlatform, now: () => nodePlatform.now() + ahead };
  let wrapped: string | null = null;
  const screenLock = createScreenLock();
  const storage = {
    read: async () => wrapped,
    write: async (text: string) => {
      wrapped = text;
    },
  };
  const outside: Outside = {
    platform,
    store: createMemoryStore(),
    keys: keysIn([storage], platform, screenLock),
    local,
    files: memoryFiles(),
    origin,
  };
  return {
    outside,
    screenLock,
    /** Everything that lies in clear on this device's disk beside the log. */
    onDisk: () => [...kept.entries()].join('\n') + wrapped,
    /** What "Clear site data" does to an open page. */
    empty: async () => {
      kept.clear();
      wrapped = null;
      for (const hash of await outside.files.list()) await outside.files.remove(hash);
    },
    skip: (ms: number) => {
      ahead += ms;
    },
  };
}
