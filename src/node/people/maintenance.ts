import type { Log } from '../../log/log.ts';
import { cleanText } from '../../model/clean.ts';
import { translated } from '../../model/correction.ts';
import { foldIncidents } from '../../model/incidents.ts';
import type { MaintenanceUpdateBody } from '../../model/public-content.ts';
import { IMPACTS, MAINTENANCE_STATUSES } from '../../model/status.ts';
import type { Template } from '../../vault/document.ts';
import { PlainError } from '../plain-error.ts';
import { happened, readTime, wordsOf } from './post-words.ts';
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
  const status = wanted.status ?? template?.says.status ?? before?.status ?? 'scheduled';
  const scheduled_for = time('from', wanted.from, before?.scheduled_for);
  const scheduled_until = time('until', wanted.until, before?.scheduled_until);
  if (scheduled_until <= scheduled_for)
    throw new PlainError(
      `The maintenance would end at ${scheduled_until}, which is not after its start at ${scheduled_for}.`,
    );
  return {
    maintenance: before?.code ?? newCode(log),
    name: cleanText(name),
    status: oneOf('status', status, MAINTENANCE_STATUSES),
    impact: oneOf('impact', wanted.impact ?? template?.impact ?? before?.impact ?? 'maintenance', IMPACTS),
    scheduled_for,
    scheduled_until,
    components: wanted.component.length > 0 ? wanted.component.map(bareId) : (before?.components ?? []),
    ...words,
    ...translated(translations),
    ...happened(log, wanted.at),
  };
}

function knownMaintenance(log: Log, code: string) {
  const { maintenances } = foldIncidents(log.events(), log.roster());
  const found = maintenances.find((one) => one.code === code);
  if (found !== undefined) return found;
  const known = maintenances.map((one) => `${one.code} (${one.name})`).join(', ') || 'none';
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
