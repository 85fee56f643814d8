import * as deeds from './deeds.ts';
import type { Planted } from './defect.ts';
import { TAMPERINGS } from './evil.ts';
import { FAULTS } from './faults.ts';
import { copiesOf, type Expected, expectedOf, judge, lacking } from './oracle.ts';
import { ana, ben, cleo, dora, type Member, nia, wim } from './organisation.ts';
import { createRandom } from './random.ts';
import { mend, World } from './world.ts';

export interface Verdict {
  readonly seed: number;
  /** One sentence for each broken rule; empty when all is well. */
  readonly broken: readonly string[];
  /** The same for the same seed, always. */
  readonly digest: string;
  /** How often each fault and deed really happened. */
  readonly counts: ReadonlyMap<string, number>;
  /** The last events, in words. */
  readonly last: readonly string[];
}

/** After healing everything must be in its place within this, in virtual milliseconds. */
const BOUND_MS = 5 * 60_000;
const QUIET_MS = 4_000;

/** One bad day, drawn from `seed`: a while of faults, then healing, then the rules. */
export async function simulate(seed: number, planted?: Planted): Promise<Verdict> {
  const world = buildWorld(seed, planted);
  let evil = 0;
  let broken: readonly string[];
  try {
    await badDay(world);
    evil = heal(world);
    broken = await recover(world);
  } catch (error) {
    broken = [error instanceof Error ? error.message : String(error)];
  }
  if (evil > 0) world.count('evil relays that stayed evil');
  if (world.counts.has('done: vote for a purge') && expectedOf(world).roster.purged.size > 0) world.count('purged');
  world.trace.note(world.schedule.now, 'end', String(world.pens.signed.size));
  for (const device of world.devices) for (const tab of device.tabs) tab.die();
  return { seed, broken, digest: world.trace.digest, counts: world.counts, last: world.trace.last() };
}

function buildWorld(seed: number, planted: Planted | undefined): World {
  const random = createRandom(seed * 7 + 1);
  const isReal = seed % 250 === 249;
  const members: Member[] = [ana, ben, cleo];
  if (random.chance(0.2)) members.push(dora);
  if (random.chance(0.3)) members.push(wim);
  if (random.chance(0.2)) members.push(nia);
  const relays = random.chance(0.7) ? 2 : 3;
  const hasRooms = seed % 100 === 50;
  return new World({ seed, members, relays, isReal, hasRooms, planted, delay: random.pick([5, 40, 200]) });
}

async function badDay(world: World): Promise<void> {
  const { random, schedule, devices } = world;
  const isReal = world.isReal;
  world.write = (device) => writeSomething(world, device);
  for (const device of devices) {
    device.openTab();
    if (random.chance(0.1)) device.openTab();
  }
  makeEvil(world);
  await schedule.run(schedule.now + 1_000);
  const first = devices[0];
  if (world.hasRooms && first !== undefined) deeds.createRoom(world, first);
  const end = schedule.now + random.between(4, 25) * 1_000;
  const names = Object.keys(FAULTS).filter(() => random.chance(0.25));
  const deedCount = random.between(4, isReal ? 6 : 12);
  for (let n = 0; n < deedCount; n++) {
    world.after(random.below(end - schedule.now), () => act(world));
  }
  for (let n = 0; n < names.length * 2; n++) {
    world.after(random.below(end - schedule.now), () => {
      const name = random.pick(names);
      world.note(`FAULT ${name}`);
      if (FAULTS[name]?.(world) === true) world.count(`fault: ${name}`);
    });
  }
  if (random.chance(0.03)) world.after(random.below(end - schedule.now), () => quarrel(world));
  if (random.chance(0.03))
    world.after(random.below(end - schedule.now), () => deeds.restate(world, random.pick(devices)));
  if (random.chance(0.05)) purge(world, end - schedule.now);
  await schedule.run(end);
}

/** Two admins vote, each when he comes to it, the second for what the first voted for if he has heard of it. */
function purge(world: World, span: number): void {
  const first = world.random.below(span);
  const voters = world.devices.filter(({ member }) => member === ana || member === ben);
  for (const [n, device] of voters.entries()) {
    world.after(first + n * world.random.below(span - first), () => deeds.purge(world, device));
  }
}

/** Two admins remove each other, and change the keys of the rooms, in the same moment. */
function quarrel(world: World): void {
  for (const [one, other] of [
    [ana, ben],
    [ben, ana],
  ] as const) {
    const device = world.devices.find(({ member }) => member === one);
    if (device !== undefined) deeds.remove(other)(world, device);
  }
}

