import { KIND } from '../../src/model/event.ts';
import { ORG, ROSTER, STATUS, stranger } from './organisation.ts';
import type { Pens } from './pens.ts';
import type { Random } from './random.ts';
import type { Tampering } from './relay-host.ts';
import { START } from './schedule.ts';

export interface EvilOptions {
  readonly random: Random;
  readonly pens: Pens;
  readonly count: (fault: string) => void;
  /** Public keys that a relay may take a dislike to. */
  readonly authors: readonly string[];
}

const pass = { incoming: () => true, outgoing: (text: string) => [text] };
const isEvent = (text: string) => text.startsWith('["EVENT"');

/** Keeps what an author wrote to itself. */
function withhold({ random, authors, count }: EvilOptions): Tampering {
  const author = random.pick(authors);
  const hides = (text: string) => isEvent(text) && text.includes(`"pubkey":"${author}"`);
  return {
    ...pass,
    name: 'withholds an author',
    outgoing: (text) => {
      if (!hides(text)) return [text];
      count('evil: event withheld');
      return [];
    },
  };
}

/** Changes texts, signatures and times on the way. */
function alter({ random, count }: EvilOptions): Tampering {
  const changes: readonly ((text: string) => string)[] = [
    (text) => text.replace('incident.update', 'incident.retract'),
    (text) => text.replace(/"sig":"..../, '"sig":"beef'),
    (text) => text.replace(/"created_at":\d/, '"created_at":2'),
    (text) => text.replace(/"content":".{4}/, '"content":"evil'),
    (text) => text.replace(/"pubkey":"./, '"pubkey":"0'),
    (text) => text.slice(0, -random.between(1, 40)),
  ];
  return {
    ...pass,
    name: 'alters',
    outgoing: (text) => {
      if (!isEvent(text) || random.chance(0.4)) return [text];
      count('evil: event altered');
      const altered = random.pick(changes)(text);
      // Before the true one, after it, or in its place: an altered copy must never vouch for or spoil the true one.
      return random.pick([[altered], [altered, text], [text, altered]]);
    },
  };
}

/** Sends what it sent before, again and again. */
function replay({ random, count }: EvilOptions): Tampering {
  const sent: string[] = [];
  return {
    ...pass,
    name: 'replays',
    outgoing: (text) => {
      if (isEvent(text)) sent.push(text);
      if (sent.length === 0 || random.chance(0.7)) return [text];
      count('evil: event replayed');
      return [random.pick(sent).replace(/^\["EVENT","[^"]*"/, '["EVENT","live-open"'), text];
    },
  };
}

/** Says OK and stores nothing. */
function lie({ random, count }: EvilOptions): Tampering {
  return {
    ...pass,
    name: 'answers OK without storing',
    comparesHonestly: true,
    incoming: (text, answer) => {
      const id = isEvent(text) && random.chance(0.6) ? /"id":"([0-9a-f]{64})"/.exec(text)?.[1] : undefined;
      if (id === undefined) return true;
      count('evil: OK without storing');
      answer(JSON.stringify(['OK', id, true, '']));
      return false;
    },
  };
}

/** Goes silent in the middle of a comparison, or before the end of an answer. */
function stall({ random, count }: EvilOptions): Tampering {
  return {
    ...pass,
    name: 'stalls',
    outgoing: (text) => {
      if (!/^\["(NEG-MSG|EOSE)"/.test(text) || random.chance(0.4)) return [text];
      count('evil: comparison stalled');
      return [];
    },
  };
}

/** Floods with junk: nonsense, events of strangers (rightly signed), forged rosters. */
function flood({ random, pens, count }: EvilOptions): Tampering {
  let made = 0;
  const strange = (kind: number, d: string, content: string) =>
    pens.signer.signEvent(
      {
        kind,
        content,
        created_at: START / 1000 + made++,
        tags: [
          ['o', ORG],
          ['d', d],
          ['s', String(made)],
        ],
      },
      stranger.secret,
    );
  const event = (body: unknown) => JSON.stringify(['EVENT', 'live-open', body]);
  const takeover = `{"gen":9,"grants":[{"member":"x","pk":"${stranger.pk}","roles":["admin"]}],"v":1}`;
  const junk: readonly (() => string)[] = [
    () => 'x'.repeat(200),
    () => '[]',
    () => '["EVENT","live-open",null]',
    () => JSON.stringify(['OK', Buffer.from(random.bytes(32)).toString('hex'), true, '']),
    () => JSON.stringify(['NEG-MSG', 'neg-open', Buffer.from(random.bytes(40)).toString('hex')]),
    () => '["NEG-ERR","neg-open","blocked: no"]',
    () => event(strange(KIND.public, STATUS, '{"type":"incident.update"}')),
    () => event(strange(KIND.roster, ROSTER, takeover)),
    () => event({ ...strange(KIND.roster, ROSTER, takeover), pubkey: random.pick([...pens.signed.values()]).pubkey }),
  ];
  return {
    ...pass,
    name: 'floods',
    outgoing: (text) => {
      const before = Array.from({ length: random.below(4) }, () => random.pick(junk)());
      if (before.length > 0) count('evil: junk sent');
      return [...before, text];
    },
  };
}

/** Does nothing worse than to go back to an old backup now and then: see `simulate.ts`. */
function forget(): Tampering {
  return { ...pass, name: 'rolls back', comparesHonestly: true };
}

export const TAMPERINGS: readonly ((options: EvilOptions) => Tampering)[] = [
  withhold,
  alter,
  replay,
  lie,
  stall,
  flood,
  forget,
];
