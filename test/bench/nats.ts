import { once } from 'node:events';
import { connect } from 'node:net';

/** Just enough of the NATS text protocol to do the same work as a relay's client. */
export interface NatsClient {
  /** Publishes and hands over the answer (with JetStream: its acknowledgement). */
  request(subject: string, text: string, answered: (text: string) => void): void;
  /** Resolves when the server has confirmed it. */
  subscribe(subject: string, hear: () => void): Promise<void>;
  close(): void;
}

const LINE_END = '\r\n';
/** Subscriptions of one client: answers to its requests, and what it listens to. */
const [ANSWERS, LIVE] = ['1', '2'];

export async function openNats(port: number, name: string): Promise<NatsClient> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const inbox = `_INBOX.${name}`;
  const waiting = new Map<string, (text: string) => void>();
  const pongs: (() => void)[] = [];
  let hear: () => void = () => undefined;
  let rest: Buffer = Buffer.alloc(0);
  let last = 0;

  socket.on('data', (data) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    for (let used = receive(rest); used > 0; used = receive(rest)) rest = rest.subarray(used);
  });

  /** Handles the first whole message in `data`; returns its length, 0 when there is none. */
  function receive(data: Buffer): number {
    const end = data.indexOf(LINE_END);
    if (end < 0) return 0;
    const [word = '', subject = '', subscription, ...more] = data.toString('latin1', 0, end).split(' ');
    if (word === 'PING') socket.write(`PONG${LINE_END}`);
    if (word === 'PONG') pongs.shift()?.();
    if (word === '-ERR') throw new Error(`nats-server says ${data.toString('latin1', 0, end)}`);
    if (word !== 'MSG') return end + 2;
    const length = Number(more.at(-1));
    const total = end + 2 + length + 2;
    if (data.length < total) return 0;
    if (subscription === LIVE) hear();
    else {
      const answered = waiting.get(subject);
      waiting.delete(subject);
      answered?.(data.toString('utf8', end + 2, end + 2 + length));
    }
    return total;
  }

  function confirmed(): Promise<void> {
    const pong = new Promise<void>((resolve) => pongs.push(resolve));
    socket.write(`PING${LINE_END}`);
    return pong;
  }

  socket.write(`CONNECT {"verbose":false,"pedantic":false}${LINE_END}SUB ${inbox}.* ${ANSWERS}${LINE_END}`);
  await confirmed();
  return {
    request: (subject, text, answered) => {
      const answer = `${inbox}.${++last}`;
      waiting.set(answer, answered);
      socket.write(`PUB ${subject} ${answer} ${Buffer.byteLength(text)}${LINE_END}${text}${LINE_END}`);
    },
    subscribe: (subject, listener) => {
      hear = listener;
      socket.write(`SUB ${subject} ${LIVE}${LINE_END}`);
      return confirmed();
    },
    close: () => socket.destroy(),
  };
}
