import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { signEvent } from '../../src/log/event.ts';
import { KIND } from '../../src/model/event.ts';
import { type Carrier, messageOf, type Publisher } from './carrier.ts';
import { DEVICES, type Device, ROSTER } from './organisation.ts';
import { startRelay } from './process.ts';

type Frame = readonly unknown[];

export const lifeboat: Carrier = {
  name: 'lifeboat relay',
  promise: 'verified, and fsync before each OK',
  isInstalled: true,
  start: async (folder) => {
    const server = await startRelay(join(folder, 'relay.db'), 0, '--behind', '127.0.0.1/32');
    const sockets: WebSocket[] = [];
    const open = async (n: number) => {
      const socket = await connectFrom(server.url, n);
      sockets.push(socket);
      return socket;
    };
    const root = publisherOn(await open(0));
    await new Promise<void>((resolve) => root.publish(messageOf(ROSTER), resolve));
    return {
      publisher: async (n) => {
        const socket = await open(n);
        const device = DEVICES[n % DEVICES.length];
        if (device !== undefined) await authenticate(socket, server.url, device);
        return publisherOn(socket);
      },
      subscribe: async (n, hear) => {
        const socket = await open(1000 + n);
        const ready = new Promise<void>((resolve) => {
          socket.on('message', (data: Buffer) => {
            const text = data.toString();
            if (text.startsWith('["EVENT"')) hear();
            else if (text.startsWith('["EOSE"')) resolve();
          });
        });
        socket.send(JSON.stringify(['REQ', 'live', { kinds: [KIND.public], limit: 0 }]));
        await ready;
      },
      server,
      stop: async () => {
        for (const socket of sockets) socket.terminate();
        await server.kill();
      },
    };
  },
};

/** The relay believes this proxy's word for the address: each address may only hold twenty connections. */
async function connectFrom(url: string, n: number): Promise<WebSocket> {
  const headers = { 'X-Forwarded-For': `10.0.${n >> 8}.${n & 255}` };
  const socket = new WebSocket(url, { perMessageDeflate: false, headers });
  const challenged = once(socket, 'message');
  const [challenge] = (await challenged) as [Buffer];
  challenges.set(socket, String((JSON.parse(challenge.toString()) as Frame)[1]));
  return socket;
}

const challenges = new WeakMap<WebSocket, string>();

async function authenticate(socket: WebSocket, url: string, { secret }: Device): Promise<void> {
  const tags = [
    ['relay', url],
    ['challenge', challenges.get(socket) ?? ''],
  ];
  const created_at = Math.floor(Date.now() / 1000);
  socket.send(JSON.stringify(['AUTH', signEvent({ kind: 22_242, content: '', created_at, tags }, secret)]));
  const [answer] = (await once(socket, 'message')) as [Buffer];
  if (!answer.toString().includes(',true,')) throw new Error(`The relay refused an AUTH: ${answer.toString()}`);
}

function publisherOn(socket: WebSocket): Publisher {
  const waiting = new Map<string, () => void>();
  socket.on('message', (data: Buffer) => {
    const [type, id, isAccepted, why] = JSON.parse(data.toString()) as Frame;
    if (type !== 'OK') return;
    if (isAccepted !== true) throw new Error(`The relay refused an event: ${String(why)}`);
    const accepted = waiting.get(String(id));
    waiting.delete(String(id));
    accepted?.();
  });
  return {
    publish: ({ id, json }, accepted) => {
      waiting.set(id, accepted);
      socket.send(`["EVENT",${json}]`);
    },
  };
}
