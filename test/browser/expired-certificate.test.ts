import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headline, publishSite, settled } from '../enhance/reader.ts';
import { launchProfile } from './chromium.ts';
import { startFaultyHost, type Tls } from './faulty-host.ts';

const CONFIGURATION = `[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = anything
copy_extensions = copy
rand_serial = yes
[anything]
commonName = supplied
`;

interface Certificates {
  readonly good: Tls;
  readonly expired: Tls;
  /** SHA-256 of the public key, as the browser's switch wants it. */
  readonly pin: string;
}

/** One key with a certificate of this month and one that ended in 2020; null where there is no openssl. */
async function makeCertificates(folder: string): Promise<Certificates | null> {
  const run = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  try {
    run('version');
  } catch {
    return null; // Not installed: the test says so.
  }
  await writeFile(join(folder, 'ca.cnf'), CONFIGURATION);
  await writeFile(join(folder, 'index.txt'), '');
  run('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'key.pem');
  const request = ['-key', 'key.pem', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  run('req', '-new', ...request, '-out', 'request.pem');
  run('req', '-x509', ...request, '-days', '30', '-out', 'good.pem');
  const past = ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z'];
  run(
    'ca',
    '-batch',
    '-config',
    'ca.cnf',
    '-selfsign',
    '-keyfile',
    'key.pem',
    '-in',
    'request.pem',
    ...past,
    '-notext',
    '-out',
    'expired.pem',
  );
  const publicKey = run('pkey', '-in', 'key.pem', '-pubout', '-outform', 'der');
  const digest = await crypto.subtle.digest('SHA-256', publicKey);
  const read = async (name: string) => readFile(join(folder, name), 'utf8');
  const key = await read('key.pem');
  return {
    good: { key, cert: await read('good.pem') },
    expired: { key, cert: await read('expired.pem') },
    pin: Buffer.from(digest).toString('base64'),
  };
}

test('a certificate that ran out keeps nobody from the page who has been here before', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'certificates-'));
  const certificates = await makeCertificates(folder);
  if (certificates === null) {
    console.log('Skipped: openssl, which makes the certificates, is not installed.');
    return context.skip();
  }
  const { good, expired, pin } = certificates;
  const host = await startFaultyHost(good);
  const site = await publishSite();
  host.target = site.url.replace(/\/$/, '');
  const profile = join(folder, 'profile');
  const first = await launchProfile(profile, {
    args: ['--no-sandbox', `--ignore-certificate-errors-spki-list=${pin}`],
  });
  const page = await first.newPage();
  await page.goto(host.origin);
  await settled(page);
  await first.close();

  await host.become('none', expired);
  const second = await launchProfile(profile);
  const reopened = await second.newPage();
  await reopened.goto(host.origin);
  await reopened.locator('[data-source=device]').waitFor();
  const ms = await reopened.evaluate(() => performance.now());
  expect(await headline(reopened)).toMatchObject({ status: 'operational', freshness: 'fresh' });
  expect(await reopened.locator('[data-source=device]').innerText()).toMatch(/ago, .*UTC/);
  await reopened.locator('[data-trouble=unreachable]').waitFor({ timeout: 15_000 });
  console.log(`expired certificate: right from device within ${Math.round(ms)} ms`);
  expect(ms).toBeLessThan(3_000);
  // Whoever has not been here is warned by the browser itself.
  const stranger = await (await second.browser()?.newContext())?.newPage();
  await expect(stranger?.goto(host.origin) ?? Promise.reject(new Error('ERR_CERT'))).rejects.toThrow(/ERR_CERT/);
  await second.close();
  await host.close();
  await site.close();
  await rm(folder, { recursive: true, force: true });
});
