import { afterEach, describe, expect, test } from 'vitest';
import { $library } from '../../src/stores/library.ts';
import { $found } from '../../src/stores/runbooks.ts';

const EMPTY = $library.get();
afterEach(() => $library.set(EMPTY));

describe('the list of runbooks', () => {
  test('says where runbooks of one title lie, and nothing twice', () => {
    const entry = (id: string, title: string, alerts: string[]) => {
      return { id, title, alerts, kind: 'runbook' as const, sha256: id, size: 1, services: [] };
    };
    const entries = [
      entry('openshift/etcdNoLeader', 'etcdNoLeader', ['etcdNoLeader']),
      entry('kubernetes/etcdNoLeader', 'etcd No Leader', ['etcdNoLeader']),
      entry('kafka/lag', 'Consumer lag', ['ConsumerLag', 'LedgerBehind']),
    ];
    $library.set({ ...EMPTY, entries });
    expect($found.get().map(({ place, alerts }) => [place, alerts])).toEqual([
      [null, ['LedgerBehind']],
      ['kubernetes/etcdNoLeader', []],
      ['openshift/etcdNoLeader', []],
    ]);
  });
});
