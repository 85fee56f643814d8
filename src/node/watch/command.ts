import { join } from 'node:path';
import type { Log } from '../../log/log.ts';
import { createBlindWriter } from '../../log/rooms/blind-writer.ts';
import type { Site } from '../../model/site.ts';
import { contentFolder } from '../content/content-folder.ts';
import { readSite } from '../content/site.ts';
import { followSiteFile } from '../content/site-change.ts';
import { siteVariables } from '../content/site-variables.ts';
import { runWithOptions, type Values } from '../options.ts';
import { clockWord } from '../organisation/clock-word.ts';
import { readOrganisation, writableFolder } from '../organisation/folder.ts';
import { checkAddress, openKeyLog } from '../organisation/open.ts';
import { unnamed } from '../organisation/unnamed.ts';
import { unreachedWord } from '../organisation/unreached.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { stopped } from '../stopped.ts';
import { startWatcher } from './watcher.ts';

const SYNC_MS = 10_000;

const USAGE = {
  line: 'lifeboat watch [options]',
  does: 'Probes what site.yaml names and signs what it sees. Run several, on several clouds, each with a key of its own.',
  options: {
    dir: { type: 'string', value: '<folder>', help: 'with organisation.json and watcher.key', default: '.lifeboat' },
    relay: { type: 'list', value: '<address>', help: 'ws:// or wss://, may be repeated; else those of site.yaml' },
    site: { type: 'string', value: '<address>', help: 'what {site} stands for in site.yaml' },
    vantage: { type: 'string', value: '<name>', help: 'where it looks from; must be the one that the roster names' },
    json: { type: 'boolean', help: 'print each transition as one line of JSON' },
  },
} as const;

/** Runs one watcher until it is asked to stop. Resolves to the exit code; throws PlainError for wrong use. */
export function watchCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const dir = await writableFolder(values.dir);
  // First of all: without it, the mistakes of the demo's site.yaml would be told.
  await readOrganisation(dir);
  const given = values.relay;
  given.forEach(checkAddress);
  const folder = await contentFolder(process.env, dir);
  const variables = siteVariables(given, values.site);
  const site = await readSite(folder, variables);
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const unfollow = await followSiteFile({ folder, variables, say });
  const { log, secret } = await openKeyLog(dir, 'watcher', given.length > 0 ? given : site.relays);
  try {
    if (log.links().length === 0) throw new PlainError('No relay is known: give --relay, or list them in site.yaml.');
    await log.whenSynced(SYNC_MS);
    const wrong = clockWord(
      log,
      `stop this, move ${join(dir, 'watcher.db')} aside, and start again.`,
      nodePlatform.now(),
    );
    if (wrong !== null) say(wrong);
    const unreached = unreachedWord(log, 'what is seen is kept on this machine');
    if (unreached !== null) say(unreached);
    return await watchUntilStopped(log, secret, site, values);
  } finally {
    unfollow();
    await log.close();
  }
}

interface Wish {
  readonly vantage: string | undefined;
  readonly json: boolean;
}

async function watchUntilStopped(log: Log, secret: Uint8Array, site: Site, wish: Wish): Promise<number> {
  const vantage = vantageOf(log, wish.vantage);
  const watcher = startWatcher({
    site,
    log,
    seal: createBlindWriter(log, secret),
    platform: nodePlatform,
    vantage,
    onTransition: (seen) => {
      const sentence = `${seen.changed_at}  ${seen.subject}: ${seen.from} → ${seen.status}. ${seen.detail ?? ''}`;
      process.stdout.write(`${wish.json ? JSON.stringify(seen) : sentence.trimEnd()}\n`);
    },
  });
  if (!wish.json) process.stdout.write(`Watching ${site.name} from "${vantage}".\n`);
  await stopped();
  await watcher.close();
  return 0;
}

/** The roster decides where a watcher looks from; a wish that differs would sign what nobody believes. */
function vantageOf(log: Log, wished: string | undefined): string {
  const vantage = log.roster().keys.get(log.pubkey ?? '')?.vantage;
  if (!vantage) throw unnamed('watcher', log.pubkey);
  if (wished === undefined || wished === vantage) return vantage;
  throw new PlainError(`The roster knows this key as the watcher "${vantage}", not "${wished}".`);
}
