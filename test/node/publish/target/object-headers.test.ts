import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { rcloneTarget } from '../../../../src/node/publish/target/rclone-target.ts';

test('object storage gets each file with its type and how long it may be kept, front page last', async () => {
  const place = await mkdtemp(join(tmpdir(), 'lifeboat-objects-'));
  onTestFinished(() => rm(place, { recursive: true, force: true }));
  const features = JSON.stringify({ Hashes: ['md5'], Features: { BucketBased: true, Move: true } });
  const script = `#!/bin/sh\ncase "$1" in backend) echo '${features}';; copy) echo "$@ <$(tr '\\n' ' ')>" >> ${place}/log;; esac\n`;
  await writeFile(join(place, 'rclone'), script);
  await chmod(join(place, 'rclone'), 0o755);
  vi.stubEnv('PATH', `${place}:${process.env['PATH']}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const phases = [
    { name: 'parts', paths: ['_astro/a.js', 'vault/0f', 'api/lifeboat/v1/parts/1.json'] },
    { name: 'data', paths: ['log/public.jsonl'] },
    { name: 'index', paths: ['index.html'] },
  ] as const;
  await rcloneTarget('third:bucket').put({ folder: place, phases, whole: false }, new AbortController().signal);
  const runs = (await readFile(join(place, 'log'), 'utf8')).trim().split('\n');
  const said = runs.map((run) => {
    const [, type = '', kept = ''] =
      /--header-upload=Content-Type: (.+) --header-upload=Cache-Control: (.*?) --/.exec(run) ?? [];
    return [/<(.*) >/.exec(run)?.[1], type, kept];
  });
  expect(said).toEqual([
    ['_astro/a.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['vault/0f', 'application/octet-stream', 'public, max-age=31536000, immutable'],
    ['api/lifeboat/v1/parts/1.json', 'application/json; charset=utf-8', 'no-cache'],
    ['log/public.jsonl', 'application/x-ndjson; charset=utf-8', 'no-cache'],
    ['index.html', 'text/html; charset=utf-8', 'no-cache'],
  ]);
});
