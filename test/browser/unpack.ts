// Unpacks the browser that @sparticuz/chromium carries. Its own executablePath() returns any stale or half-written
// copy that lies in the temporary folder, so these lines write into a folder named by version, renamed when whole.
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';

interface Unpacked {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const packed = join(project, 'node_modules', '@sparticuz', 'chromium');

/** Path of the unpacked browser and the environment it needs; throws one sentence when the package is missing. */
export async function unpackBrowser(): Promise<Unpacked> {
  const folder = join(project, '.browser', `sparticuz-${await packedVersion()}`);
  if (!existsSync(folder)) await unpackInto(folder);
  const path = join(folder, 'chromium');
  const libraries = lacksLibraries(path) ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {};
  return { path, env: { ...libraries, FONTCONFIG_PATH: join(folder, 'fonts') } };
}

async function packedVersion(): Promise<string> {
  const text = await readFile(join(packed, 'package.json'), 'utf8').catch(() => {
    throw new Error('No browser to test with: install chromium, or run npm install for @sparticuz/chromium.');
  });
  return (JSON.parse(text) as { version: string }).version;
}

async function unpackInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const half = await mkdtemp(join(dirname(folder), 'half-'));
  const binary = join(half, 'chromium');
  await pipeline(
    createReadStream(join(packed, 'bin', 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(binary),
  );
  await chmod(binary, 0o755);
  for (const name of ['al2023', 'fonts', 'swiftshader']) await untar(join(packed, 'bin', `${name}.tar.br`), half, name);
  // The package's own fonts.conf names the folders of another system.
  const fonts = `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`;
  await writeFile(join(half, 'fonts', 'fonts.conf'), fonts);
  try {
    await rename(half, folder);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Another test process was faster; its copy is as whole as ours.
    if (!existsSync(folder)) throw error;
  }
}

/** Libraries and fonts get a folder of their own; the graphics library belongs beside the binary. */
async function untar(archive: string, folder: string, name: string): Promise<void> {
  const target = name === 'swiftshader' ? folder : join(folder, name);
  await mkdir(target, { recursive: true });
  const input = brotliDecompressSync(await readFile(archive));
  execFileSync('tar', ['-xf', '-', '-C', target], { input, stdio: ['pipe', 'ignore', 'inherit'] });
}

function lacksLibraries(binary: string): boolean {
  return execFileSync('ldd', [binary], { encoding: 'utf8' }).includes('not found');
}
