import type { Log } from '../../log/log.ts';
import type { Site } from '../../model/site.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { stopped } from '../stopped.ts';
import { sweepOldAssets } from './old-assets.ts';
import { type Publisher, startPublisher } from './publisher.ts';
import type { CourierNews } from './target/courier.ts';
import { type Couriers, startCouriers } from './target/couriers.ts';
import type { Destinations } from './target/destinations.ts';

/** With `--once`, a target that fails is given up after so many tries. */
const TRIES = 3;

interface Publishing {
  readonly site: Site;
  /** Unlocked with a key that has the publisher role. */
  readonly log: Log;
  /** The built site. */
  readonly dist: string;
  readonly workerOn: boolean;
  /** Keeps what waits for the targets. */
  readonly dir: string;
  readonly destinations: Destinations;
  readonly once: boolean;
  readonly json: boolean;
  readonly say: (sentence: string) => void;
}

/** Publishes once, or until the process is asked to stop, and prints what happens. Resolves with whether all targets hold it. */
export async function publishUntilStopped(publishing: Publishing): Promise<boolean> {
  const { dist, dir, destinations, once, json } = publishing;
  const couriers = startCouriers(destinations, dir, {
    tell: (news) => tellNews(news, json),
    ...(once ? { tries: TRIES } : {}),
  });
  couriers.wrote({ phases: [], gone: await sweepOldAssets(dist, destinations.out, nodePlatform.now()) });
  const publisher = await startWith(couriers, publishing);
  if (!once) await stopped();
  await publisher.close();
  const isEverywhere = !once || (await couriers.settled(TRIES));
  await couriers.close();
  return isEverywhere;
}

async function startWith(couriers: Couriers, publishing: Publishing): Promise<Publisher> {
  const { site, log, dist, workerOn, destinations, json, say } = publishing;
  const { out } = destinations;
  try {
    return await startPublisher({
      site,
      log,
      platform: nodePlatform,
      dist,
      out,
      workerOn,
      onWritten: couriers.wrote,
      onPublish: ({ seq, generated_at }, changed) => {
        couriers.offer(seq);
        if (json) process.stdout.write(`${JSON.stringify({ seq, generated_at, changed })}\n`);
        else if (changed) process.stdout.write(`${generated_at}  published state ${seq}.\n`);
      },
      onTrouble: (sentence) => {
        couriers.missed();
        say(sentence);
      },
    });
  } catch (error) {
    if (!isOfTheSystem(error)) throw error;
    throw new PlainError(
      `The page could not be written to ${out} (${error.message}): free that place, or name another folder with --to.`,
      1,
    );
  }
}

/** A full disk, a folder without rights. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** A target that holds what was published is no news to a person; one that fails is. */
function tellNews({ type, ...news }: CourierNews, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(news)}\n`);
  else if (type === 'trouble' && 'sentence' in news) process.stderr.write(`${news.sentence}\n`);
}
