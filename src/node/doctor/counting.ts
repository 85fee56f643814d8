import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';

/** Of everything that is needed there must be two. */
export function tooFew({ hosts, people }: Facts): readonly Finding[] {
  const copies = hosts.filter(({ part }) => part === 'page' || part === 'mirror');
  const relays = hosts.filter(({ part }) => part === 'relay');
  const counted = people.type === 'known' ? people.value : null;
  const rows: readonly (readonly [
    rule: string,
    count: number,
    about: readonly string[],
    what: string,
    answer: string,
  ])[] = [
    [
      'copies',
      copies.length,
      copies.map(({ address }) => address),
      'copy of the page',
      'name a second host in mirrors of site.yaml',
    ],
    ['relays', relays.length, relays.map(({ address }) => address), 'relay', 'run a second with another provider'],
    ...(counted === null
      ? []
      : ([
          [
            'admins',
            counted.admins,
            [],
            'person who is an admin',
            'enrol a second, or nobody can remove a lost device',
          ],
          ['watchers', counted.watchers, [], 'vantage', 'run a second watcher on another cloud'],
          ['publishers', counted.publishers, [], 'publisher', 'run a second on another machine'],
        ] as const)),
  ];
  return rows
    .filter(([, count]) => count < 2)
    .map(([rule, count, about, what, answer]) => {
      const sentence = `There is ${count === 0 ? 'no' : 'only one'} ${what}: ${answer}.`;
      return { group: 'together', rule, about, sentence };
    });
}
