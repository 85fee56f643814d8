import { onTestFinished } from 'vitest';
import { type RelayOptions, type RunningRelay, startRelay } from '../../../src/node/relay/server.ts';
import { Client } from './client.ts';
import { root, TIME } from './organisation.ts';

/** A relay of the tests' organisation on a free port, stopped after the test. */
export async function relay(options: Partial<RelayOptions> = {}): Promise<RunningRelay> {
  const running = await startRelay({ port: 0, host: '127.0.0.1', db: ':memory:', root: root.pk, ...options });
  let open = true;
  const close = async () => {
    if (open) await running.close();
    open = false;
  };
  onTestFinished(close);
  return { ...running, close };
}

export async function client(url: string, headers: Record<string, string> = {}): Promise<Client> {
  const opened = await Client.open(url, headers);
  onTestFinished(() => opened.close());
  return opened;
}

/** The clock of the tests' events, in milliseconds. */
export const now = () => TIME * 1000;
