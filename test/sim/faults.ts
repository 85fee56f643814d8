import type { Device } from './device.ts';
import type { Path } from './network.ts';
import type { RelayHost } from './relay-host.ts';
import type { World } from './world.ts';

const DAY_MS = 24 * 3_600_000;

/** One kind of misfortune: strikes once, or for a while. `false` where there was nothing to strike. */
export type Fault = (world: World) => boolean;

function everyPath(world: World): readonly Path[] {
  return world.devices.flatMap((device) => [...device.paths.values()]);
}

/** Changes some paths for 1 to 40 s. */
function forAWhile(world: World, paths: readonly Path[], change: Partial<Path>): boolean {
  for (const path of paths) Object.assign(path, change);
  const back = { toRelay: true, toDevice: true, refuses: false, resets: 0, doubles: 0, delay: world.delay };
  world.after(world.random.between(1_000, 40_000), () => {
    if (world.isHealed) return;
    for (const path of paths) {
      for (const key of Object.keys(change) as (keyof Path)[]) Object.assign(path, { [key]: back[key] });
    }
  });
  return paths.length > 0;
}

function some<Item>(world: World, items: readonly Item[]): readonly Item[] {
  return items.filter(() => world.random.chance(0.4));
}

/** A relay that is off comes back in 0.1 to 30 s. */
function strike(world: World, host: RelayHost, whileOff: () => void): boolean {
  if (!host.isUp) return false;
  host.crash();
  whileOff();
  world.after(world.random.between(100, 30_000), () => host.start());
  return true;
}

function onTab(world: World, act: (device: Device, tab: Device['tabs'][number]) => void): boolean {
  const device = world.random.pick(world.devices);
  if (device.tabs.length === 0) return false;
  act(device, world.random.pick(device.tabs));
  return true;
}

export const FAULTS: Readonly<Record<string, Fault>> = {
  partition: (world) => forAWhile(world, some(world, everyPath(world)), { toRelay: false, toDevice: false }),
  'one-way partition to relays': (world) => forAWhile(world, some(world, everyPath(world)), { toRelay: false }),
  'one-way partition to devices': (world) => forAWhile(world, some(world, everyPath(world)), { toDevice: false }),
  'all relays out of reach': (world) => forAWhile(world, everyPath(world), { toRelay: false, toDevice: false }),
  'relays refuse': (world) => forAWhile(world, some(world, everyPath(world)), { refuses: true }),
  'slow lines': (world) => forAWhile(world, some(world, everyPath(world)), { delay: world.random.pick([500, 3_000]) }),
  'lossy lines': (world) => forAWhile(world, everyPath(world), { resets: world.random.pick([0.01, 0.1]) }),
  'doubling lines': (world) => forAWhile(world, everyPath(world), { doubles: 0.1 }),
  'relay crash': (world) => strike(world, world.random.pick(world.hosts), () => {}),
  'relay crash just after a write': (world) => {
    const host = world.random.pick(world.hosts);
    world.write(world.random.pick(world.devices));
    world.after(world.random.between(5, 120), () => strike(world, host, () => {}));
    return host.isUp;
  },
  'relay loses its disk': (world) => {
    const host = world.random.pick(world.hosts);
    return strike(world, host, () => host.exchangeDisk([]));
  },
  'all relays lose their disks': (world) =>
    world.hosts.filter((host) => strike(world, host, () => host.exchangeDisk([]))).length > 0,
  'relay restored from an old backup': (world) => {
    const host = world.random.pick(world.hosts);
    const backup = world.backups.get(host) ?? [];
    world.backups.set(host, host.backup());
    return strike(world, host, () => host.exchangeDisk(backup));
  },
  'relay clock a day wrong': (world) => {
    world.random.pick(world.hosts).skew = world.random.pick([-DAY_MS, DAY_MS]);
    return true;
  },
  'device clock jumps by a day': (world) => {
    world.random.pick(world.devices).skew = world.random.pick([-DAY_MS, -3_600_000, 0, 3_600_000, DAY_MS]);
    return true;
  },
  'tab killed': (world) =>
    onTab(world, (device, tab) => {
      device.kill(tab);
      world.after(world.random.between(0, 20_000), () => device.openTab());
    }),
  'tab killed just after it wrote': (world) =>
    onTab(world, (device, tab) => {
      world.write(device);
      world.after(world.random.below(12), () => {
        if (!tab.isAlive) return;
        device.kill(tab);
        device.openTab();
      });
    }),
  'second tab opened': (world) => {
    const device = world.random.pick(world.devices);
    if (device.tabs.length > 1) return false;
    device.openTab();
    return true;
  },
  'machine sleeps': (world) => onTab(world, (_device, tab) => tab.freeze(world.random.between(2_000, 60_000))),
  'disk full': (world) => {
    const { disk } = world.random.pick(world.devices);
    disk.isFull = true;
    world.after(world.random.between(1_000, 20_000), () => {
      disk.isFull = false;
    });
    return true;
  },
  'disk emptied under an open page': (world) => {
    world.random.pick(world.devices).disk.setBack([]);
    return true;
  },
  'disk emptied while closed': (world) => {
    const device = world.random.pick(world.devices);
    for (const tab of device.tabs) device.kill(tab);
    device.disk.setBack([]);
    world.after(world.random.between(0, 5_000), () => device.openTab());
    return true;
  },
  'disk set back to an old copy': (world) => {
    const device = world.random.pick(world.devices);
    const copy = [...device.disk.events.values()].slice(0, world.random.below(40));
    for (const tab of device.tabs) device.kill(tab);
    device.disk.setBack(copy);
    device.openTab();
    return true;
  },
  'device stolen': (world) => world.steal(),
};
