import type { Log } from '../../log/log.ts';
import { foldIncidents } from '../../model/incidents.ts';
import { readNumber, runWithOptions } from '../options.ts';
import { behindWord } from '../organisation/clock-word.ts';
import { openKeyLog } from '../organisation/open.ts';
import { correct } from './correction.ts';
import { graverWords } from './graver-words.ts';
import { inStep } from './in-step.ts';
import { checkComponents } from './known-components.ts';
import { seenLive } from './live.ts';
import { maintenanceBody } from './maintenance.ts';
import { giveOpinion } from './opinion.ts';
import { ownSite } from './own-site.ts';
import { type Deed, deedOf } from './post-deed.ts';
import { templateNamed } from './post-template.ts';
import { POST_USAGE, type PostValues } from './post-usage.ts';
import { checkStatement } from './post-words.ts';
import { type Posted, postedFacts } from './posted.ts';
import { arrival, arrivalWords } from './receipts.ts';
import { retract } from './retraction.ts';
import { readComponent, updateBody } from './update.ts';

/** `lifeboat post`: "on this device", "on 2 of 2 relays", "live on the public page, seen 03:12:40Z". */
export function postCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, POST_USAGE, run);
}

async function run(values: PostValues, words: readonly string[]): Promise<number> {
  const { dir, relay, json } = values;
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const deed = deedOf(values, words);
  const given = { ...values, text: values.text ?? (words.length > 0 ? words.join(' ') : undefined) };
  const { log } = await openKeyLog(dir, 'device', relay);
  try {
    const own = await ownSite(dir);
    // What begins something new needs nothing that others said.
    const isNew = (values[deed] ?? 'new') === 'new';
    if (!isNew) await inStep(log, waitMs);
    await checkComponents(log, componentsIn(given), own.components, () => inStep(log, waitMs));
    const posted = await DEEDS[deed](log, given);
    const arrived = await arrival(log, posted.event, waitMs);
    const behind = behindWord(log, log.platform.now());
    if (behind !== null) process.stderr.write(`${behind}\n`);
    if (!json) process.stdout.write(`${posted.words}: ${arrivalWords(arrived)}\n`);
    const { sought } = posted;
    const isWaiting = sought.type === 'update' && foldIncidents(log.events(), log.roster()).waiting.has(sought.id);
    const address = values.site ?? own.address;
    const seen = isWaiting || address === undefined ? undefined : await seenLive(log, address, sought, waitMs);
    if (json) {
      const facts = { ...postedFacts(posted), ...arrived, waiting: isWaiting, live: seen ?? null };
      process.stdout.write(`${JSON.stringify(facts)}\n`);
    } else process.stdout.write(isWaiting ? waitingWords(posted, sought.id) : liveWords(seen, address));
    return seen === undefined ? 1 : 0;
  } finally {
    await log.close();
  }
}

/** The ids that are named; what is wrong with the rest of such an option is said where it is read. */
function componentsIn({ component, set }: PostValues): readonly string[] {
  const given = set === undefined ? component : [set];
  return given.map((text) => text.split('=')[0] ?? '').filter((id) => id !== '');
}

const DEEDS: Readonly<Record<Deed, (log: Log, values: PostValues) => Promise<Posted>>> = {
  incident: postIncident,
  maintenance: postMaintenance,
  correct: (log, values) => correct(log, values.correct ?? '', values),
  retract: (log, { retract: wanted = '', reason }) => retract(log, wanted, reason),
  set: setComponent,
  approve: giveOpinion,
  override: giveOpinion,
};

async function postIncident(log: Log, values: PostValues): Promise<Posted> {
  const template = values.template && (await templateNamed(values.dir, values.template, 'incident'));
  const body = updateBody(log, values.incident ?? 'new', values, template || undefined);
  checkStatement(body);
  const { id } = await log.writePublic('incident.update', body);
  const code = body.incident;
  return {
    event: id,
    sought: { type: 'update', code, id },
    kind: 'incident',
    words: `Incident ${code}, update ${id.slice(0, 8)}`,
  };
}

async function postMaintenance(log: Log, values: PostValues): Promise<Posted> {
  const template = values.template && (await templateNamed(values.dir, values.template, 'maintenance'));
  const body = maintenanceBody(log, values.maintenance ?? 'new', values, template || undefined);
  checkStatement(body);
  const { id } = await log.writePublic('maintenance.update', body);
  const code = body.maintenance;
  return {
    event: id,
    sought: { type: 'update', code, id },
    kind: 'maintenance',
    words: `Maintenance ${code}, update ${id.slice(0, 8)}`,
  };
}

async function setComponent(log: Log, { set = '' }: PostValues): Promise<Posted> {
  const { id: component, status } = readComponent('set', set);
  const { id } = await log.writePublic('component.set', { component, status });
  const words = `Component ${component} set to ${status}${graverWords(log, component, status)}`;
  return { event: id, sought: { type: 'component', id: component, status }, kind: 'component', words };
}

function waitingWords({ event }: Posted, update: string): string {
  if (event !== update) return 'not counted yet: an override counts once the wait that the roster asks for is over\n';
  return `waits for a second opinion: another member says "lifeboat post --approve ${update}"\n`;
}

function liveWords(seen: string | undefined, site: string | undefined): string {
  if (site === undefined)
    return 'not looked for on the public page: put its address as url into site.yaml, or give --site\n';
  if (seen === undefined) return `not seen on ${site} yet\n`;
  return `live on the public page, seen ${seen.slice(11, 19)} UTC\n`;
}
