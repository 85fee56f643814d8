import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { nodePlatform } from '../../platform.ts';
import type { Written } from '../write-round.ts';
import { type Courier, type CourierOptions, startCourier } from './courier.ts';
import type { Destinations } from './destinations.ts';
import { folderTarget } from './folder-target.ts';
import { rcloneTarget } from './rclone-target.ts';
import { isRemote } from './remote-name.ts';

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
