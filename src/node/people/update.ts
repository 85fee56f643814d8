import type { Log } from '../../log/log.ts';
import { cleanText } from '../../model/clean.ts';
import { foldIncidents } from '../../model/incidents.ts';
import type { IncidentUpdateBody } from '../../model/public-content.ts';
import { COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES } from '../../model/status.ts';
import { PlainError } from '../plain-error.ts';

export interface Wanted {
  readonly incident: string;
  readonly name: string | undefined;
  readonly status: string | undefined;
  readonly impact: string | undefined;
  readonly text: string;
  readonly lang: string | undefined;
  readonly component: readonly string[];
}

const CODE = /^[0-9a-z]{12}$/;
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The body of an `incident.update`: a new incident, or the next update of an open one, which lends what was left out. */
export function updateBody(log: Log, wanted: Wanted): IncidentUpdateBody {
  const before = wanted.incident === 'new' ? undefined : knownIncident(log, wanted.incident);
  const name = wanted.name ?? before?.name;
  if (name === undefined) throw new PlainError('--name is missing; a new incident needs one.');
  const given = wanted.component.map(readComponent);
  return {
    incident: before?.code ?? newCode(log),
    name: cleanText(name),
    status: oneOf('status', wanted.status ?? before?.status ?? 'investigating', INCIDENT_STATUSES),
    impact: oneOf('impact', wanted.impact ?? before?.impact ?? 'minor', IMPACTS),
    text: cleanText(wanted.text),
    lang: wanted.lang ?? null,
    components: given.length > 0 ? given : (before?.components ?? []),
  };
}

function knownIncident(log: Log, code: string) {
  if (!CODE.test(code))
    throw new PlainError(`--incident must be "new" or a code of 12 letters and digits, not "${code}".`);
  const found = foldIncidents(log.events(), log.roster()).incidents.find((incident) => incident.code === code);
  if (found === undefined) throw new PlainError(`This device knows no incident ${code}; see the page for its code.`);
  return found;
}

function readComponent(text: string) {
  const [id = '', status = ''] = text.split('=');
  if (id === '') throw new PlainError(`--component must be <id>=<status>, not "${text}".`);
  return { id, status: oneOf('component', status, COMPONENT_STATUSES) };
}

function oneOf<Value extends string>(option: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new PlainError(`--${option} must be one of ${values.join(', ')}, not "${text}".`);
  return found;
}

/** 12 characters of [0-9a-z]; 252 is the largest multiple of 36 in a byte, so each is as likely as the others. */
function newCode(log: Log): string {
  let code = '';
  while (code.length < 12) {
    for (const byte of log.platform.random(16)) if (byte < 252 && code.length < 12) code += ALPHABET[byte % 36];
  }
  return code;
}
