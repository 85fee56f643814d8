import type { HttpProbe } from '../../model/site.ts';
import { down, type Finding, slow, up } from './finding.ts';

/** What came back; `ms` from the start to the last byte. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

/** Whether an answer is what the operator expects. */
export function judge(probe: HttpProbe, { status, body, ms }: HttpAnswer): Finding {
  const accepted = probe.statuses.length > 0 ? probe.statuses.includes(status) : status >= 200 && status <= 299;
  if (!accepted) return down(`HTTP ${status} after ${ms} ms.`);
  if (probe.body !== null && !body.includes(probe.body)) return down('The expected text is missing in the answer.');
  const wrong = probe.json && wrongJson(probe.json, body);
  if (wrong) return down(wrong);
  const tooSlow = probe.slow_ms !== null && ms > probe.slow_ms;
  return tooSlow ? slow(`HTTP ${status} only after ${ms} ms.`) : up(`HTTP ${status} after ${ms} ms.`);
}

/** What is wrong with the JSON, or undefined. A captive portal or a login page answers 200 with HTML. */
function wrongJson(wanted: NonNullable<HttpProbe['json']>, body: string): string | undefined {
  if (/^\s*</.test(body)) return 'HTML came where JSON is expected.';
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'The answer is not JSON.';
  }
  const found = valueAt(value, wanted.path);
  if (found === undefined) return `The JSON has no value at ${wanted.path}.`;
  return found === wanted.equals ? undefined : `The JSON has another value at ${wanted.path}.`;
}

/** The value at a path such as `checks.0.state`; undefined where there is none. */
function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((parent, key) => {
    const has = typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key);
    return has ? (parent as Record<string, unknown>)[key] : undefined;
  }, value);
}
