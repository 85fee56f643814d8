import type { RosterSettingName, RosterStatement, Stated } from './roster-statement.ts';

/** What the roster asked of public updates from some moment on. */
export interface ApprovalRule {
  /** Per impact: second opinions that an update needs. */
  readonly asks: Readonly<Record<string, 0 | 1>>;
  /** Ends of the public chains when the rule was made: what lies at or behind them is older than it. */
  readonly after: readonly string[];
  /** Seconds between an update and an override. */
  readonly wait: number;
}

/** Seconds that a commander waits before an override, where the roster names none. */
const DEFAULT_WAIT = 600;

export interface Settings {
  /** Every rule on approvals that counts, the winner first: an update keeps the one that it was written under. */
  readonly approvalRules: readonly ApprovalRule[];
  readonly settings: {
    readonly relays: readonly string[];
    readonly mirrors: readonly string[];
    /** Recovery recipients (age1…) to which every vault file is sealed as well. */
    readonly vault: readonly string[];
    /** The room that takes what watchers seal: its id, its epoch `k`, and the device keys that `k` is wrapped to; or nothing. */
    readonly alerts: readonly string[];
    /** Per impact: second opinions that a public update needs. */
    readonly approvals: Readonly<Record<string, 0 | 1>>;
  };
  /** The `n` that each setting won with; 0 where it was never set. The next change uses one more. */
  readonly versions: Readonly<Record<RosterSettingName, number>>;
}

/** A setting with a higher number does not count: else one admin could use up the numbers, and nobody change it again. */
export const HIGHEST_NUMBER = 2 ** 40;

/** What an address must begin with, or the whole setting does not count: devices and pages follow it unasked. */
const ADDRESSES: Partial<Record<RosterSettingName, RegExp>> = { relays: /^wss?:\/\//i, mirrors: /^https?:\/\//i };

function isSound(name: RosterSettingName, [number, value]: readonly [number, unknown, ...unknown[]]): boolean {
  const address = ADDRESSES[name];
  const isAddress = (text: unknown) => address === undefined || (typeof text === 'string' && address.test(text));
  return number <= HIGHEST_NUMBER && (!Array.isArray(value) || value.every(isAddress));
}

/** Highest `n`, then lowest event id: statements come sorted by id, so the first of equals stays. */
export function chosenSettings(counted: readonly Stated[]): Settings {
  function choose<Name extends RosterSettingName>(name: Name) {
    let best: NonNullable<RosterStatement['set'][Name]> | undefined;
    for (const { says } of counted) {
      const candidate = says.set[name];
      if (candidate === undefined || !isSound(name, candidate)) continue;
      if (best === undefined || candidate[0] > best[0]) best = candidate;
    }
    return best;
  }
  const [relays, mirrors, vault, alerts, approvals] = [
    choose('relays'),
    choose('mirrors'),
    choose('vault'),
    choose('alerts'),
    choose('approvals'),
  ];
  const rules = counted
    .flatMap(({ says }) => (says.set.approvals === undefined ? [] : [says.set.approvals]))
    .filter((rule) => isSound('approvals', rule));
  return {
    approvalRules: rules
      .toSorted(([a], [b]) => b - a)
      .map(([, asks, { after, wait = DEFAULT_WAIT }]) => ({ asks, after, wait })),
    settings: {
      relays: relays?.[1] ?? [],
      mirrors: mirrors?.[1] ?? [],
      vault: vault?.[1] ?? [],
      alerts: alerts?.[1] ?? [],
      approvals: approvals?.[1] ?? {},
    },
    versions: {
      relays: relays?.[0] ?? 0,
      mirrors: mirrors?.[0] ?? 0,
      vault: vault?.[0] ?? 0,
      alerts: alerts?.[0] ?? 0,
      approvals: approvals?.[0] ?? 0,
    },
  };
}
