import type { Log } from '../../src/log/log.ts';
import { tipsOf } from '../../src/log/people/chain-tips.ts';
import { purgeEvents } from '../../src/log/people/purging.ts';
import { restated } from '../../src/log/people/restated.ts';
import { removeDevice, writeRoster } from '../../src/log/people/roster-writer.ts';
import { canonical } from '../../src/model/canonical.ts';
import { chainName, KIND } from '../../src/model/event.ts';
import type { Device, Tab } from './device.ts';
import { grantOf, type Member, ROOM, ROSTER, root, STATUS } from './organisation.ts';
import type { World } from './world.ts';

/** What a person or a service does on a device. Nobody waits for it: the tab may die before it is done. */
export type Deed = (world: World, device: Device) => void;

/** Runs `work` on an open page of the device; a refusal (locked, a full disk) is a word to the person, not a loss. */
function onPage(world: World, device: Device, name: string, work: (log: Log, tab: Tab) => Promise<unknown>): void {
  const open = device.tabs.filter(({ log, isFrozen }) => log !== undefined && !isFrozen);
  if (open.length === 0) return;
  const tab = world.random.pick(open);
  if (tab.log === undefined) return;
  world.note(`${tab.name} ${name}`);
  work(tab.log, tab).then(
    () => world.count(`done: ${name}`),
    (error: unknown) => world.refused(name, error),
  );
}

export const update: Deed = (world, device) =>
  onPage(world, device, 'update', async (log) => {
    const text = `${device.name} ${world.random.below(1e6)}`;
    await log.writePublic('incident.update', {
      incident: '0123456789ab',
      name: 'All down',
      status: world.random.pick(['investigating', 'identified', 'monitoring', 'resolved']),
      impact: 'major',
      text,
      lang: null,
      components: [],
    });
  });

export const observe: Deed = (world, device) =>
  onPage(world, device, 'observation', (log) =>
    log.writePublic('observation', { subject: 'component:api', status: world.random.pick(['ok', 'down']) }),
  );

export const say: Deed = (world, device) =>
  onPage(world, device, 'sealed', async (log, { rooms }) => {
    const text = `sealed ${world.random.below(1e6)}`;
    const room = rooms?.main('room');
    if (rooms !== undefined && room !== undefined) await rooms.say(room.id, 'note', { text });
    else await log.append({ kind: KIND.sealed, d: ROOM, content: text });
  });

export const pulse: Deed = (world, device) =>
  onPage(world, device, 'pulse', (log) =>
    log.announce({
      kind: KIND.pulse,
      d: chainName.pulse(log.org, 'here'),
      content: canonical({ v: 1, n: world.random.below(1e6) }),
    }),
  );

export const createRoom: Deed = (world, device) =>
  onPage(world, device, 'create room', async (_log, { rooms }) => rooms?.create('room', 'Room'));

export function grant(member: Member, ...roles: string[]): Deed {
  return (world, device) =>
    onPage(world, device, `grant ${member.name}`, async (log, { rooms }) => {
      await writeRoster(log, { grants: [grantOf(member, ...roles)] });
      await rooms?.grant(member.pk);
    });
}

/** Where the chains end goes first, then the removal: as `removeDevice` does with real rooms. */
export function remove({ name, pk }: Member): Deed {
  return (world, device) =>
    onPage(world, device, `remove ${name}`, async (log, { rooms }) => {
      if (log.roster().keys.get(pk) === undefined || log.pubkey === pk) return;
      if (rooms !== undefined) {
        await removeDevice(log, rooms, pk);
        return;
      }
      const tips = (d: string) => [...tipsOf(log.events(), log.roster(), pk, d)];
      const content = canonical({ v: 1, wraps: {}, older: null, cuts: [{ pk, ids: tips(ROOM) }] });
      await log.append({ kind: KIND.key, d: ROOM, content });
      await writeRoster(log, { removes: [{ pk, cut: { [ROSTER]: tips(ROSTER), [STATUS]: tips(STATUS) } }] });
    });
}

/** One admin's vote to drop what somebody said: the last update that the device holds. */
export const purge: Deed = (world, device) =>
  onPage(world, device, 'vote for a purge', async (log) => {
    const voted = log.events().flatMap(({ kind, content }) => (kind === KIND.roster ? purgesOf(content) : []));
    const last = log.events().findLast(({ kind, content }) => kind === KIND.public && content !== '');
    const id = voted[0] ?? last?.id;
    if (id !== undefined) await purgeEvents(log, [id]);
  });

function purgesOf(content: string): readonly string[] {
  return (JSON.parse(content) as { purges: readonly string[] }).purges;
}

/** The root, from its paper, says anew what counts: a new generation, in which nobody is removed who was there before. */
export const restate: Deed = (world, device) =>
  onPage(world, device, 'raise the generation', async (log) => {
    const { generation } = log.roster();
    const statements = restated(log).map((says) => {
      const nothing = { grants: [], removes: [], invites: [], set: {}, purges: [] };
      const content = canonical({ ...nothing, ...says, v: 1, gen: generation + 1 });
      const created_at = Math.floor(world.schedule.now / 1000);
      const tags = [
        ['o', log.org],
        ['d', ROSTER],
      ];
      return world.pens.signer.signEvent({ kind: KIND.roster, created_at, tags, content }, root.secret);
    });
    await log.add(statements);
  });

export const setRelays: Deed = (world, device) =>
  onPage(world, device, 'set relays', (log) =>
    writeRoster(log, {
      set: { relays: [log.roster().versions.relays + 1, [`wss://${world.random.below(100)}.example`]] },
    }),
  );
