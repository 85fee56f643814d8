import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT, sources } from './sources.ts';

const SHORT = 120;
const FEW = 0.12;

describe('the sources', () => {
  test('have a README in every folder', () => {
    // Astro turns every file in src/pages into a page, so its README begins with an underscore.
    const folders = readdirSync(join(PROJECT, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((folder) => !folder.includes(join('src', 'content')) && !/src.pages./.test(folder));
    const silent = folders.filter(
      (folder) => !['README.md', '_README.md'].some((name) => existsSync(join(folder, name))),
    );
    expect(silent).toEqual([]);
  });

  test('are mostly short files', () => {
    const files = sources('src', /\.(ts|tsx)$/);
    const long = files.filter(({ text }) => text.split('\n').length > SHORT);
    expect(long.length / files.length, long.map(({ path }) => path).join(', ')).toBeLessThan(FEW);
  });

  test('name exact versions of all packages', () => {
    const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(versions.length).toBeGreaterThan(20);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });

  test('carry no .only, no unexplained skip and no debugging left over', () => {
    const marks = /\b(test|describe|it)\.(only|skip|todo)\(|\bdebugger\b/;
    expect(
      [...sources('test', /\.tsx?$/)]
        .filter(({ path, text }) => !path.endsWith('folders.test.ts') && marks.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});
