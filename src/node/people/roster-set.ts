import type { Log } from '../../log/log.ts';
import { setApprovals } from '../../log/people/approving.ts';
import { writeRoster } from '../../log/people/roster-writer.ts';
import { IMPACTS } from '../../model/status.ts';
import { readNumber } from '../options.ts';
import { PlainError } from '../plain-error.ts';
import type { Change } from './roster.ts';

/** `set relays <address> …`, `set mirrors <address> …`, `set approvals <impact>=<0|1> …`: replaces the whole setting. */
export async function setSetting(
  log: Log,
  [name, ...given]: readonly string[],
  overrideAfter: string,
): Promise<Change> {
  const { versions } = log.roster();
  if (name === 'relays') {
    const relays = given.map((address) => readAddress(address, ['ws:', 'wss:']));
    const event = await writeRoster(log, { set: { relays: [versions.relays + 1, relays] } });
    return {
      event,
      words: `Relays: ${relays.join(', ') || 'none'}. "lifeboat sync" brings the log to them.`,
      facts: { relays },
    };
  }
  if (name === 'mirrors') {
    const mirrors = given.map((address) => readAddress(address, ['http:', 'https:']));
    const event = await writeRoster(log, { set: { mirrors: [versions.mirrors + 1, mirrors] } });
    return { event, words: `Mirrors: ${mirrors.join(', ') || 'none'}`, facts: { mirrors } };
  }
  if (name === 'approvals') {
    const asks = Object.fromEntries(given.map(readAsk));
    const wait = readNumber('override-after', overrideAfter, 0, 86_400);
    const event = await setApprovals(log, asks, wait);
    return { event, words: `Second opinions: ${given.join(', ') || 'none'}`, facts: { approvals: asks, wait } };
  }
  throw new PlainError('Say which setting: "roster set relays", "roster set mirrors" or "roster set approvals".');
}

function readAddress(text: string, protocols: readonly string[]): string {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address !== undefined && protocols.includes(address.protocol) && address.username === '' && address.hash === '')
    return text;
  throw new PlainError(`"${text}" is no address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}.`);
}

function readAsk(text: string): [impact: string, asks: 0 | 1] {
  const [impact = '', number] = text.split('=');
  const isKnown = (IMPACTS as readonly string[]).includes(impact);
  if (isKnown && (number === '0' || number === '1')) return [impact, number === '1' ? 1 : 0];
  throw new PlainError(`"${text}" must be <impact>=0 or <impact>=1, with an impact of ${IMPACTS.join(', ')}.`);
}
