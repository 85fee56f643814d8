import { createHash } from 'node:crypto';
import { join, resolve, sep } from 'node:path';
import { PlainError } from '../../plain-error.ts';
import { nodePlatform } from '../../platform.ts';
import type { Written } from '../write-round.ts';
import { type Courier, type CourierOptions, startCourier } from './courier.ts';
import { folderTarget } from './folder-target.ts';
import { rcloneTarget } from './rclone-target.ts';
import { isRemote } from './remote-name.ts';
import { findRclone } from './run-rclone.ts';

/** Where a publisher writes by itself, and where that is carried to. */
export interface Destinations {
  /** The first folder that was named, or `site` in `dir`. */
  readonly out: string;
  readonly others: readonly string[];
}

/** Reads `--to`; throws PlainError where it names nothing, the same twice, or a remote without an rclone to reach it. */
export async function destinationsOf(to: readonly string[], dir: string): Promise<Destinations> {
  if (to.length === 0) throw new PlainError('Where to publish is not known: give --to <folder or rclone remote>.');
  if (to.some((one) => one.trim() === '')) throw new PlainError('--to is empty; name a folder or an rclone remote.');
  const places = to.map((one) => (isRemote(one) ? one : resolve(one)));
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw new PlainError(`--to names ${to[places.indexOf(twice)]} twice.`);
  const folders = places.filter((place) => !isRemote(place));
  for (const inner of folders) {
    const outer = folders.find((place) => inner.startsWith(place.endsWith(sep) ? place : `${place}${sep}`));
    if (outer !== undefined)
      throw new PlainError(`--to names ${inner}, which lies in ${outer}: name a folder that is not in another.`);
  }
  if (to.some((one) => isRemote(one))) await findRclone();
  const first = to.find((one) => !isRemote(one));
  return { out: first ?? join(dir, 'site'), others: to.filter((one) => one !== first) };
}

export interface Couriers {
  /** A round wrote this; it is carried when its state is offered. */
  wrote(written: Written): void;
  /** A round failed half-way: what it had written no later round will name, so all is compared at the next. */
  missed(): void;
  offer(seq: number): void;
  /** Whether every target holds all that was offered; a failing one is tried so often. */
  settled(tries: number): Promise<boolean>;
  close(): Promise<void>;
}

/** One courier a destination, none of which waits for another. `dir` keeps what waits for them. */
export function startCouriers(
  { out, others }: Destinations,
  dir: string,
  options: Pick<CourierOptions, 'tell' | 'tries'>,
): Couriers {
  const couriers = others.map((to): Courier => {
    const target = isRemote(to) ? rcloneTarget(to) : folderTarget(to, nodePlatform.now());
    const place = join(dir, 'carry', createHash('sha256').update(to).digest('hex').slice(0, 16));
    return startCourier({ target, out, place, platform: nodePlatform, ...options });
  });
  const phases: Written['phases'][number][] = [];
  const gone: string[] = [];
  let isWhole = true;
  return {
    wrote: (written) => {
      phases.push(...written.phases);
      gone.push(...written.gone);
    },
    missed: () => {
      isWhole = true;
    },
    offer: (seq) => {
      const written = { phases: phases.splice(0), gone: gone.splice(0) };
      for (const courier of couriers) courier.offer(seq, written, isWhole);
      isWhole = false;
    },
    settled: async (tries) => (await Promise.all(couriers.map((courier) => courier.settled(tries)))).every(Boolean),
    close: async () => {
      await Promise.all(couriers.map((courier) => courier.close()));
    },
  };
}
