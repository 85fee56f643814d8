import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findBrowser } from '../../browser/chromium.ts';

export type Params = Readonly<Record<string, unknown>>;
type Listener = (method: string, params: unknown, session: string | undefined) => void;

/**
 * A browser process of its own with a fresh profile, driven over the DevTools protocol itself: service workers are to be
 * slowed down and counted too, and they are sessions of the browser, not of a page.
 */
export interface MeasuredBrowser {
  /** Where others can drive it too. */
  readonly port: number;
  send<Result = unknown>(method: string, params?: Params, session?: string): Promise<Result>;
  on(listener: Listener): void;
  close(): Promise<void>;
}

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--metrics-recording-only',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
  '--hide-scrollbars',
  '--window-size=1280,900',
  '--remote-debugging-port=0',
];

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

export async function launch(): Promise<MeasuredBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'lifeboat-bench-profile-'));
  const { path, env } = await findBrowser();
  const child = spawn(path, [...ARGS, `--user-data-dir=${profile}`, 'about:blank'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    void ended.then(() => reject(new Error('The browser ended before it could be asked anything.')));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`The browser does not answer at ${address}.`));
  });
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners: Listener[] = [];
  let last = 0;
  socket.onmessage = ({ data }) => {
    const { id, method = '', params, result, error, sessionId } = JSON.parse(String(data)) as Answer;
    if (id === undefined) {
      for (const listener of listeners) listener(method, params, sessionId);
      return;
    }
    if (error === undefined) pending.get(id)?.resolve(result);
    else pending.get(id)?.reject(new Error(error.message));
    pending.delete(id);
  };
  socket.onclose = () => {
    for (const { reject } of pending.values()) reject(new Error('The browser was closed.'));
  };
  const send = <Result>(method: string, params: Params = {}, sessionId?: string) =>
    new Promise<Result>((resolve, reject) => {
      last += 1;
      pending.set(last, { resolve: resolve as (value: unknown) => void, reject });
      socket.send(JSON.stringify({ id: last, method, params, sessionId }));
    });
  return {
    port: Number(new URL(address).port),
    send,
    on: (listener) => void listeners.push(listener),
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      socket.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
