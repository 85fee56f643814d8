import type { LinkView } from '../../log/channel/link-view.ts';
import type { Log } from '../../log/log.ts';
import type { SignedEvent } from '../../model/event.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { openKeyLog, ownKey } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { bringEverywhere, lackedBy, wholeEvents } from './everywhere.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { countTraffic } from './traffic.ts';

const USAGE = {
  line: 'lifeboat sync [options]',
  does: 'Compares this device’s log with every relay, sends and fetches what is missing, and says what each relay holds. Exit code 1: no relay was reached, one that was still lacks something, or something of this device’s own is on none.',
  options: MEMBER_OPTIONS,
} as const;

/** What is known of one relay after reconciling. */
interface RelayReport {
  readonly relay: string;
  readonly reached: boolean;
  /** It and this device hold the same. */
  readonly synced: boolean;
  /** Why it was not reached. */
  readonly reason: string | null;
  readonly sent: number;
  readonly fetched: number;
  /** How many of this device's events it is known to hold. */
  readonly held: number;
  /** How many it lacked when the time was over, though it was reached and did not refuse them. */
  readonly lacking: number;
  /** Events that it never takes or does not take now, by the first reason. */
  readonly refused: number;
  readonly refusal: string | null;
}

interface SyncReport {
  readonly events: number;
  readonly relays: readonly RelayReport[];
  /** Ids of this key's own events, and of the root's, that no relay is known to hold. */
  readonly own_without_receipt: readonly string[];
}

/** `lifeboat sync`: reconciles, then prints the receipts per relay. */
export function syncCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const traffic = countTraffic(nodePlatform);
  const { log } = await openKeyLog(values.dir, await ownKey(values.dir), values.relay, traffic.platform);
  try {
    if (log.links().length === 0)
      throw new PlainError(
        'No relay is known: name one with --relay, or in the roster with "lifeboat roster set relays".',
      );
    const before = new Set(log.events().map(({ id }) => id));
    const isEverywhere = await bringEverywhere(log, waitMs);
    const report = reportOf(log, before, traffic.of);
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : reportWords(report));
    if (!isEverywhere) process.stderr.write(unfinishedWords(report, values.wait));
    const isDone =
      isEverywhere && report.relays.some(({ reached }) => reached) && report.own_without_receipt.length === 0;
    return isDone ? 0 : 1;
  } finally {
    await log.close();
  }
}

function reportOf(log: Log, before: ReadonlySet<string>, of: ReturnType<typeof countTraffic>['of']): SyncReport {
  const events = wholeEvents(log);
  const named = log.roster().settings.relays;
  const known = new Set([...named, ...log.links().map(({ relay }) => relay)]);
  // What the root signed lies on its paper and here: it is this device's to bring out.
  const own = [log.pubkey, log.root];
  // Where the roster names no relay, none has left it, and any receipt counts.
  const isHeld = ({ id }: SignedEvent) => log.receipts(id).some((relay) => named.length === 0 || known.has(relay));
  return {
    events: events.length,
    relays: log.links().map((link) => relayReport(link, { log, events, before, of })),
    own_without_receipt: events.filter((event) => own.includes(event.pubkey) && !isHeld(event)).map(({ id }) => id),
  };
}

interface Known {
  readonly log: Log;
  readonly events: readonly SignedEvent[];
  /** Ids that were here when the command began. */
  readonly before: ReadonlySet<string>;
  readonly of: ReturnType<typeof countTraffic>['of'];
}

function relayReport(link: LinkView, { log, events, before, of }: Known): RelayReport {
  const { relay, state, synced, reason, refused, parked } = link;
  const { sent, fetched } = of(relay);
  return {
    relay,
    reached: state === 'open',
    synced,
    reason: state === 'open' ? null : (reason ?? 'it has not answered yet'),
    sent: events.filter(({ id }) => sent.has(id)).length,
    fetched: events.filter(({ id }) => fetched.has(id) && !before.has(id)).length,
    held: events.filter(({ id }) => log.receipts(id).includes(relay)).length,
    lacking: lackedBy(link, log).length,
    refused: refused.size + parked.size,
    refusal: [...refused.values(), ...parked.values()][0] ?? null,
  };
}

function reportWords({ events, relays, own_without_receipt: own }: SyncReport): string {
  const rows = relays.map(({ relay, reached, synced, reason, sent, fetched, held, lacking, refused, refusal }) => {
    const holds = `is known to hold ${held} of ${events} events`;
    if (!reached) return `${relay}  not reached (${reason}); ${holds}`;
    const refusals = refused === 0 ? '' : `; takes ${refused} not (${refusal})`;
    return `${relay}  ${synced && lacking === 0 ? 'in step' : 'not in step yet'}: sent ${sent}, fetched ${fetched}, ${holds}${refusals}`;
  });
  const [first] = own;
  const rest = own.length === 1 ? 'event' : 'events';
  const last =
    first === undefined
      ? []
      : [`${own.length} ${rest} of this device on no relay yet: ${first}${own.length > 1 ? ' …' : ''}`];
  return [...rows, ...last, ''].join('\n');
}

function unfinishedWords({ relays }: SyncReport, wait: string): string {
  const behind = relays.filter(({ reached, synced, lacking }) => reached && (!synced || lacking > 0));
  const which = behind.map(({ relay }) => relay).join(', ') || 'A relay';
  return `${which} could not be brought in step within ${wait} s: run "lifeboat sync" again, or give it longer with --wait.\n`;
}
