import type { Pulse, Subject } from './pulse.ts';
import { type ObservedStatus, observedStatus } from './pulses.ts';
import type { SiteVendor } from './site.ts';

export type Mode = 'normal' | 'fallback';

/** The two suppliers whose common fall changes how the company works. */
const LIFELINES = ['chat', 'observability'] as const;
/** This many fresh vantages (or all, where fewer are alive) must see a lifeline down (DESIGN "Joint failure"). */
export const LIFELINE_QUORUM = 2;

type Vendor = Pick<SiteVendor, 'id' | 'name' | 'lifeline'>;

/** A vendor as it is shown: what the watchers know of it, and how old that is. */
export interface VendorState extends ObservedStatus, Vendor {}

/**
 * Fallback when chat and observability are both down: every vendor of each lifeline, seen by two vantages or by this device
 * itself (`downHere`). A lifeline without a vendor is never down, and what is unknown is not down either.
 */
export function modeOf(
  pulses: Iterable<Pulse>,
  vendors: readonly Vendor[],
  now: number,
  downHere: ReadonlySet<Subject> = new Set(),
): Mode {
  const states = vendorStates(pulses, vendors, now);
  const isDown = (vendor: VendorState) => vendor.status === 'major_outage' || downHere.has(`vendor:${vendor.id}`);
  const allDown = LIFELINES.every((lifeline) => {
    const carriers = states.filter((vendor) => vendor.lifeline === lifeline);
    return carriers.length > 0 && carriers.every(isDown);
  });
  return allDown ? 'fallback' : 'normal';
}

/** Every vendor of the site with what is known of it; unknown where no watcher is fresh. `now` in milliseconds. */
export function vendorStates(pulses: Iterable<Pulse>, vendors: readonly Vendor[], now: number): VendorState[] {
  const held = [...pulses];
  return vendors.map(({ id, name, lifeline }) => ({
    id,
    name,
    lifeline,
    ...observedStatus(held, `vendor:${id}`, LIFELINE_QUORUM, now),
  }));
}