function act(world: World): void {
  const { random } = world;
  const device = random.pick(world.devices);
  const { name } = device.member;
  if (name === 'ana' || name === 'ben') {
    if (random.chance(0.3)) {
      const others = [ana, ben, cleo, dora, wim].filter((one) => one.name !== name);
      const change = random.pick([
        () => deeds.remove(random.pick(others)),
        () => deeds.grant(nia, 'responder'),
        () => deeds.grant(dora, 'admin'),
        () => deeds.setRelays,
      ]);
      change()(world, device);
      return;
    }
  }
  const burst = random.chance(0.1) ? random.between(3, 8) : 1;
  for (let n = 0; n < burst; n++) writeSomething(world, device);
}

function writeSomething(world: World, device: World['devices'][number]): void {
  const { random } = world;
  if (device.member.name === 'wim') random.pick([deeds.observe, deeds.say, deeds.pulse])(world, device);
  else random.pick([deeds.update, deeds.update, deeds.say])(world, device);
}

function makeEvil(world: World): void {
  const { random, pens, hosts } = world;
  const authors = world.devices.map(({ member }) => member.pk);
  for (const host of hosts.slice(1)) {
    if (!random.chance(0.3)) continue;
    if (random.chance(0.15)) {
      const face = world.fork(host);
      world.count('evil: relay with two faces');
      face.tampering = { name: 'second face', incoming: () => true, outgoing: (text) => [text] };
      host.tampering = face.tampering;
      continue;
    }
    const count = (fault: string) => world.count(fault);
    host.tampering = random.pick(TAMPERINGS)({ random: random.fork(), pens, count, authors });
    if (host.tampering.name === 'rolls back' || random.chance(0.2)) rollBack(world, host);
  }
}

/** Now and then goes back to what it held before, without a word. */
function rollBack(world: World, host: World['hosts'][number]): void {
  let held = host.backup();
  const again = () => {
    if (world.isHealed || host.tampering === undefined || !host.isUp) return;
    host.replaceShelf(held);
    world.count('evil: relay rolled back');
    held = host.backup();
    world.after(world.random.between(3_000, 15_000), again);
  };
  world.after(world.random.between(3_000, 15_000), again);
}

/** Everything works again; evil relays may stay what they are. Gives the number of those. */
function heal(world: World): number {
  const { random, devices, hosts } = world;
  world.isHealed = true;
  world.note('HEALED');
  const stayEvil = random.chance(0.5);
  if (!stayEvil) {
    world.unfork();
    for (const host of hosts) {
      if (host.tampering === undefined) continue;
      host.tampering = undefined;
      host.promised.clear();
      for (const id of host.backup()) host.promised.add(id.id);
    }
  }
  for (const host of hosts) {
    host.start();
    if (random.chance(0.5)) host.skew = 0;
  }
  const wakes = random.chance(0.5);
  for (const device of devices) {
    for (const path of device.paths.values()) mend(path, world.delay);
    device.disk.isFull = false;
    if (random.chance(0.5)) device.skew = 0;
    for (const tab of device.tabs) tab.wake();
    if (device.tabs.length === 0) device.openTab();
    if (wakes) for (const log of device.ready) log.wake();
  }
  return hosts.filter(({ tampering }) => tampering !== undefined).length;
}

/** Lets virtual time pass until every copy has everything, and stays so while receipts have their chance to be corrected. */
async function recover(world: World): Promise<readonly string[]> {
  const { schedule } = world;
  const end = schedule.now + BOUND_MS;
  for (let wait = 2_000; schedule.now < end; wait = Math.min(wait * 1.5, 15_000)) {
    await schedule.run(schedule.now + wait);
    // The page looks after its copy from time to time.
    for (const log of world.devices.flatMap(({ ready }) => ready)) void log.damage();
    if (!isWhole(world, expectedOf(world))) continue;
    // Every page compares once more: after that a receipt has no excuse.
    for (const log of world.devices.flatMap(({ ready }) => ready)) log.wake();
    await schedule.run(schedule.now + QUIET_MS);
    if (judge(world, expectedOf(world)).length === 0) return [];
  }
  return [`not in order ${BOUND_MS / 1000} s after healing`, ...judge(world, expectedOf(world))];
}

function isWhole(world: World, expected: Expected): boolean {
  return copiesOf(world, expected.roster).every((copy) => lacking(copy, expected).length === 0);
}
