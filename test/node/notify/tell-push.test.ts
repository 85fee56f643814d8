import { execFileSync } from 'node:child_process';
import { createECDH, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, createServer, type Server } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePushKeys, readPushKeys } from '../../../src/node/notify/push-keys.ts';
import { tellPush } from '../../../src/node/notify/tell-push.ts';

// The other side of RFC 8188, which web-push itself only writes.
const sealed = createRequire(createRequire(import.meta.url).resolve('web-push'))('http_ece') as {
  decrypt(data: Buffer, options: object): Buffer;
};
const folder = mkdtempSync(join(tmpdir(), 'lifeboat-push-'));
const browser = createECDH('prime256v1');
browser.generateKeys();
const auth = randomBytes(16);
let server: Server;
let status = 201;
let isSilent = false;
let received: { readonly headers: IncomingHttpHeaders; readonly body: Buffer } | undefined;

beforeAll(async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-days', '2', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' });
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (isSilent) return server.emit('silent');
      received = { headers: request.headers, body: Buffer.concat(parts) };
      return response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function tell(body: string, stop = new AbortController().signal) {
  const { port } = server.address() as AddressInfo;
  const keys = { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') };
  const to = { endpoint: `https://127.0.0.1:${port}/push/1`, keys };
  const agent = new Agent({ rejectUnauthorized: false });
  return tellPush({ keys: await makePushKeys(folder), contact: 'mailto:ops@status.example', agent }, to, body, stop);
}

describe('web push', () => {
  test('is sealed to the browser alone and signed with the key of site.yaml', async () => {
    expect(await tell('{"title":"Card payments fail"}')).toEqual({ type: 'taken' });
    const opened = sealed.decrypt(received?.body ?? Buffer.alloc(0), {
      version: 'aes128gcm',
      privateKey: browser,
      authSecret: auth.toString('base64url'),
    });
    expect(opened.toString()).toBe('{"title":"Card payments fail"}');
    const { publicKey } = (await readPushKeys(folder)) ?? {};
    expect(received?.headers.authorization).toContain(`k=${publicKey}`);
    expect(received?.headers).toMatchObject({ ttl: '14400', urgency: 'high', 'content-encoding': 'aes128gcm' });
  });

  test('says of a browser that is gone that it is gone, and of a service that fails why', async () => {
    status = 410;
    expect(await tell('{}')).toEqual({ type: 'gone' });
    status = 503;
    expect(await tell('{}')).toEqual({ type: 'failed', why: 'it answered 503' });
  });

  test('is broken off at a service that does not answer, when the notifier ends', async () => {
    isSilent = true;
    const stop = new AbortController();
    server.once('silent', () => stop.abort());
    expect(await tell('{}', stop.signal)).toMatchObject({ type: 'failed' });
    isSilent = false;
  });

  test('keeps one key pair for ever: browsers subscribed with it', async () => {
    expect(await makePushKeys(folder)).toEqual(await makePushKeys(folder));
  });
});
