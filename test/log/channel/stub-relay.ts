import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';

export type StubFrame = readonly unknown[];

interface Stub {
  readonly url: string;
  readonly heard: StubFrame[];
  /** Sends a frame that nobody asked for, to everybody. */
  say(...frame: StubFrame): void;
}

/** A relay that does exactly what a test says: `answer` gets each frame and says what to send back. */
export async function startStub(answer: (frame: StubFrame) => readonly StubFrame[]): Promise<Stub> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const heard: StubFrame[] = [];
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString()) as StubFrame;
      heard.push(frame);
      for (const reply of answer(frame)) socket.send(JSON.stringify(reply));
    });
  });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const address = server.address();
  return {
    url: `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    heard,
    say: (...frame) => {
      for (const client of server.clients) client.send(JSON.stringify(frame));
    },
  };
}
