import type { Log } from '../../log/log.ts';
import { translated } from '../../model/correction.ts';
import { foldIncidents } from '../../model/incidents.ts';
import type { IncidentUpdateBody } from '../../model/public-content.ts';
import type { PublicIncident } from '../../model/snapshot.ts';
import {
  COMPONENT_STATUSES,
  type ComponentStatus,
  IMPACTS,
  INCIDENT_STATUSES,
  isOpenIncident,
} from '../../model/status.ts';
import type { Template } from '../../vault/document.ts';
import { PlainError } from '../plain-error.ts';
import { type GivenWords, happened, readName, wordsOf } from './post-words.ts';

/** What `post` was given of an update. */
export interface Wanted extends GivenWords {
  readonly name: string | undefined;
  readonly status: string | undefined;
  readonly impact: string | undefined;
  readonly component: readonly string[];
  readonly at: string | undefined;
}

const CODE = /^[0-9a-z]{12}$/;
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The body of an `incident.update`: a new incident (`code` "new"), or the next update of one, which lends what was left out. */
export function updateBody(log: Log, code: string, wanted: Wanted, template?: Template): IncidentUpdateBody {
  const before = code === 'new' ? undefined : knownIncident(log, code);
  const name = wanted.name ?? before?.name ?? template?.name ?? undefined;
  if (name === undefined) throw new PlainError('--name is missing; a new incident needs one.');
  const given = wanted.component.map((text) => readComponent('component', text));
  const twice = given.find(({ id }, index) => given.findIndex((one) => one.id === id) !== index);
  if (twice !== undefined) throw new PlainError(`--component names ${twice.id} twice; say once how it is.`);
  const { translations, ...words } = wordsOf(wanted, template);
  const status = wanted.status ?? template?.says.status ?? before?.status ?? 'investigating';
  if (status === 'postmortem' && (before === undefined || isOpenIncident(before.status)))
    throw new PlainError('A postmortem follows an incident that is resolved; post --status resolved first.');
  return {
    incident: before?.code ?? newCode(log),
    // What an older version let through may stand: it was not written now.
    name: name === before?.name ? name : readName('name', name),
    status: oneOf('status', status, INCIDENT_STATUSES),
    impact: oneOf('impact', wanted.impact ?? before?.impact ?? template?.impact ?? 'minor', IMPACTS),
    components: withNews(before?.components ?? [], given),
    ...words,
    ...translated(translations),
    ...over(status, happened(log, wanted.at), before),
  };
}

/** @throws PlainError where an incident would have ended before it began. */
function over<Dated extends { readonly display_at?: string }>(
  status: string,
  dated: Dated,
  before: PublicIncident | undefined,
): Dated {
  if (status === 'resolved' && before !== undefined && (dated.display_at ?? before.started_at) < before.started_at)
    throw new PlainError(`--at must not lie before ${before.started_at}, when incident ${before.code} began.`);
  return dated;
}

/** Nobody said that a part which goes unmentioned is well: it stays as it was. */
function withNews<Part extends { readonly id: string }>(
  before: readonly Part[],
  given: readonly Part[],
): readonly Part[] {
  return [...new Map([...before, ...given].map((part) => [part.id, part])).values()];
}

function knownIncident(log: Log, code: string) {
  if (!CODE.test(code))
    throw new PlainError(`--incident must be "new" or a code of 12 letters and digits, not "${code}".`);
  const found = foldIncidents(log.events(), log.roster()).incidents.find((incident) => incident.code === code);
  if (found === undefined) throw new PlainError(`This device knows no incident ${code}; see the page for its code.`);
  return found;
}

/** `cards=major_outage`. */
export function readComponent(option: string, text: string): { readonly id: string; readonly status: ComponentStatus } {
  const [id = '', status = '', ...more] = text.split('=');
  if (id === '' || more.length > 0) throw new PlainError(`--${option} must be <id>=<status>, not "${text}".`);
  return { id, status: oneOf(option, status, COMPONENT_STATUSES) };
}

export function oneOf<Value extends string>(option: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new PlainError(`--${option} must be one of ${values.join(', ')}, not "${text}".`);
  return found;
}

/** 12 characters of [0-9a-z]; 252 is the largest multiple of 36 in a byte, so each is as likely as the others. */
export function newCode(log: Log): string {
  let code = '';
  while (code.length < 12) {
    for (const byte of log.platform.random(16)) if (byte < 252 && code.length < 12) code += ALPHABET[byte % 36];
  }
  return code;
}
