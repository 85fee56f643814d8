import type { RosterSettingName, RosterStatement, Stated } from './roster-statement.ts';

export interface Settings {
  readonly settings: {
    readonly relays: readonly string[];
    readonly mirrors: readonly string[];
    /** Recovery recipients (age1…) to which every vault file is sealed as well. */
    readonly vault: readonly string[];
    /** Per impact: second opinions that a public update needs. */
    readonly approvals: Readonly<Record<string, 0 | 1>>;
  };
  /** The `n` that each setting won with; 0 where it was never set. The next change uses one more. */
  readonly versions: Readonly<Record<RosterSettingName, number>>;
}

/** Highest `n`, then lowest event id: statements come sorted by id, so the first of equals stays. */
export function chosenSettings(counted: readonly Stated[]): Settings {
  function choose<Name extends RosterSettingName>(name: Name) {
    let best: NonNullable<RosterStatement['set'][Name]> | undefined;
    for (const { says } of counted) {
      const candidate = says.set[name];
      if (candidate !== undefined && (best === undefined || candidate[0] > best[0])) best = candidate;
    }
    return best;
  }
  const [relays, mirrors, vault, approvals] = [
    choose('relays'),
    choose('mirrors'),
    choose('vault'),
    choose('approvals'),
  ];
  return {
    settings: {
      relays: relays?.[1] ?? [],
      mirrors: mirrors?.[1] ?? [],
      vault: vault?.[1] ?? [],
      approvals: approvals?.[1] ?? {},
    },
    versions: {
      relays: relays?.[0] ?? 0,
      mirrors: mirrors?.[0] ?? 0,
      vault: vault?.[0] ?? 0,
      approvals: approvals?.[0] ?? 0,
    },
  };
}

/** A purge is a vote of a member; two devices of one person are one vote. */
export function purgedIds(
  counted: readonly Stated[],
  root: string,
  keys: ReadonlyMap<string, { readonly member: string }>,
): ReadonlySet<string> {
  const votes = new Map<string, Set<string>>();
  for (const { event, says } of counted) {
    const voter = event.pubkey === root ? root : `member ${keys.get(event.pubkey)?.member}`;
    for (const id of says.purges) votes.set(id, (votes.get(id) ?? new Set()).add(voter));
  }
  return new Set([...votes].filter(([, voters]) => voters.has(root) || voters.size >= 2).map(([id]) => id));
}
