import { type Facts, type Known, listed, nameOf } from './facts.ts';
import type { Finding } from './finding.ts';

interface Asked {
  readonly rule: string;
  readonly question: string;
  readonly name: string;
  readonly address: string;
  readonly answer: Known<unknown> | null;
}

/** Every question that has no answer, one finding for each question and reason. */
export function notKnown({ hosts, sites, relays, people, watchers }: Facts): readonly Finding[] {
  const asked: readonly Asked[] = [
    ...hosts.flatMap((host): readonly Asked[] => {
      const about = { name: host.part === 'watched' ? host.host : nameOf(host), address: host.address };
      return [
        { ...about, rule: 'address', question: 'The addresses', answer: host.addresses },
        { ...about, rule: 'dns', question: 'The DNS operator', answer: host.dns },
        { ...about, rule: 'issuer', question: 'The certificate', answer: host.certificate },
        { ...about, rule: 'registrar', question: 'The registrar', answer: host.registrar },
        { ...about, rule: 'cloud', question: 'The cloud', answer: host.cloud },
      ];
    }),
    ...sites.flatMap((site): readonly Asked[] => {
      const about = { name: nameOf(site), address: site.address };
      return [
        { ...about, rule: 'root', question: 'The root key', answer: site.root },
        { ...about, rule: 'snapshot', question: 'The snapshot', answer: site.snapshot },
        { ...about, rule: 'cors', question: 'Whether others may read the data', answer: site.shared },
        { ...about, rule: 'not-found', question: 'The answer to what is not there', answer: site.missing },
        { ...about, rule: 'headers', question: 'The headers', answer: site.headers },
      ];
    }),
    ...relays.map(({ address, health }) => {
      return {
        rule: 'relay-health',
        question: 'The health',
        name: nameOf({ part: 'relay', address }),
        address,
        answer: health,
      };
    }),
    {
      rule: 'people',
      question: 'The number of admins, watchers and publishers',
      name: '',
      address: '',
      answer: people,
    },
    { rule: 'watcher', question: 'When each watcher last spoke', name: '', address: '', answer: watchers },
  ];
  const open = asked.flatMap(({ answer, ...rest }) =>
    answer?.type === 'unknown' ? [{ ...rest, why: answer.why }] : [],
  );
  const groups = Map.groupBy(open, ({ rule, why }) => `${rule} ${why}`);
  return [...groups.values()].flatMap(([first, ...others]): readonly Finding[] => {
    if (first === undefined) return [];
    const names = [...new Set([first, ...others].map(({ name }) => name).filter((name) => name !== ''))];
    const of = names.length === 0 ? '' : ` of ${listed(names)}`;
    const about = [...new Set([first, ...others].map(({ address }) => address).filter((address) => address !== ''))];
    return [{ group: 'unknown', rule: first.rule, about, sentence: `${first.question}${of}: ${first.why}` }];
  });
}
