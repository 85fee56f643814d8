import type { Log } from '../../log/log.ts';
import { mayFollow } from '../../model/authoring.ts';
import { translated } from '../../model/correction.ts';
import { foldIncidents } from '../../model/incidents.ts';
import type { MaintenanceUpdateBody } from '../../model/public-content.ts';
import type { PublicMaintenance } from '../../model/snapshot.ts';
import { IMPACTS, MAINTENANCE_STATUSES } from '../../model/status.ts';
import type { Template } from '../../vault/document.ts';
import { PlainError } from '../plain-error.ts';
import { happened, readName, readTime, wordsOf } from './post-words.ts';
import { terminalLine } from './terminal-text.ts';
import { newCode, oneOf, type Wanted } from './update.ts';

interface WantedMaintenance extends Wanted {
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** The body of a `maintenance.update`: a new one (`code` "new"), or the next update of one, which lends what was left out. */
export function maintenanceBody(
  log: Log,
  code: string,
  wanted: WantedMaintenance,
  template?: Template,
): MaintenanceUpdateBody {
  const before = code === 'new' ? undefined : knownMaintenance(log, code);
  const name = wanted.name ?? before?.name ?? template?.name ?? undefined;
  if (name === undefined) throw new PlainError('--name is missing; a new maintenance needs one.');
  const { translations, ...words } = wordsOf(wanted, template);
  const status = oneOf(
    'status',
    wanted.status ?? template?.says.status ?? before?.status ?? 'scheduled',
    MAINTENANCE_STATUSES,
  );
  if (before !== undefined && !mayFollow(before.status, status)) throw new PlainError(isOver(before));
  const scheduled_for = time('from', wanted.from, before?.scheduled_for);
  const scheduled_until = time('until', wanted.until, before?.scheduled_until);
  if (scheduled_until <= scheduled_for)
    throw new PlainError(
      `The maintenance would end at ${scheduled_until}, which is not after its start at ${scheduled_for}.`,
    );
  return {
    maintenance: before?.code ?? newCode(log),
    // What an older version let through may stand: it was not written now.
    name: name === before?.name ? name : readName('name', name),
    status,
    impact: oneOf('impact', wanted.impact ?? before?.impact ?? template?.impact ?? 'maintenance', IMPACTS),
    scheduled_for,
    scheduled_until,
    components: [...new Set([...(before?.components ?? []), ...wanted.component.map(bareId)])],
    ...words,
    ...translated(translations),
    ...happened(log, wanted.at),
  };
}

function isOver({ code, status, updates }: PublicMaintenance): string {
  const last = updates.find((one) => one.status === status && one.retracted === undefined)?.id.slice(0, 8);
  return `Maintenance ${code} is ${status} and stays so: announce another with --maintenance new, or, if it was a mistake, take back what said so with --retract ${last}.`;
}

function knownMaintenance(log: Log, code: string) {
  const { maintenances } = foldIncidents(log.events(), log.roster());
  const found = maintenances.find((one) => one.code === code);
  if (found !== undefined) return found;
  const known = maintenances.map((one) => `${one.code} (${terminalLine(one.name)})`).join(', ') || 'none';
  throw new PlainError(`--maintenance must be "new" or the code of one; this device knows ${known}, not "${code}".`);
}

function time(option: 'from' | 'until', given: string | undefined, before: string | undefined): string {
  if (given !== undefined) return readTime(option, given);
  if (before !== undefined) return before;
  throw new PlainError(`--${option} is missing; a new maintenance needs --from and --until.`);
}

/** While work goes on, what is worked on is under maintenance: nothing else is to be said of it here. */
function bareId(text: string): string {
  if (!text.includes('=')) return text;
  throw new PlainError(`--component of a maintenance is an id alone, not "${text}".`);
}
