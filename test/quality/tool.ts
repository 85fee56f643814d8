import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from './sources.ts';

export interface ToolRun {
  readonly code: number;
  readonly output: string;
}

/** Runs a package's script with this Node in the project's folder; resolves with its exit code and all it printed. */
export function runTool(script: string, args: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' };
    const child = spawn(process.execPath, [join(PROJECT, 'node_modules', script), ...args], { cwd: PROJECT, env });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
