import { chainName, type SignedEvent, tagValue } from './event.ts';

/** Parts of one watcher's pulse at most: some 4,500 components, and all that its key may fill on a relay. */
export const PULSE_PARTS_MAX = 16;

/** The `d` tags of a watcher's parts, the first one first. */
export function pulsePlaces(org: string, vantage: string): readonly string[] {
  return Array.from({ length: PULSE_PARTS_MAX }, (_, index) => chainName.pulse(org, vantage, index + 1));
}

/** Whether `event` lies where a watcher of `vantage` may put a part of its pulse. */
export function isPulsePlace(event: Pick<SignedEvent, 'tags'>, vantage: string): boolean {
  const [org, d] = [tagValue(event, 'o'), tagValue(event, 'd')];
  return org !== undefined && d !== undefined && pulsePlaces(org, vantage).includes(d);
}
